// Guides the person, frame after frame, until the pictures that are measured have been sent.

import { FrameSender } from "./frames.js";
import { Round } from "./round.js";

const RETRY_MS = 500;
const ASLEEP_MS = 200;

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/**
 * Follows one person at a time.
 *
 * `calls` are what the guide cannot do itself: `vanished()` when no picture comes any more,
 * `restarted()` when the program does not know this page, `sent(count)` when a round has arrived.
 */
export class Guide {
  constructor({ device, program, page, voice }, data, calls) {
    Object.assign(this, { device, program, page, voice, data, calls });
    this.sender = new FrameSender(device.video, program);
    this.round = new Round(device.video, program);
    this.instruction = null;
  }

  /** Forget whom it followed. */
  reset() {
    this.round.clear();
    this.instruction = null;
  }

  /** Begin another round of pictures. */
  async beginAgain() {
    this.round.clear();
    await this.program.beginAgain();
  }

  /** Each frame goes when the answer to the one before has come, as long as `isCurrent`. */
  async follow(isCurrent) {
    while (isCurrent()) {
      if (!(await this.pictureComes(isCurrent))) continue;
      const reply = await this.sender.send(this.data.long_side_px, isCurrent);
      if (!isCurrent()) return;
      const answer = reply && this.heard(reply);
      if (!answer) {
        await pause(RETRY_MS);
        continue;
      }
      this.show(answer);
      if (await this.take(answer, isCurrent)) return;
    }
  }

  /** Wait for a new picture; false when there is none, or the tab sleeps. */
  async pictureComes(isCurrent) {
    if (document.hidden) {
      await pause(ASLEEP_MS);
      return false;
    }
    const came = await this.device.nextPicture();
    if (!came && isCurrent() && !document.hidden) this.calls.vanished();
    return came && isCurrent();
  }

  /** Tell the problem of a reply, if it has one; its answer, if it has one. */
  heard({ answer, problem }) {
    if (problem !== undefined) this.page.tellProblem(problem);
    if (problem === "restarted") this.calls.restarted();
    return answer;
  }

  show(answer) {
    if (this.instruction !== answer.instruction) {
      const first = this.instruction === null;
      this.page.say(this.instruct(answer.instruction, first));
    }
    this.page.showAnswer(answer, this.data.edges);
  }

  /** Show and sound an instruction; its sentence. */
  instruct(instruction, first = false) {
    const { big, say } = this.data.instructions[instruction];
    this.instruction = instruction;
    this.page.showWord(big);
    this.voice.tell(say, instruction, this.page.sound, first);
    return say;
  }

  /** Keep a picture when the program asks for one; true when all were sent to be measured. */
  async take(answer, isCurrent) {
    if (answer.taken === 0) this.round.clear();
    if (!answer.take) return false;
    const picture = await this.round.shoot();
    if (!isCurrent() || !picture) return false;
    this.round.pictures.push(picture);
    this.voice.click(this.page.sound);
    return answer.taken === this.data.pictures && this.send(isCurrent);
  }

  /** Send the round until it has arrived; false when the program asks for another one. */
  async send(isCurrent) {
    this.instruct("done");
    this.page.say(this.data.words.sending);
    const { pictures } = this.round;
    while (isCurrent()) {
      try {
        const sent = await this.round.send(pictures, this.data.pictures);
        if (!isCurrent()) return true;
        if (sent) {
          this.calls.sent(pictures.length);
          return true;
        }
        // The program does not know this round any more: guide to another one.
        await this.beginAgain();
        return false;
      } catch {
        this.page.tellProblem("lost");
        await pause(RETRY_MS);
      }
    }
    return true;
  }
}
