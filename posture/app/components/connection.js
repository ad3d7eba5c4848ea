// Tells when the program does not answer, and brings the page back when it does.
// A page whose program was started anew, or that was away until the program forgot it, shows what
// nobody knows any more: it is loaded again.

import { stateOf } from "./connection/watch.js";

const ASK_EVERY_MS = 1000;
const ANSWER_MS = 5000;
const RENEWED_SHOWN_MS = 20000;
const STATE = "data-test-connection-state";
// Outlives the page's being loaded again, in this tab only.
const RENEWED = "posture.renewed";

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".connection");
  root.connection ??= new Connection(root, data);
  root.connection.come(data);
  return () => root.connection.go();
}

/** Watches the connection that Streamlit keeps, and asks the program itself when that breaks. */
class Connection {
  constructor(root, data) {
    Object.assign(this, { root, data, connected: true, lostAt: null, strange: 0 });
    this.app = document.querySelector(`[${STATE}]`);
    this.observer = new MutationObserver(() => this.look());
    if (sessionStorage.getItem(RENEWED)) {
      sessionStorage.removeItem(RENEWED);
      this.say(data.words.renewed);
      setTimeout(() => this.say(""), RENEWED_SHOWN_MS);
    }
  }

  /** Called whenever the page is drawn; another `tab` is one that the program knows. */
  come(data) {
    this.data = data;
    // For voices, of screen readers and of the live view.
    document.documentElement.lang = data.language;
    this.observer.observe(this.app, { attributeFilter: [STATE] });
    this.look();
  }

  go() {
    this.observer.disconnect();
  }

  look() {
    this.connected = this.app.getAttribute(STATE) === "CONNECTED";
    if (this.connected || this.lostAt !== null) return;
    this.lostAt = performance.now();
    this.follow();
  }

  /** Ask the program until all is well again. */
  async follow() {
    const known = await this.ask();
    const { connected } = this;
    this.strange = connected && known === false ? this.strange + 1 : 0;
    const lost_ms = performance.now() - this.lostAt;
    const state = stateOf({ connected, lost_ms, known, strange: this.strange });
    if (state === "renew" && this.mayAct(state)) this.renew();
    if (state === "tell") {
      dismissStranger();
      if (this.mayAct(state)) this.say(this.data.words.lost);
    }
    if (state === "calm") {
      this.lostAt = null;
      this.say("");
    } else {
      setTimeout(() => this.follow(), ASK_EVERY_MS);
    }
  }

  /** Whether the program knows this tab; null when it does not answer. */
  async ask() {
    const { path, header, tab } = this.data;
    try {
      const answer = await fetch(path, {
        method: "POST", headers: { [header]: tab }, signal: AbortSignal.timeout(ANSWER_MS),
      });
      return answer.ok ? (await answer.json()).known : null;
    } catch {
      return null;
    }
  }

  /** A part of the page that goes on by itself, and says so in its own place, says no. */
  mayAct(state) {
    const detail = { state };
    return window.dispatchEvent(new CustomEvent("posture-connection", { cancelable: true, detail }));
  }

  renew() {
    sessionStorage.setItem(RENEWED, "yes");
    location.reload();
  }

  say(text) {
    if (this.root.textContent !== text) this.root.textContent = text;
  }
}

/** Streamlit has a dialog of its own for this, which names another command; style.css hides it. */
function dismissStranger() {
  document.querySelector("[data-testid=stDialog] button[aria-label=Close]")?.click();
}
