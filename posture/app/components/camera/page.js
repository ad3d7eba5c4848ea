// What the live page shows and says now.

import { make } from "../shared/dom.js";
import { clearDrawing, drawAnswer } from "./drawing.js";
import { cameraOptions } from "./parts.js";

const PASSING_MS = 4000;

/** The readings of an answer in words, and how many stances were taken. */
export function readingTexts({ angle_deg, depth_mm, taken }, words) {
  const texts = [];
  if (angle_deg !== null) texts.push(words.angle.replace("{deg}", Math.round(angle_deg)));
  if (depth_mm !== null) texts.push(lengthText(depth_mm, words.length));
  if (taken > 0) texts.push(words.stances.replace("{taken}", taken));
  return texts;
}

/** A length in the units of the page. */
function lengthText(mm, { mm_per_unit, decimals, decimal_sign, unit }) {
  return `${(mm / mm_per_unit).toFixed(decimals).replace(".", decimal_sign)} ${unit}`;
}

/** Shows states of the camera in the elements of the page. */
export class Page {
  constructor(parts, words) {
    this.parts = parts;
    this.words = words;
    this.problem = null;
    this.describe([]);
  }

  /** What can be pressed and seen: whether the camera is on, and whether it is to be. */
  show(on, wanted) {
    const { main, again, turn, large, cameraLabel, off, cross, level, soundLabel } = this.parts;
    main.textContent = wanted ? this.words.stop : this.words.start;
    off.hidden = on;
    this.parts.state.textContent = wanted ? this.words.starting : this.words.ready;
    for (const part of [again, large, soundLabel, this.parts.top]) part.hidden = !on;
    if (!on) for (const part of [turn, cameraLabel, level]) part.hidden = true;
    cross.hidden = !on;
  }

  /** Wipe what was drawn and told of the picture. */
  clear() {
    const { lines, word, numbers, still } = this.parts;
    clearDrawing(lines);
    for (const part of [word, numbers]) part.textContent = "";
    still.style.width = 0;
    this.describe([]);
  }

  /** A status line; screen readers read it out once. */
  say(text) {
    if (this.parts.said.textContent !== text) this.parts.said.textContent = text;
  }

  /** Tell a problem by its name, or that there is none (null). */
  tellProblem(name) {
    this.problem = name;
    const text = name ? this.words.problem[name] : "";
    if (!this.passing) this.tell(text);
  }

  /** A sentence in the problem's place that goes away by itself. */
  tellPassing(text) {
    clearTimeout(this.passing);
    this.tell(text);
    this.passing = setTimeout(() => {
      this.passing = null;
      this.tellProblem(this.problem);
    }, PASSING_MS);
  }

  tell(text) {
    const { problem, off } = this.parts;
    if (problem.textContent !== text) problem.textContent = text;
    off.classList.toggle("brief", text !== "");
  }

  /** The large word over the picture. */
  showWord(text) {
    this.parts.word.textContent = text;
  }

  /** What the person chose to hear: voice, beeps or off. */
  get sound() {
    return this.parts.sound.value;
  }

  /** The lines of an answer, how long the person has stood still, and the readings. */
  showAnswer(answer, edges) {
    const { lines, picture, still, cross, level, numbers } = this.parts;
    drawAnswer(lines, picture.clientWidth, answer, edges);
    still.style.width = `${100 * answer.still}%`;
    cross.hidden = answer.still > 0 || !level.hidden;
    const texts = readingTexts(answer, this.words);
    numbers.replaceChildren(...texts.map((text) => make("span", "", text)));
    this.describe(texts);
  }

  /** What the picture shows, for those who do not see it. */
  describe(texts) {
    this.parts.lines.setAttribute("aria-label", [this.words.label, ...texts].join(", "));
  }

  showLevel({ good, off, text }) {
    const { level, levelText } = this.parts;
    level.hidden = false;
    level.classList.toggle("good", good);
    level.style.setProperty("--off", `${off}%`);
    levelText.textContent = text;
  }

  /** The picture's shape; `mirrored` for a camera that looks at the one who looks at the page. */
  frame(mirrored) {
    const { picture, video } = this.parts;
    picture.classList.toggle("mirrored", mirrored);
    picture.style.setProperty("--ratio", video.videoWidth / video.videoHeight);
  }

  /** The cameras to choose from, and the one in use as the browser describes it. */
  listCameras(cameras, { deviceId, facingMode }) {
    const { camera, cameraLabel, turn } = this.parts;
    camera.replaceChildren(...cameraOptions(cameras, this.words));
    camera.value = deviceId ?? "";
    cameraLabel.hidden = cameras.length < 2;
    turn.hidden = cameras.length < 2 || !facingMode;
  }

  /** Let the box end where the window ends, as long as enough of it is left. */
  fit() {
    const { root } = this.parts;
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const above = Math.max(0, root.getBoundingClientRect().top + scrolled);
    root.style.setProperty("--above", `${Math.round(above)}px`);
  }

  enlarge() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.parts.stage.requestFullscreen?.();
  }
}
