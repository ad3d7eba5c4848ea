// Pictures of the camera as JPEG files.

/** The size at which a picture's longer side is at most that long, and how much smaller it is. */
export function shrunkSize(width, height, long_side_px) {
  const shrink = Math.min(1, long_side_px / Math.max(width, height));
  return {
    width: Math.round(width * shrink), height: Math.round(height * shrink), ratio: 1 / shrink,
  };
}

/** The video's picture as a JPEG of that size; null when there is none. */
export function jpegOf(video, canvas, { width, height }, quality) {
  if (!width || !height) return null;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext("2d", { alpha: false }).drawImage(video, 0, 0, width, height);
  return new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });
}
