// How level the device stands, where it can tell.

const LEVEL = { roll_deg: 2, pitch_deg: 5, full_deg: 15 };
// The bubble goes this far to either side, in percent of its tube.
const MOST_OFF = 45;

const within = (value, limit) => Math.max(-limit, Math.min(limit, value));

/**
 * Degrees that the device leans sideways (roll) and towards the person (pitch).
 *
 * `beta` and `gamma` are the browser's, `screen_deg` how far the screen is turned.
 */
export function tiltOf({ beta, gamma }, screen_deg) {
  const [b, g] = [beta, gamma].map((deg) => (deg * Math.PI) / 180);
  // Up, in the device's own axes (right, top, out of the screen).
  const up = [-Math.cos(b) * Math.sin(g), Math.sin(b), Math.cos(b) * Math.cos(g)];
  const deg = 180 / Math.PI;
  return {
    roll_deg: ((Math.atan2(up[0], up[1]) * deg - screen_deg + 540) % 360) - 180,
    pitch_deg: Math.asin(within(up[2], 1)) * deg,
  };
}

/** Whether that is level, where the bubble stands in percent, and what to say of it. */
export function levelOf({ roll_deg, pitch_deg }, words) {
  const leans = Math.abs(roll_deg) > LEVEL.roll_deg;
  const good = !leans && Math.abs(pitch_deg) <= LEVEL.pitch_deg;
  const [sentence, deg] = leans ? [words.roll, roll_deg] : [words.pitch, pitch_deg];
  return {
    good,
    off: within((roll_deg / LEVEL.full_deg) * MOST_OFF, MOST_OFF),
    text: good ? words.level_good : sentence.replace("{deg}", Math.round(Math.abs(deg))),
  };
}

/** Some phones tell how they are held only after they were asked from a press. */
export async function askForTilt() {
  try {
    await window.DeviceOrientationEvent?.requestPermission?.();
  } catch {
    // Not granted: the dashed lines remain.
  }
}
