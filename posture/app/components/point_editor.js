// Shows the photo with three points that can be dragged or nudged, and sends where they are.
// It computes nothing: Python measures again and sends the new back line, or refuses a place that
// is on no back; then the points go back to where they were.

import { insideView, stepOf } from "./editor/geometry.js";
import { allow, buildEditor, drawEditor } from "./editor/parts.js";
import { samePlaces, Steps, wishOf } from "./editor/steps.js";

const SEND_EVERY_MS = 120;
const FIELDS = "input, textarea, select, [contenteditable=true]";

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".editor");
  if (!root) return undefined;
  if (root.editor?.data.key !== data.key) {
    root.editor?.go();
    root.editor = new PointEditor(root, data);
  }
  root.editor.come(data, setStateValue);
  return () => root.editor.go();
}

/** One photo's points: `points` is where they are, also while one is dragged. */
class PointEditor {
  constructor(root, data) {
    this.data = data;
    this.parts = buildEditor(root, data);
    this.points = data.points;
    this.steps = new Steps(data.points);
    Object.assign(this, { dragging: null, last: 0, timer: 0, sent: 0 });
    for (const [name, group] of Object.entries(this.parts.points)) this.listen(name, group);
    const { undo, redo, reset } = this.parts.buttons;
    undo.addEventListener("click", () => this.walk("undo"));
    redo.addEventListener("click", () => this.walk("redo"));
    reset.addEventListener("click", () => this.reset());
  }

  /** Called whenever the page is drawn; `tell` sends a value to the page's Python. */
  come(data, tell) {
    this.data = data;
    this.tell = tell;
    if (!this.heard) {
      this.heard = new AbortController();
      const { signal } = this.heard;
      document.addEventListener("keydown", (event) => this.key(event), { signal });
    }
    if (data.refused === this.sent && !this.dragging && !this.timer) {
      this.steps.refuse(data.points);
      this.points = data.points;
    }
    this.draw();
  }

  /** The page was left, or is drawn anew. */
  go() {
    this.heard?.abort();
    this.heard = null;
  }

  draw() {
    drawEditor(this.parts, this.points, this.data);
    allow(this.parts.buttons, {
      undo: this.steps.canUndo, redo: this.steps.canRedo, reset: !this.measured,
    });
  }

  /** Whether the points lie where the program found them. */
  get measured() {
    return samePlaces(this.points, this.data.measured);
  }

  listen(name, group) {
    group.addEventListener("pointerdown", (event) => {
      this.dragging = { from: this.points[name], x: event.clientX, y: event.clientY };
      group.setPointerCapture(event.pointerId);
      group.focus();
      event.preventDefault();
    });
    group.addEventListener("pointermove", (event) => {
      if (this.dragging && group.hasPointerCapture(event.pointerId)) this.drag(name, event);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      group.addEventListener(end, () => this.drop());
    }
    group.addEventListener("keydown", (event) => {
      const step = stepOf(event.key, event.shiftKey);
      if (!step) return;
      event.preventDefault();
      const [x, y] = this.points[name];
      this.move(name, [x + step[0], y + step[1]]);
      this.steps.nudge(this.points, name, performance.now());
      this.draw();
    });
  }

  drag(name, event) {
    // By how far the finger went, not by where it is: numbers that change above the photo may
    // shift it under the finger.
    const { from, x, y } = this.dragging;
    const { a: right, d: down } = this.parts.svg.getScreenCTM().inverse();
    this.move(name, [
      from[0] + (event.clientX - x) * right, from[1] + (event.clientY - y) * down,
    ]);
    this.draw();
  }

  drop() {
    if (!this.dragging) return;
    this.dragging = null;
    if (!samePlaces(this.points, this.steps.now)) this.steps.add(this.points);
    this.draw();
    this.sendSoon();
  }

  /** Put one point there, or to the nearest place in view. */
  move(name, place) {
    const [left, top, width, height] = this.data.view;
    this.points = { ...this.points, [name]: insideView(place, { left, top, width, height }) };
    this.sendSoon();
  }

  key(event) {
    const wish = wishOf(event);
    // In a field these keys mean what is typed there.
    if (!wish || event.composedPath()[0].matches?.(FIELDS)) return;
    event.preventDefault();
    this.walk(wish);
  }

  /** Undo or redo a step. */
  walk(way) {
    if (this.dragging || !this.steps[way]()) return;
    this.points = this.steps.now;
    this.draw();
    this.sendSoon();
  }

  /** Back to the measured points; that can be undone, too. */
  reset() {
    if (this.dragging || this.measured) return;
    this.points = this.data.measured;
    this.steps.add(this.points);
    this.draw();
    this.sendSoon();
  }

  sendSoon() {
    clearTimeout(this.timer);
    const wait = Math.max(0, SEND_EVERY_MS - (performance.now() - this.last));
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.last = performance.now();
      this.sent += 1;
      this.tell("points", { ...this.points, held: this.dragging !== null, number: this.sent });
    }, wait);
  }
}
