// The elements of the live page.

import { make, makeButton } from "../shared/dom.js";

/** Put everything into `root` and return it by name. */
export function buildParts(root, words) {
  const parts = {
    stage: make("div", "stage"), video: make("video"), lines: make("canvas", "lines"),
    cross: make("div", "cross"), top: make("div", "top"), word: make("div", "word"),
    still: make("div", "still"), numbers: make("div", "numbers"), level: make("div", "level"),
    levelText: make("span"), off: make("div", "off"), problem: make("div", "problem"),
    said: make("div", "said"), controls: make("div", "controls"),
    main: makeButton("main", words.start), again: makeButton("", words.again),
    turn: makeButton("", words.turn_round), large: makeButton("", words.large),
    camera: make("select"), sound: soundChoice(words),
  };
  parts.cameraLabel = labelled(words.camera, parts.camera);
  parts.soundLabel = labelled(words.sound, parts.sound);
  Object.assign(parts.video, { muted: true, playsInline: true });
  describe(parts, words);
  parts.level.append(make("i"), parts.levelText);
  parts.top.append(parts.word, parts.still);
  parts.stage.append(
    parts.video, parts.cross, parts.lines, parts.top, parts.numbers, parts.level, parts.off,
  );
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
  parts.stage.setAttribute("role", "img");
  parts.stage.setAttribute("aria-label", words.label);
  parts.level.setAttribute("aria-label", words.level);
  parts.cross.title = words.level_line;
  parts.problem.setAttribute("role", "alert");
  parts.said.setAttribute("role", "status");
}
