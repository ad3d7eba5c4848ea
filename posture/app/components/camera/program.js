// What is sent to the program on this computer, and what it answers.

const ANSWER_MS = 15000;
// The model is still being loaded: no answer yet, and nothing to tell.
const NOT_READY = 409;
const PROBLEM_OF_STATUS = {
  400: "unreadable", 403: "restarted", 413: "unreadable", 429: "crowded", 503: "stumbled",
};

/** The problem that a page tells when the program did not answer a frame. */
export function problemOfStatus(status) {
  return PROBLEM_OF_STATUS[status] ?? "lost";
}

/**
 * The program's end of the connection.
 *
 * `data` has its address and a token (another one means that the program was started anew);
 * `ratio` is how many pixels of the camera make one of a frame.
 */
export class Program {
  constructor(data) {
    this.data = data;
    this.ratio = 1;
  }

  post(what, body = null, last = false) {
    const { path, headers, token } = this.data;
    return fetch(`${path}/${what}`, {
      method: "POST",
      body,
      keepalive: last,
      headers: { [headers.token]: token, [headers.ratio]: String(this.ratio) },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  }

  /**
   * The answer to a frame, and the problem to tell (null for none).
   *
   * Without either the program is not ready, and what is told stays as it is.
   */
  async ask(frame) {
    try {
      const response = await this.post("frame", frame);
      if (response.ok) return { answer: await response.json(), problem: null };
      if (response.status === NOT_READY) return {};
      return { problem: problemOfStatus(response.status) };
    } catch {
      return { problem: "lost" };
    }
  }

  /** Begin another round of pictures; the program gets its model ready meanwhile. */
  async beginAgain() {
    await this.post("again").catch(() => {});
  }

  leave() {
    this.post("leave", null, true).catch(() => {});
  }
}
