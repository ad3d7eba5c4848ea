// Where the editor's points and lines lie, in pixels of the upright photo.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** How far a key moves a point, ten times as far with shift; undefined for other keys. */
export function stepOf(key, shift) {
  return STEPS[key]?.map((step) => step * (shift ? 10 : 1));
}

/** The point, or the nearest one inside the view. */
export function insideView([x, y], { left, top, width, height }) {
  return [
    Math.min(Math.max(x, left), left + width), Math.min(Math.max(y, top), top + height),
  ];
}

/** The foot of the perpendicular from `point` to the line through `from` and `to`. */
export function footOn([x, y], [fromX, fromY], [toX, toY]) {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const length2 = alongX ** 2 + alongY ** 2 || 1;
  const share = ((x - fromX) * alongX + (y - fromY) * alongY) / length2;
  return [fromX + share * alongX, fromY + share * alongY];
}

/**
 * The side of a point on which its name stands: behind the back, or in front where it would be cut.
 *
 * `long` is how far the name reaches from the point; `backward` is 1 or -1.
 */
export function labelSide(x, long, { left, width }, backward) {
  const end = x + backward * long;
  return end >= left && end <= left + width ? backward : -backward;
}
