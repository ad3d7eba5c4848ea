// Counts sets, holds and rests of one exercise.  Everything happens in the browser.

import { make, makeButton } from "./shared/dom.js";
import { playTone } from "./shared/tone.js";
import { clockText, phasesOf, titleOf } from "./timer/plan.js";

const TICK_MS = 200;
const WORK_HZ = 620, FINISHED_HZ = 880;

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".timer");
  if (root.dataset.exercise !== data.key) {
    root.timer?.rest();
    root.dataset.exercise = data.key;
    root.timer = new SetTimer(root, data);
  }
  const { timer } = root;
  timer.tickOn();
  return () => timer.rest();
}

/** One exercise: `index` is the phase it is in, -1 before the first. */
class SetTimer {
  constructor(root, { timer, words, name }) {
    Object.assign(this, { root, timer, words });
    this.phases = phasesOf(timer);
    const sets = this.phases.filter((phase) => phase.kind === "work").length;
    this.parts = build(root, words, name, sets);
    this.parts.main.addEventListener("click", () => this.main());
    this.parts.skip.addEventListener("click", () => this.go(this.index + 1));
    this.parts.again.addEventListener("click", () => this.go(-1));
    // In place of that of an earlier exercise: the root element stays.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    root.onkeydown = (event) => this.key(event);
    this.ticking = null;
    this.go(-1);
  }

  get phase() {
    return this.phases[this.index];
  }

  get finished() {
    return this.index >= this.phases.length;
  }

  /** Whether the phase lasts as long as the person wants. */
  get ownPace() {
    return this.phase?.kind === "work" && this.phase.seconds === 0;
  }

  get elapsed_s() {
    const now = this.running ? (performance.now() - this.since) / 1000 : 0;
    return this.passed_s + now;
  }

  get title() {
    return titleOf(this.index, this.phases, this.timer, this.words);
  }

  get mainLabel() {
    if (this.index < 0) return this.words.start;
    if (this.finished) return this.words.again;
    if (!this.running) return this.words.resume;
    return this.ownPace ? this.words.done : this.words.pause;
  }

  tickOn() {
    this.ticking ??= setInterval(() => this.tick(), TICK_MS);
  }

  /** The page was left: count no more until it comes back. */
  rest() {
    clearInterval(this.ticking);
    this.ticking = null;
  }

  tick() {
    if (!this.running) return;
    if (!this.ownPace && this.elapsed_s >= this.phase.seconds) this.go(this.index + 1);
    else this.show();
  }

  go(index) {
    this.index = index;
    this.passed_s = 0;
    this.since = performance.now();
    this.running = this.phase !== undefined;
    if (index >= 0 && this.parts.sound.checked) beep(this.finished ? FINISHED_HZ : WORK_HZ);
    this.parts.status.textContent = this.title;
    this.show();
  }

  main() {
    if (this.index < 0) this.go(0);
    else if (this.finished) this.go(-1);
    else if (this.running && this.ownPace) this.go(this.index + 1);
    else this.pauseOrResume();
  }

  pauseOrResume() {
    this.passed_s = this.elapsed_s;
    this.running = !this.running;
    this.since = performance.now();
    this.show();
  }

  show() {
    const { parts, phase, ownPace } = this;
    const seconds = (phase ?? (this.finished ? { seconds: 0 } : this.phases[0])).seconds;
    const elapsed_s = phase ? this.elapsed_s : 0;
    const shown = ownPace ? Math.floor(elapsed_s) : Math.ceil(Math.max(0, seconds - elapsed_s));
    parts.title.textContent = this.title;
    parts.clock.textContent = clockText(shown);
    parts.hint.textContent = ownPace ? this.words.own_pace : "\u00A0";
    parts.main.textContent = this.mainLabel;
    parts.skip.disabled = !phase;
    parts.again.disabled = this.index < 0;
    const share = phase?.seconds ? elapsed_s / phase.seconds : 0;
    parts.bar.style.width = `${Math.min(100, share * 100)}%`;
    const past = this.phases.slice(0, Math.max(0, this.index));
    const done = past.filter((item) => item.kind === "work").length;
    for (const [k, dot] of parts.dots.entries()) dot.classList.toggle("on", k < done);
    this.root.classList.toggle("resting", phase?.kind === "rest");
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pressed = event.key.toLowerCase();
    if (pressed === " " && event.target === this.root) this.main();
    else if (pressed === "s" && this.phase) this.go(this.index + 1);
    else if (pressed === "r" && this.index >= 0) this.go(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function build(root, words, name, sets) {
  const parts = {
    title: make("div", "title"),
    clock: make("div", "clock"),
    hint: make("div", "hint"),
    status: make("div", "status"),
    bar: make("div", "bar"),
    main: makeButton("main"),
    skip: makeButton("", words.skip),
    again: makeButton("", words.again),
    sound: make("input"),
    dots: Array.from({ length: sets }, () => make("i")),
  };
  root.replaceChildren();
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", words.label.replace("{name}", name));
  parts.clock.setAttribute("role", "timer");
  parts.clock.setAttribute("aria-live", "off");
  parts.status.setAttribute("role", "status");
  parts.sound.type = "checkbox";
  const track = make("div", "track");
  track.append(parts.bar);
  const dots = make("div", "dots");
  dots.setAttribute("aria-hidden", "true");
  dots.append(...parts.dots);
  const sound = make("label", "sound");
  sound.append(parts.sound, words.sound);
  const buttons = make("div", "buttons");
  buttons.append(parts.main, parts.skip, parts.again, sound);
  root.append(parts.title, parts.clock, parts.hint, track, dots, buttons);
  root.append(make("div", "keys", words.keys), parts.status);
  return parts;
}

let context;

function beep(pitch_hz) {
  context ??= new AudioContext();
  playTone(context, { pitch_hz, seconds: 0.35, loudness: 0.12 });
}
