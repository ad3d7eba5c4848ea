// The live page: when its camera is on, and what happens when it cannot be.

import { cameraConstraints, camerasAllowed, Device, problemOfError } from "./device.js";
import { Guide } from "./guide.js";
import { askForTilt, levelOf, tiltOf } from "./level.js";
import { Page } from "./page.js";
import { buildParts } from "./parts.js";
import { Program } from "./program.js";
import { Voice } from "./voice.js";

const BUSY_CAMERA_MS = 3000;
const RENEW_MS = 5000;
// A page that is drawn anew says so within this time; later, it has been left.
const LEAVE_MS = 250;
// What only the person can mend waits for the button.
const FOR_THE_PERSON = new Set(["refused", "insecure", "failed"]);

/**
 * The live page of one browser tab.
 *
 * Each start of the camera is a run; what comes late from an earlier one changes nothing any more.
 */
export class LiveCamera {
  constructor(root, data) {
    this.data = data;
    this.parts = buildParts(root, data.words);
    this.page = new Page(this.parts, data.words);
    this.device = new Device(this.parts.video);
    this.program = new Program(data);
    this.voice = new Voice();
    this.guide = new Guide(this, data, {
      vanished: () => this.vanish(),
      restarted: () => this.renew(),
      sent: (count) => this.finish(count),
    });
    this.run = 0;
    this.wanted = false;
    this.facing = "user";
    this.listen();
    this.show();
  }

  /** How many frames were answered. */
  get frames() {
    return this.guide.sender.answered;
  }

  /** Called whenever the page is drawn; `tell` sends a value to the page's Python. */
  come(data, tell) {
    clearTimeout(this.leaving);
    this.data = data;
    this.guide.data = data;
    this.program.data = data;
    // Other units, while the camera is on.
    this.page.words = data.words;
    this.tell = tell;
    this.page.fit();
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
    on(again, "click", () => this.beginAgain());
    on(large, "click", () => this.page.enlarge());
    on(turn, "click", () => this.turnRound());
    on(camera, "change", () => this.start());
    // A camera was connected, or allowed, or the tab woke up: go on without being asked.
    on(navigator.mediaDevices, "devicechange", () => this.recover());
    navigator.permissions?.query({ name: "camera" })
      .then((state) => on(state, "change", () => state.state === "granted" && this.recover()))
      .catch(() => {});
    on(document, "visibilitychange", () => !document.hidden && this.wake());
    on(window, "pagehide", () => this.stop());
    on(window, "online", () => this.recover());
    on(window, "posture-connection", (event) => this.reconnect(event));
    on(window, "resize", () => this.page.fit());
    on(window, "deviceorientation", (event) => this.tilt(event));
    this.unlisten = () => heard.abort();
  }

  async start(pressed = false) {
    const run = this.release();
    const isCurrent = () => run === this.run;
    this.wanted = true;
    if (pressed) {
      this.page.tellProblem(null);
      this.voice.wake();
      await askForTilt();
      if (!isCurrent()) return;
    }
    this.page.say("");
    this.show();
    if (!camerasAllowed()) {
      this.giveUp("insecure");
      return;
    }
    // Meanwhile the program gets ready.
    const ready = this.beginAgain();
    try {
      const wish = cameraConstraints(this.parts.camera.value, this.facing);
      if (!(await this.device.open(wish, isCurrent, () => this.vanish()))) return;
      this.page.frame((this.device.settings.facingMode ?? this.facing) !== "environment");
      this.show();
      this.page.say(this.data.words.loading);
      this.listCameras();
      await ready;
      this.page.say("");
      this.guide.follow(isCurrent);
    } catch (error) {
      if (isCurrent()) this.giveUp(problemOfError(error.name));
    }
  }

  stop() {
    const was = this.device.on;
    this.wanted = false;
    this.release();
    clearTimeout(this.retry);
    this.page.tellProblem(null);
    this.voice.hush();
    this.page.say("");
    this.show();
    if (was) this.program.leave();
  }

  /** Switch the camera off and wipe what was drawn; the number of the run that begins. */
  release() {
    this.run++;
    this.device.close();
    this.page.clear();
    this.guide.reset();
    return this.run;
  }

  giveUp(problem) {
    this.release();
    this.page.tellProblem(problem);
    this.page.say("");
    if (problem === "busy") this.recoverLater();
    if (FOR_THE_PERSON.has(problem)) this.wanted = false;
    this.show();
  }

  vanish() {
    this.giveUp("vanished");
    this.recoverLater();
  }

  recoverLater() {
    this.retry = setTimeout(() => this.recover(), BUSY_CAMERA_MS);
  }

  recover() {
    const allowedNow = this.page.problem === "refused";
    if ((this.wanted || allowedNow) && !this.device.on && !document.hidden) this.start();
  }

  wake() {
    if (!this.wanted) return;
    this.page.tellPassing(this.data.words.problem.asleep);
    if (!this.device.alive) this.start();
  }

  turnRound() {
    this.facing = this.facing === "user" ? "environment" : "user";
    this.parts.camera.value = "";
    this.start();
  }

  /** The page lost the program, or found another one: while the camera runs it goes on by itself. */
  reconnect(event) {
    if (!this.device.on) return;
    event.preventDefault();
    if (event.detail.state === "renew") this.renew();
  }

  /** Have the page drawn anew: with it comes a token that the program knows. */
  renew() {
    if (performance.now() - (this.renewed ?? -RENEW_MS) < RENEW_MS) return;
    this.renewed = performance.now();
    this.tell("renew", Date.now());
  }

  /** A round of pictures has arrived: the page measures it. */
  finish(count) {
    this.stop();
    this.page.say(this.data.words.measuring);
    this.tell("taken", count);
  }

  beginAgain() {
    return this.guide.beginAgain();
  }

  async listCameras() {
    const { settings } = this.device;
    this.page.listCameras(await this.device.list(), settings);
  }

  /** The device tells how it is held. */
  tilt({ beta, gamma }) {
    if (beta === null || gamma === null || !this.device.on) return;
    const tilt = tiltOf({ beta, gamma }, screen.orientation?.angle ?? 0);
    this.page.showLevel(levelOf(tilt, this.data.words));
  }

  show() {
    this.page.show(this.device.on, this.wanted);
  }
}
