// Speaks with voices of this computer only; beeps where there is none.

import { playTone } from "../shared/tone.js";

const PAUSE_S = 0.12;
const LOUDNESS = 0.15;
const CLICK = { pitch_hz: 1200, times: 1, seconds: 0.08 };
const BEEP_S = 0.25;

/** The beeps that stand for an instruction. */
export function beepsOf(instruction) {
  const beeps = { hold: [620, 1], "step-away": [620, 2], done: [880, 3] };
  const [pitch_hz, times] = beeps[instruction] ?? [440, 1];
  return { pitch_hz, times, seconds: BEEP_S };
}

/** A voice in the page's language; undefined when there is none. */
export function chosenVoice(voices, language) {
  // Other voices would send the words to their maker.
  const local = voices.filter((voice) => voice.localService);
  return local.find((voice) => voice.lang.startsWith(language));
}

export class Voice {
  /** Browsers let a page sound only after a press. */
  wake() {
    this.context ??= new AudioContext();
    this.context.resume?.();
    window.speechSynthesis?.getVoices();
  }

  /** Say a sentence; `sound` is what the person chose. The `first` one is never beeped. */
  tell(text, instruction, sound, first = false) {
    if (sound === "off") return;
    const speech = window.speechSynthesis;
    const language = document.documentElement.lang || "en";
    const voice = chosenVoice(speech?.getVoices() ?? [], language);
    if (sound === "voice" && voice) {
      speech.cancel();
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice;
      speech.speak(words);
    } else if (!first) {
      this.beep(beepsOf(instruction));
    }
  }

  click(sound) {
    if (sound !== "off") this.beep(CLICK);
  }

  hush() {
    window.speechSynthesis?.cancel();
  }

  beep({ pitch_hz, times, seconds }) {
    if (!this.context) return;
    const start = this.context.currentTime;
    for (let k = 0; k < times; k++) {
      const at = start + k * (seconds + PAUSE_S);
      playTone(this.context, { pitch_hz, seconds, loudness: LOUDNESS, at });
    }
  }
}
