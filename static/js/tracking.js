// An attendee's page in a pocket or another tab: the title says how it stands, and it rings once if it was asked to.
(() => {
  "use strict";

  const title = document.title;
  const ring = document.getElementById("ring");
  const WORDS = { waiting: "", making: "Being made: ", ready: "Ready: ", cancelled: "Cancelled: " };
  const status = () => document.getElementById("tracking")?.dataset.status;
  let sound = null;
  let shown = status();

  function label() {
    document.title = `${WORDS[status()] ?? ""}${title}`;
    ring.hidden = !["waiting", "making"].includes(status()) || !window.AudioContext;
  }

  // Two soft tones, three times; loud enough beside a conversation.
  function play(times) {
    for (let n = 0; n < times; n += 1) {
      for (const [at, pitch] of [
        [0, 880],
        [0.18, 1175],
      ]) {
        const begins = sound.currentTime + n * 0.9 + at;
        const tone = new OscillatorNode(sound, { frequency: pitch });
        const volume = new GainNode(sound, { gain: 0 });
        volume.gain.setValueAtTime(0.3, begins);
        volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.6);
        tone.connect(volume).connect(sound.destination);
        tone.start(begins);
        tone.stop(begins + 0.6);
      }
    }
  }

  ring.addEventListener("click", () => {
    const on = ring.getAttribute("aria-pressed") !== "true";
    ring.setAttribute("aria-pressed", String(on));
    ring.querySelector("span").textContent = on ? "Rings when it is ready" : "Ring when it is ready";
    if (!on) return;
    // A browser lets a page sound only from a tap on.
    sound ??= new AudioContext();
    sound.resume();
    play(1);
  });

  document.addEventListener("htmx:afterSwap", () => {
    if (status() === shown) return;
    shown = status();
    label();
    if (shown !== "ready" || ring.getAttribute("aria-pressed") !== "true") return;
    play(3);
    navigator.vibrate?.([200, 100, 200]);
  });
  // A phone that was in a pocket shows at once what became of it.
  document.addEventListener("visibilitychange", () => document.hidden || htmx.trigger("#tracking", "wake"));
  label();
})();
