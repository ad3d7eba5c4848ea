// The elements of the live page: one box, as high as the window lets it be.

import { make, makeButton } from "../shared/dom.js";

/** Put everything into `root` and return it by name. */
export function buildParts(root, words) {
  const parts = {
    root, stage: make("div", "stage"), top: make("div", "top"), word: make("div", "word"),
    still: make("div", "still"), view: make("div", "view"), picture: make("div", "picture"),
    video: make("video"),
    lines: make("canvas", "lines"), cross: make("div", "cross"), numbers: make("div", "numbers"),
    level: make("div", "level"), levelText: make("span"), off: make("div", "off"),
    state: make("p", "state"), problem: make("div", "problem"), said: make("div", "said"),
    controls: make("div", "controls"), main: makeButton("main", words.start),
    again: makeButton("", words.again), turn: makeButton("", words.turn_round),
    large: makeButton("", words.large), camera: make("select"), sound: soundChoice(words),
  };
  parts.cameraLabel = labelled(words.camera, parts.camera);
  parts.soundLabel = labelled(words.sound, parts.sound);
  Object.assign(parts.video, { muted: true, playsInline: true });
  describe(parts, words);
  parts.level.append(make("i"), parts.levelText);
  // The words stand over the picture, not on it: they hide nobody's head.
  parts.top.append(parts.word, parts.still);
  parts.off.append(parts.state, make("p", "", words.lead), make("p", "private", words.private));
  parts.picture.append(parts.video, parts.cross, parts.lines);
  parts.view.append(parts.picture, parts.numbers, parts.level, parts.off);
  parts.stage.append(parts.top, parts.view);
  parts.controls.append(
    parts.main, parts.again, parts.turn, parts.large, parts.cameraLabel, parts.soundLabel,
  );
  root.replaceChildren(parts.stage, parts.said, parts.problem, parts.controls);
  return parts;
}

/** The choices of cameras, by the names that the browser has for them. */
export function cameraOptions(cameras, words) {
  return cameras.map((camera, k) => {
    const name = camera.label || words.some_camera.replace("{number}", k + 1);
    return Object.assign(make("option", "", name), { value: camera.deviceId });
  });
}

function soundChoice(words) {
  const choice = make("select");
  for (const value of ["voice", "beeps", "off"]) {
    choice.append(Object.assign(make("option", "", words[`sound_${value}`]), { value }));
  }
  return choice;
}

function labelled(text, field) {
  const label = make("label", "", text);
  label.append(field);
  return label;
}

/** What screen readers are told. */
function describe(parts, words) {
  for (const hidden of [parts.video, parts.numbers]) hidden.setAttribute("aria-hidden", "true");
  parts.lines.setAttribute("role", "img");
  parts.level.setAttribute("role", "group");
  parts.level.setAttribute("aria-label", words.level);
  parts.cross.title = words.level_line;
  parts.problem.setAttribute("role", "alert");
  parts.state.setAttribute("role", "status");
  parts.said.setAttribute("role", "status");
}
