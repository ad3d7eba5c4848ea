// Counts sets, holds and rests of one exercise.  Everything happens in the browser.

const TICK_MS = 200;

export default function setTimer({ parentElement, data }) {
  const root = parentElement.querySelector(".timer");
  if (root.dataset.exercise !== data.key) {
    root.clockwork?.stop();
    root.dataset.exercise = data.key;
    root.clockwork = mount(root, data);
  }
  root.clockwork.start();
  return root.clockwork.stop;
}

/** The phases in order: every set on every side, with a rest between two of them. */
function phases({ sets, sides, work_seconds, rest_seconds }) {
  const list = [];
  for (let set = 1; set <= sets; set++) {
    for (let side = 1; side <= sides; side++) {
      if (list.length && rest_seconds) list.push({ kind: "rest", seconds: rest_seconds });
      list.push({ kind: "work", set, side, seconds: work_seconds });
    }
  }
  return list;
}

function mount(root, { timer, words, name }) {
  const plan = phases(timer);
  const state = { index: -1, running: false, passed: 0, since: 0 };
  const parts = build(root, words, name, plan.filter((phase) => phase.kind === "work").length);

  const elapsed = () => state.passed + (state.running ? (performance.now() - state.since) / 1000 : 0);
  const phase = () => plan[state.index];
  const finished = () => state.index >= plan.length;
  const ownPace = () => phase()?.kind === "work" && phase().seconds === 0;

  function go(index) {
    state.index = index;
    state.passed = 0;
    state.since = performance.now();
    state.running = index >= 0 && index < plan.length;
    if (index >= 0 && parts.sound.checked) beep(index >= plan.length ? 880 : 620);
    parts.status.textContent = title();
    show();
  }

  function main() {
    if (state.index < 0) return go(0);
    if (finished()) return go(-1);
    if (state.running && ownPace()) return go(state.index + 1);
    state.passed = elapsed();
    state.running = !state.running;
    state.since = performance.now();
    show();
  }

  function title() {
    const all = timer.sets === 1 ? words.one_set : words.some_sets.replace("{sets}", timer.sets);
    if (state.index < 0) return words.ready.replace("{sets}", all);
    if (finished()) return words.finished;
    if (phase().kind === "rest") return words.rest;
    const set = words.work.replace("{number}", phase().set).replace("{sets}", timer.sets);
    if (timer.sides === 1) return set;
    return `${set}, ${phase().side === 1 ? words.first_side : words.second_side}`;
  }

  function show() {
    const seconds = (phase() ?? (finished() ? { seconds: 0 } : plan[0])).seconds;
    const left = ownPace() ? elapsed() : Math.max(0, seconds - (phase() ? elapsed() : 0));
    parts.title.textContent = title();
    parts.clock.textContent = clock(ownPace() ? Math.floor(left) : Math.ceil(left));
    parts.hint.textContent = ownPace() ? words.own_pace : "\u00a0";
    parts.main.textContent = mainLabel();
    parts.skip.disabled = !phase();
    parts.again.disabled = state.index < 0;
    const share = phase()?.seconds ? elapsed() / phase().seconds : 0;
    parts.bar.style.width = `${Math.min(100, share * 100)}%`;
    const done = plan.slice(0, Math.max(0, state.index)).filter((item) => item.kind === "work").length;
    parts.dots.forEach((dot, k) => dot.classList.toggle("on", k < done));
    root.classList.toggle("resting", phase()?.kind === "rest");
  }

  function mainLabel() {
    if (state.index < 0) return words.start;
    if (finished()) return words.again;
    if (!state.running) return words.resume;
    return ownPace() ? words.done : words.pause;
  }

  function tick() {
    if (!state.running) return;
    if (!ownPace() && elapsed() >= phase().seconds) go(state.index + 1);
    else show();
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pressed = event.key.toLowerCase();
    if (pressed === " " && event.target === root) main();
    else if (pressed === "s" && phase()) go(state.index + 1);
    else if (pressed === "r" && state.index >= 0) go(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  parts.main.onclick = main;
  parts.skip.onclick = () => go(state.index + 1);
  parts.again.onclick = () => go(-1);
  root.onkeydown = key;
  go(-1);

  let clockwork = null;
  const stop = () => {
    clearInterval(clockwork);
    clockwork = null;
  };
  const start = () => {
    clockwork ??= setInterval(tick, TICK_MS);
  };
  return { start, stop };
}

function build(root, words, name, sets) {
  const make = (tag, className, text) => {
    const item = document.createElement(tag);
    if (className) item.className = className;
    if (text) item.textContent = text;
    return item;
  };
  const parts = {
    title: make("div", "title"),
    clock: make("div", "clock"),
    hint: make("div", "hint"),
    status: make("div", "status"),
    bar: make("div", "bar"),
    main: make("button", "main"),
    skip: make("button", "", words.skip),
    again: make("button", "", words.again),
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
  for (const button of [parts.main, parts.skip, parts.again]) button.type = "button";
  buttons.append(parts.main, parts.skip, parts.again, sound);
  root.append(parts.title, parts.clock, parts.hint, track, dots, buttons);
  root.append(make("div", "keys", words.keys), parts.status);
  return parts;
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

let speaker;

function beep(pitch) {
  speaker ??= new AudioContext();
  const tone = speaker.createOscillator();
  const volume = speaker.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.12, speaker.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, speaker.currentTime + 0.35);
  tone.connect(volume).connect(speaker.destination);
  tone.start();
  tone.stop(speaker.currentTime + 0.36);
}
