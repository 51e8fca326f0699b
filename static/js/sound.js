// The sounds of a board, made of tones, so that nothing has to be loaded. A browser lets a page sound only after a first
// touch: until then data-sound on <html> says "locked", afterwards "on", and "off" where nobody wants to hear anything.
(() => {
  "use strict";

  // Hertz, seconds after the beginning, seconds to fade; loud enough for a milk jug beside it.
  const SOUNDS = {
    bell: { wave: "sine", tones: [[880, 0, 0.5], [1760, 0, 0.25], [1319, 0.18, 0.9], [2637, 0.18, 0.4]] },
    knock: { wave: "triangle", tones: [[330, 0, 0.12], [330, 0.16, 0.12], [440, 0.32, 0.25]] },
  };
  const VOLUME = "expresso.volume";

  let context = null;
  let sound = "bell";

  function volume() {
    const kept = localStorage.getItem(VOLUME);
    return kept === null ? 0.5 : Number(kept);
  }

  function show() {
    const silent = volume() === 0 || !(sound in SOUNDS);
    const state = silent ? "off" : context?.state === "running" ? "on" : "locked";
    document.documentElement.dataset.sound = state;
    document.dispatchEvent(new CustomEvent("expresso:sound", { detail: state }));
  }

  // Without a touch it would only be refused, and the browser complain. After the sleep of a tablet it is touched anew.
  async function unlock() {
    if (context?.state === "running" || navigator.userActivation?.isActive === false) return;
    context ??= new AudioContext();
    context.onstatechange = show;
    await context.resume().catch(() => null);
    show();
  }

  function play(name = sound) {
    if (context?.state !== "running" || !(name in SOUNDS) || volume() === 0) return;
    const { wave, tones } = SOUNDS[name];
    for (const [pitch, at, fade] of tones) {
      const begin = context.currentTime + at;
      const tone = new OscillatorNode(context, { type: wave, frequency: pitch });
      const loudness = new GainNode(context, { gain: 0 });
      loudness.gain.setValueAtTime(volume() * 0.6, begin);
      loudness.gain.exponentialRampToValueAtTime(0.001, begin + fade);
      tone.connect(loudness).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + fade);
    }
    document.dispatchEvent(new CustomEvent("expresso:played", { detail: name }));
  }

  for (const event of ["click", "keydown", "pointerup"]) document.addEventListener(event, unlock, true);

  window.expresso.sound = {
    play,
    unlock,
    volume,
    choose(name) {
      sound = name;
      show();
    },
    setVolume(value) {
      localStorage.setItem(VOLUME, value);
      show();
    },
  };
})();
