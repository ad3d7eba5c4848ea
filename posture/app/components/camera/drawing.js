// The skeleton, the back line and the bridge over the picture.

const MIN_SEEN = 0.5;
const BACK = "#0072b2", INK = "#16212d", BONE = "#fff";
const DARK_RIM = "rgba(22, 33, 45, 0.5)", LIGHT_RIM = "rgba(255, 255, 255, 0.6)";

/** The lines to draw, widths in hundredths of the frame's shorter side. */
export function linesOf({ points, seen, back, bridge }, edges) {
  const shown = points.length ? edges : [];
  const clear = shown.filter(([a, b]) => seen[a] >= MIN_SEEN && seen[b] >= MIN_SEEN);
  const bones = clear.map(([a, b]) => [points[a], points[b]]);
  return [
    ...bones.map((line) => ({ line, colour: BONE, width: 0.4, rim: DARK_RIM })),
    { line: back, colour: BACK, width: 0.8, rim: LIGHT_RIM },
    { line: bridge.slice(0, 2), colour: INK, width: 0.5, rim: LIGHT_RIM },
    { line: bridge.slice(2), colour: INK, width: 0.5, rim: LIGHT_RIM },
  ].filter(({ line }) => line.length >= 2);
}

/** Canvas pixels per pixel of the frame: in steps of a half, so that the canvas seldom changes. */
export function canvasScale(shown_width, frame_width) {
  return Math.max(1, Math.round(2 * (shown_width / frame_width)) / 2);
}

/** Draw what the program saw; `shown_width` is how wide the picture is on the page. */
export function drawAnswer(canvas, shown_width, answer, edges) {
  const [width, height] = answer.size;
  const scale = canvasScale(shown_width, width);
  if (canvas.width !== width * scale || canvas.height !== height * scale) {
    Object.assign(canvas, { width: width * scale, height: height * scale });
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.lineCap = pen.lineJoin = "round";
  const unit = Math.min(width, height) / 100;
  for (const { line, colour, width: thick, rim } of linesOf(answer, edges)) {
    stroke(pen, line, rim, 2 * thick * unit);
    stroke(pen, line, colour, thick * unit);
  }
}

/** Wipe everything. */
export function clearDrawing(canvas) {
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
}

function stroke(pen, line, style, width) {
  pen.strokeStyle = style;
  pen.lineWidth = width;
  pen.beginPath();
  for (const [x, y] of line) pen.lineTo(x, y);
  pen.stroke();
}
