// Small frames for the program to follow the person by.  It computes nothing about the body.

import { jpegOf, shrunkSize } from "./picture.js";

const FRAME_QUALITY = 0.8;
const KEPT_TIMINGS = 300;

/** Sends one frame at a time: the next one only when the answer has come, so none can queue up. */
export class FrameSender {
  constructor(video, program) {
    this.video = video;
    this.program = program;
    this.canvas = document.createElement("canvas");
    this.answered = 0;
    this.timings_ms = [];
  }

  /** The program's reply to the picture of now (see Program.ask); null when there is none. */
  async send(long_side_px, isCurrent) {
    const begun = performance.now();
    const size = shrunkSize(this.video.videoWidth, this.video.videoHeight, long_side_px);
    this.program.ratio = size.ratio;
    const frame = await jpegOf(this.video, this.canvas, size, FRAME_QUALITY);
    if (!frame || !isCurrent()) return null;
    const reply = await this.program.ask(frame);
    if (reply.answer && isCurrent()) this.count(performance.now() - begun);
    return reply;
  }

  count(took_ms) {
    this.answered++;
    this.timings_ms.push(took_ms);
    if (this.timings_ms.length > KEPT_TIMINGS) this.timings_ms.shift();
  }
}
