// What was done to the points, to be undone and done again.

// Key presses that follow each other so closely are one step.
const TOGETHER_MS = 1000;

/** What a person wants by these keys: "undo", "redo" or nothing (undefined). */
export function wishOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey || ctrlKey === metaKey) return undefined;
  const pressed = key.toLowerCase();
  if (pressed === "z") return shiftKey ? "redo" : "undo";
  return pressed === "y" && !shiftKey ? "redo" : undefined;
}

/** The places of the points after each step; `now` is where they are. */
export class Steps {
  constructor(points) {
    this.places = [points];
    this.at = 0;
    this.nudged = null;
  }

  get now() {
    return this.places[this.at];
  }

  get canUndo() {
    return this.at > 0;
  }

  get canRedo() {
    return this.at < this.places.length - 1;
  }

  /** The points were set down there; what had been undone is gone. */
  add(points) {
    this.nudged = null;
    this.places.length = this.at + 1;
    this.at = this.places.push(points) - 1;
  }

  /** One of the points was nudged by a key at `time_ms`. */
  nudge(points, name, time_ms) {
    const goesOn = this.nudged?.name === name && time_ms - this.nudged.time_ms < TOGETHER_MS;
    if (goesOn) this.places[this.at] = points;
    else this.add(points);
    this.nudged = { name, time_ms };
  }

  /** The last step was refused: the points lie there instead. */
  refuse(points) {
    this.nudged = null;
    const before = this.places[this.at - 1];
    this.places[this.at] = points;
    if (before && samePlaces(before, points)) {
      this.places.length = this.at;
      this.at--;
    }
  }

  undo() {
    return this.go(-1);
  }

  redo() {
    return this.go(1);
  }

  /** Whether there was such a step. */
  go(step) {
    const to = this.at + step;
    if (!this.places[to]) return false;
    this.at = to;
    this.nudged = null;
    return true;
  }
}

/** Whether all points lie where the others lie. */
export function samePlaces(some, others) {
  return Object.keys(some).every((name) => some[name].every((one, k) => one === others[name][k]));
}
