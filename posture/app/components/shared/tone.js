// One short tone that fades out.

/**
 * Play a tone.
 *
 * `at` is when it begins, in seconds of the audio context's own clock; `loudness` is 0 to 1.
 */
export function playTone(context, { pitch_hz, seconds, loudness, at = context.currentTime }) {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch_hz;
  volume.gain.setValueAtTime(loudness, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + seconds);
}
