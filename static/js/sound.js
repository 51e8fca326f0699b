// The sounds of a board, made of tones, so that nothing has to be loaded. A browser lets a page sound only after a first
// touch: until then data-sound on <html> says "locked", afterwards "on", and "off" where nobody wants to hear anything.
import { emit } from "./events.js";

/**
 * Each tone: its pitch in hertz, when it begins and how long it fades, in seconds. Loud enough for a milk jug beside it.
 * @type {Record<string, { wave: OscillatorType, tones: [number, number, number][] }>}
 */
const SOUNDS = {
  bell: {
    wave: "sine",
    tones: [
      [880, 0, 0.5],
      [1760, 0, 0.25],
      [1319, 0.18, 0.9],
      [2637, 0.18, 0.4],
    ],
  },
  knock: {
    wave: "triangle",
    tones: [
      [330, 0, 0.12],
      [330, 0.16, 0.12],
      [440, 0.32, 0.25],
    ],
  },
};
const VOLUME = "expresso.volume";

/** @type {AudioContext | null} */
let context = null;
let chosen = "bell";

/** The volume chosen on this tablet, between 0 and 1. */
export const volume = () => Number(localStorage.getItem(VOLUME) ?? 0.5);

function show() {
  const isSilent = volume() === 0 || !(chosen in SOUNDS);
  const state = isSilent ? "off" : context?.state === "running" ? "on" : "locked";
  document.documentElement.dataset.sound = state;
  emit("expresso:sound", state);
}

/** Unlocks the sound. To be called during a touch only, because the browser refuses it otherwise. */
export async function unlock() {
  if (context?.state === "running" || navigator.userActivation?.isActive === false) return;
  context ??= new AudioContext();
  context.onstatechange = show;
  await context.resume().catch(() => null);
  show();
}

export function play() {
  const sound = SOUNDS[chosen];
  if (context?.state !== "running" || !sound || volume() === 0) return;
  for (const [pitch, at, fade] of sound.tones) {
    const begin = context.currentTime + at;
    const tone = new OscillatorNode(context, { type: sound.wave, frequency: pitch });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(volume() * 0.6, begin);
    loudness.gain.exponentialRampToValueAtTime(0.001, begin + fade);
    tone.connect(loudness).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + fade);
  }
  emit("expresso:played", chosen);
}

/** @param {string | undefined} name  of SOUNDS; any other is silence */
export function choose(name) {
  chosen = name ?? "";
  show();
}

/** @param {string} value */
export function setVolume(value) {
  localStorage.setItem(VOLUME, value);
  show();
}

// After a tablet's sleep the sound has to be unlocked again.
for (const event of ["click", "keydown", "pointerup"]) document.addEventListener(event, unlock, true);
