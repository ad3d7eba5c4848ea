// The large pictures that are measured: some in a row, while the person stands still.

import { jpegOf } from "./picture.js";

const PICTURE_QUALITY = 0.95;

/** Collects the pictures of a round and sends them. */
export class Round {
  constructor(video, program) {
    this.video = video;
    this.program = program;
    this.pictures = [];
  }

  clear() {
    this.pictures = [];
  }

  /** The picture of now in full size; null when there is none. */
  shoot() {
    const { videoWidth: width, videoHeight: height } = this.video;
    const canvas = document.createElement("canvas");
    return jpegOf(this.video, canvas, { width, height }, PICTURE_QUALITY);
  }

  /**
   * Send all pictures; false when they are not `wanted` many, or not all were taken.
   *
   * Throws when the connection is lost.
   */
  async send(pictures, wanted) {
    if (pictures.length !== wanted) return false;
    for (const [number, picture] of pictures.entries()) {
      // One after the other: the program keeps them in this order.
      if (!(await this.program.post(`picture/${number}`, picture)).ok) return false;
    }
    return true;
  }
}
