// The camera: one frame at a time goes to the program, what comes back is drawn and said.
// It computes nothing about the body.  At most one frame is on its way, so none can queue up.

const JPEG_QUALITY = { frame: 0.8, picture: 0.95 };
const RETRY_MS = 500;
const BUSY_CAMERA_MS = 3000;
const SILENT_CAMERA_MS = 5000;
const ANSWER_MS = 15000;
const RENEW_MS = 5000;
// A page that is drawn anew says so within this time; later, it has been left.
const LEAVE_MS = 250;
const TIMINGS = 300;
const MIN_SEEN = 0.5;
const LEVEL = { roll: 2, pitch: 5, full: 15 };
const PROBLEM_OF_ERROR = {
  NotAllowedError: "refused", SecurityError: "refused",
  NotFoundError: "missing", OverconstrainedError: "missing",
  NotReadableError: "busy", AbortError: "busy",
};
const PROBLEM_OF_STATUS = { 400: "unreadable", 403: "restarted", 413: "unreadable", 429: "crowded", 503: "stumbled" };

export default function liveCamera({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".live");
  root.live ??= new Live(root, data);
  root.live.come(data, setTriggerValue);
  return () => root.live.go();
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Live {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.words = data.words;
    this.parts = build(root, data.words);
    this.frame = document.createElement("canvas");
    this.stream = null;
    this.run = 0;
    this.wanted = false;
    this.facing = "user";
    this.pictures = [];
    this.timings = [];
    this.frames = 0;
    this.voice = new Voice();
    this.listen();
    this.show();
  }

  /** Called whenever the page is drawn; another token means that the program was started anew. */
  come(data, setTriggerValue) {
    clearTimeout(this.leaving);
    this.data = data;
    this.tell = setTriggerValue;
    if (this.gone) {
      this.gone = false;
      this.listen();
    }
  }

  /** The page was left, unless it comes back at once. */
  go() {
    this.leaving = setTimeout(() => {
      this.gone = true;
      this.stop();
      this.unlisten();
    }, LEAVE_MS);
  }

  listen() {
    const heard = new AbortController();
    const on = (target, name, act) => target?.addEventListener(name, act, { signal: heard.signal });
    const { main, again, turn, large, camera } = this.parts;
    on(main, "click", () => (this.wanted ? this.stop() : this.start(true)));
    on(again, "click", () => this.begin_again());
    on(large, "click", () => this.enlarge());
    on(turn, "click", () => {
      this.facing = this.facing === "user" ? "environment" : "user";
      camera.value = "";
      this.start();
    });
    on(camera, "change", () => this.start());
    // A camera was connected, or allowed, or the tab woke up: go on without being asked.
    on(navigator.mediaDevices, "devicechange", () => this.recover());
    navigator.permissions?.query({ name: "camera" })
      .then((state) => on(state, "change", () => state.state === "granted" && this.recover()))
      .catch(() => {});
    on(document, "visibilitychange", () => !document.hidden && this.wake());
    on(window, "pagehide", () => this.stop());
    on(window, "online", () => this.recover());
    on(window, "deviceorientation", (event) => this.tilt(event));
    this.unlisten = () => heard.abort();
  }

  async start(pressed = false) {
    const run = this.release();
    this.wanted = true;
    if (pressed) {
      this.problem(null);
      this.voice.wake();
      await askForTilt();
      if (run !== this.run) return;
    }
    this.say(this.words.starting);
    this.show();
    if (!navigator.mediaDevices?.getUserMedia) return this.give_up("insecure");
    // Meanwhile the program gets ready.
    const ready = this.begin_again();
    try {
      const stream = await navigator.mediaDevices.getUserMedia(this.constraints());
      if (run !== this.run) return stream.getTracks().forEach((track) => track.stop());
      this.stream = stream;
      const [track] = stream.getVideoTracks();
      track.onended = () => run === this.run && this.vanish();
      const video = this.parts.video;
      video.srcObject = stream;
      await video.play();
      if (run !== this.run) return;
      this.mirror(track);
      this.show();
      this.list(track);
      await ready;
      this.say("");
      this.follow(run);
    } catch (error) {
      if (run === this.run) this.give_up(PROBLEM_OF_ERROR[error.name] ?? "failed");
    }
  }

  constraints() {
    const chosen = this.parts.camera.value;
    const which = chosen ? { deviceId: { exact: chosen } } : { facingMode: { ideal: this.facing } };
    const size = { width: { ideal: 3840 }, height: { ideal: 2160 }, frameRate: { ideal: 30 } };
    return { audio: false, video: { ...which, ...size } };
  }

  stop() {
    const was = this.stream !== null;
    this.wanted = false;
    this.release();
    clearTimeout(this.retry);
    this.problem(null);
    this.voice.still();
    this.say("");
    this.show();
    if (was) this.post("leave", null, true).catch(() => {});
  }

  /**
   * Switch the camera off, wipe what was drawn, and count up the runs: frames of an earlier one that
   * are still on their way change nothing any more.
   */
  release() {
    this.run++;
    this.stream?.getTracks().forEach((track) => { track.onended = null; track.stop(); });
    this.stream = null;
    this.pictures = [];
    const { video, lines, word, numbers, still } = this.parts;
    video.srcObject = null;
    lines.getContext("2d").clearRect(0, 0, lines.width, lines.height);
    for (const part of [word, numbers]) part.textContent = "";
    still.style.width = 0;
    this.instruction = null;
    return this.run;
  }

  give_up(problem) {
    this.release();
    this.problem(problem);
    this.say("");
    if (problem === "busy") this.retry = setTimeout(() => this.recover(), BUSY_CAMERA_MS);
    // What only the person can mend waits for the button.
    if (["refused", "insecure", "failed"].includes(problem)) this.wanted = false;
    this.show();
  }

  vanish() {
    this.give_up("vanished");
    this.retry = setTimeout(() => this.recover(), BUSY_CAMERA_MS);
  }

  recover() {
    const allowed_now = this.shown_problem === "refused";
    if ((this.wanted || allowed_now) && !this.stream && !document.hidden) this.start();
  }

  wake() {
    if (!this.wanted) return;
    this.passing(this.words.problem.asleep);
    if (this.stream?.getVideoTracks()[0]?.readyState !== "live") this.start();
  }

  /** Frame after frame, each when the answer to the one before has come. */
  async follow(run) {
    while (run === this.run) {
      if (!(await this.next_picture(run))) continue;
      const begun = performance.now();
      const body = await this.small_jpeg();
      if (run !== this.run) return;
      if (!body) {
        await pause(RETRY_MS);
        continue;
      }
      const answer = await this.ask(body, run);
      if (run !== this.run) return;
      if (!answer) {
        await pause(RETRY_MS);
        continue;
      }
      this.frames++;
      this.timings.push(performance.now() - begun);
      if (this.timings.length > TIMINGS) this.timings.shift();
      this.draw(answer);
      this.guide(answer);
      if (await this.take(answer, run)) return;
    }
  }

  /** Wait for a new picture; false when there is none, or the tab sleeps. */
  async next_picture(run) {
    if (document.hidden) {
      await pause(200);
      return false;
    }
    const video = this.parts.video;
    const fresh = new Promise((done) =>
      video.requestVideoFrameCallback ? video.requestVideoFrameCallback(() => done(true))
        : requestAnimationFrame(() => done(true)));
    const came = await Promise.race([fresh, pause(SILENT_CAMERA_MS)]);
    if (!came && run === this.run && !document.hidden) this.vanish();
    return came && run === this.run;
  }

  async small_jpeg() {
    const { video } = this.parts;
    const shrink = Math.min(1, this.data.long_side_px / Math.max(video.videoWidth, video.videoHeight));
    const [width, height] = [video.videoWidth, video.videoHeight].map((side) => Math.round(side * shrink));
    this.ratio = 1 / shrink;
    return jpeg_of(video, this.frame, width, height, JPEG_QUALITY.frame);
  }

  /** The program's answer to a frame; null, with a sentence on the page, when there is none. */
  async ask(body, run) {
    try {
      const response = await this.post("frame", body);
      if (run !== this.run) return null;
      if (response.ok) {
        this.problem(null);
        return await response.json();
      }
      // The model is still being loaded.
      if (response.status === 409) return null;
      this.problem(PROBLEM_OF_STATUS[response.status] ?? "lost");
      if (response.status === 403) this.renew();
    } catch {
      if (run === this.run) this.problem("lost");
    }
    return null;
  }

  /** Have the page drawn anew: with it comes a token that the program knows. */
  renew() {
    if (performance.now() - (this.renewed ?? -RENEW_MS) < RENEW_MS) return;
    this.renewed = performance.now();
    this.tell("renew", Date.now());
  }

  post(what, body, last = false) {
    const { path, headers, token } = this.data;
    return fetch(`${path}/${what}`, {
      method: "POST",
      body,
      keepalive: last,
      headers: { [headers.token]: token, [headers.ratio]: String(this.ratio ?? 1) },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  }

  draw({ size, points, seen, back, bridge }) {
    const { lines, stage } = this.parts;
    const [width, height] = size;
    const scale = Math.max(1, Math.round(2 * (stage.clientWidth / width)) / 2);
    if (lines.width !== width * scale || lines.height !== height * scale) {
      Object.assign(lines, { width: width * scale, height: height * scale });
    }
    const pen = lines.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.lineCap = pen.lineJoin = "round";
    const unit = Math.min(width, height) / 100;
    const stroke = (line, colour, thick, rim) => {
      if (line.length < 2) return;
      for (const [style, size] of [[rim, 2 * thick], [colour, thick]]) {
        pen.strokeStyle = style;
        pen.lineWidth = size;
        pen.beginPath();
        line.forEach(([x, y]) => pen.lineTo(x, y));
        pen.stroke();
      }
    };
    const bones = points.length ? this.data.edges : [];
    for (const [first, last] of bones) {
      if (seen[first] < MIN_SEEN || seen[last] < MIN_SEEN) continue;
      stroke([points[first], points[last]], "#fff", 0.4 * unit, "rgba(22, 33, 45, 0.5)");
    }
    stroke(back, "#0072b2", 0.8 * unit, "rgba(255, 255, 255, 0.6)");
    stroke(bridge.slice(0, 2), "#16212d", 0.5 * unit, "rgba(255, 255, 255, 0.6)");
    stroke(bridge.slice(2), "#16212d", 0.5 * unit, "rgba(255, 255, 255, 0.6)");
  }

  guide(answer) {
    const { word, numbers, still, cross, level } = this.parts;
    const told = this.data.instructions[answer.instruction];
    if (this.instruction !== answer.instruction) {
      const first = this.instruction === null;
      this.instruction = answer.instruction;
      word.textContent = told.big;
      this.say(told.say);
      this.voice.tell(told.say, answer.instruction, this.parts.sound.value, first);
    }
    still.style.width = `${100 * answer.still}%`;
    cross.hidden = answer.still > 0 || !level.hidden;
    const texts = [];
    if (answer.angle_deg !== null) texts.push(this.words.angle.replace("{deg}", Math.round(answer.angle_deg)));
    if (answer.depth_mm !== null) texts.push(this.words.depth.replace("{mm}", Math.round(answer.depth_mm)));
    numbers.replaceChildren(...texts.map((text) => make("span", "", text)));
  }

  /** Keep a picture when the program asks for one; true when all were sent to be measured. */
  async take(answer, run) {
    if (answer.taken === 0) this.pictures = [];
    if (!answer.take) return false;
    const { video } = this.parts;
    const canvas = document.createElement("canvas");
    const picture = await jpeg_of(video, canvas, video.videoWidth, video.videoHeight, JPEG_QUALITY.picture);
    if (run !== this.run || !picture) return false;
    this.pictures.push(picture);
    this.voice.click(this.parts.sound.value);
    return answer.taken === this.data.pictures && this.send(run);
  }

  async send(run) {
    this.instruction = "done";
    this.parts.word.textContent = this.data.instructions.done.big;
    this.voice.tell(this.data.instructions.done.say, "done", this.parts.sound.value);
    this.say(this.words.sending);
    const pictures = this.pictures;
    while (run === this.run) {
      try {
        let sent = pictures.length === this.data.pictures;
        for (const [number, picture] of pictures.entries()) {
          sent &&= (await this.post(`picture/${number}`, picture)).ok;
        }
        if (run !== this.run) return true;
        if (sent) {
          this.stop();
          this.say(this.words.measuring);
          this.tell("taken", pictures.length);
          return true;
        }
        // The program does not know this round any more: guide to another one.
        await this.begin_again();
        return false;
      } catch {
        this.problem("lost");
        await pause(RETRY_MS);
      }
    }
    return true;
  }

  async begin_again() {
    this.pictures = [];
    await this.post("again", null).catch(() => {});
  }

  mirror(track) {
    const facing = track.getSettings().facingMode ?? this.facing;
    this.parts.stage.classList.toggle("mirrored", facing !== "environment");
    const { videoWidth, videoHeight } = this.parts.video;
    this.parts.stage.style.aspectRatio = `${videoWidth} / ${videoHeight}`;
  }

  async list(track) {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const cameras = devices.filter((device) => device.kind === "videoinput" && device.deviceId);
    const { camera, camera_label, turn } = this.parts;
    camera.replaceChildren(...cameras.map((device, k) => {
      const option = make("option", "", device.label || this.words.some_camera.replace("{number}", k + 1));
      option.value = device.deviceId;
      return option;
    }));
    camera.value = track.getSettings().deviceId ?? "";
    camera_label.hidden = cameras.length < 2;
    turn.hidden = cameras.length < 2 || !track.getSettings().facingMode;
  }

  enlarge() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.parts.stage.requestFullscreen?.();
  }

  /** How level the device stands, where it can tell: sideways, and towards the person. */
  tilt({ beta, gamma }) {
    if (beta === null || gamma === null || !this.stream) return;
    const [b, g] = [beta, gamma].map((deg) => (deg * Math.PI) / 180);
    // Up, in the device's own axes (right, top, out of the screen).
    const up = [-Math.cos(b) * Math.sin(g), Math.sin(b), Math.cos(b) * Math.cos(g)];
    const deg = 180 / Math.PI;
    const turned = screen.orientation?.angle ?? 0;
    const roll = ((Math.atan2(up[0], up[1]) * deg - turned + 540) % 360) - 180;
    const pitch = Math.asin(Math.max(-1, Math.min(1, up[2]))) * deg;
    const { level, level_text } = this.parts;
    level.hidden = false;
    const good = Math.abs(roll) <= LEVEL.roll && Math.abs(pitch) <= LEVEL.pitch;
    level.classList.toggle("good", good);
    level.style.setProperty("--off", `${Math.max(-45, Math.min(45, (roll / LEVEL.full) * 45))}%`);
    const told = Math.abs(roll) > LEVEL.roll ? this.words.roll.replace("{deg}", Math.round(Math.abs(roll)))
      : this.words.pitch.replace("{deg}", Math.round(Math.abs(pitch)));
    level_text.textContent = good ? this.words.level_good : told;
  }

  problem(name) {
    this.shown_problem = name;
    const text = name ? this.words.problem[name] : "";
    if (this.parts.problem.textContent !== text && !this.passing_until) this.parts.problem.textContent = text;
  }

  /** A sentence that goes away by itself. */
  passing(text) {
    clearTimeout(this.passing_until);
    this.parts.problem.textContent = text;
    this.passing_until = setTimeout(() => {
      this.passing_until = null;
      this.problem(this.shown_problem);
    }, 4000);
  }

  say(text) {
    if (this.parts.said.textContent !== text) this.parts.said.textContent = text;
  }

  /** What can be pressed and seen now. */
  show() {
    const { main, again, turn, large, camera_label, off, cross, level, sound_label } = this.parts;
    const on = this.stream !== null;
    main.textContent = this.wanted ? this.words.stop : this.words.start;
    off.hidden = on;
    off.textContent = this.wanted ? this.words.starting : this.words.ready;
    for (const part of [again, large, sound_label]) part.hidden = !on;
    if (!on) for (const part of [turn, camera_label, level]) part.hidden = true;
    cross.hidden = !on;
  }
}

/** Speaks with voices of this computer only; beeps where there is none. */
class Voice {
  wake() {
    this.speaker ??= new AudioContext();
    this.speaker.resume?.();
    window.speechSynthesis?.getVoices();
  }

  tell(text, key, sound, first = false) {
    if (sound === "off") return;
    const speech = window.speechSynthesis;
    // Other voices would send the words to their maker.
    const language = document.documentElement.lang || "en";
    const voices = speech?.getVoices().filter((voice) => voice.localService) ?? [];
    const voice = voices.find((one) => one.lang.startsWith(language)) ?? voices.find((one) => one.lang.startsWith("en"));
    if (sound === "voice" && voice) {
      speech.cancel();
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice;
      speech.speak(words);
    } else if (!first) {
      this.beep(...({ hold: [620, 1], taking: [620, 2], done: [880, 3] }[key] ?? [440, 1]));
    }
  }

  click(sound) {
    if (sound !== "off") this.beep(1200, 1, 0.08);
  }

  still() {
    window.speechSynthesis?.cancel();
  }

  beep(pitch, times, seconds = 0.25) {
    if (!this.speaker) return;
    for (let k = 0; k < times; k++) {
      const from = this.speaker.currentTime + k * (seconds + 0.12);
      const tone = this.speaker.createOscillator();
      const volume = this.speaker.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.15, from);
      volume.gain.exponentialRampToValueAtTime(0.001, from + seconds);
      tone.connect(volume).connect(this.speaker.destination);
      tone.start(from);
      tone.stop(from + seconds);
    }
  }
}

/** The video's picture as a JPEG of that size; null when there is none. */
function jpeg_of(video, canvas, width, height, quality) {
  if (!width || !height) return null;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext("2d", { alpha: false }).drawImage(video, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** Some phones tell how they are held only after they were asked from a press. */
async function askForTilt() {
  try {
    await window.DeviceOrientationEvent?.requestPermission?.();
  } catch {
    // Not granted: the dashed lines remain.
  }
}

function make(tag, className, text) {
  const item = document.createElement(tag);
  if (className) item.className = className;
  if (text) item.textContent = text;
  return item;
}

function build(root, words) {
  const labelled = (text, field) => {
    const label = make("label", "", text);
    label.append(field);
    return label;
  };
  const button = (className, text) => Object.assign(make("button", className, text), { type: "button" });
  const parts = {
    stage: make("div", "stage"), video: make("video"), lines: make("canvas", "lines"),
    cross: make("div", "cross"), top: make("div", "top"), word: make("div", "word"), still: make("div", "still"),
    numbers: make("div", "numbers"), level: make("div", "level"), level_text: make("span"),
    off: make("div", "off"), problem: make("div", "problem"), said: make("div", "said"),
    controls: make("div", "controls"), main: button("main", words.start), again: button("", words.again),
    turn: button("", words.turn_round), large: button("", words.large),
    camera: make("select"), sound: make("select"),
  };
  for (const name of ["voice", "beeps", "off"]) {
    const option = make("option", "", words[`sound_${name}`]);
    option.value = name;
    parts.sound.append(option);
  }
  parts.camera_label = labelled(words.camera, parts.camera);
  parts.sound_label = labelled(words.sound, parts.sound);
  Object.assign(parts.video, { muted: true, playsInline: true });
  parts.stage.setAttribute("role", "img");
  parts.stage.setAttribute("aria-label", words.label);
  parts.level.setAttribute("aria-label", words.level);
  parts.cross.title = words.level_line;
  parts.problem.setAttribute("role", "alert");
  parts.said.setAttribute("role", "status");
  parts.level.append(make("i"), parts.level_text);
  parts.top.append(parts.word, parts.still);
  parts.stage.append(parts.video, parts.cross, parts.lines, parts.top, parts.numbers, parts.level, parts.off);
  parts.controls.append(parts.main, parts.again, parts.turn, parts.large, parts.camera_label, parts.sound_label);
  root.replaceChildren(parts.stage, parts.said, parts.problem, parts.controls);
  return parts;
}
