// An attendee's page: its title says how the order stands, and, asked to by a tap, the device tells when it is ready.
// With web push also when the page is closed; where a browser has none (plain http, iOS outside the home screen) it rings.
(() => {
  "use strict";

  const tell = document.getElementById("tell");
  const order = () => document.getElementById("tracking");
  const site = document.title.split(" · ").pop();
  const kept = `expresso.tells.${location.pathname}`; // that this device was signed up for this order
  let shown = order().dataset.status;
  let sound = null;

  // What is in hand outlives a pushed fragment: an answer half written, "Drop it" opened.
  Idiomorph.defaults.ignoreActiveValue = true;
  Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, element) => name !== "open" || !element.matches("details");
  Idiomorph.defaults.callbacks.beforeNodeMorphed = (before) => !(before instanceof Element && before.matches("[data-keep]"));

  // The word on the page, in the page's language.
  function label() {
    const word = order().querySelector(".tracking-word").textContent.trim();
    document.title = `${word}: ${order().dataset.name} · ${site}`;
    if (tell) tell.hidden = !["waiting", "making"].includes(shown);
  }

  function changed() {
    const { status } = order().dataset;
    const news = status !== shown;
    shown = status;
    label();
    if (!news || status !== "ready") return;
    navigator.vibrate?.([300, 150, 300, 150, 300]);
    if (sound) ring(3);
  }

  // Ringing ------------------------------------------------------------------------------------------------------------

  // Two soft tones; loud enough beside a conversation.
  function ring(times) {
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

  // A browser lets a page sound only from a tap on.
  function unlock() {
    if (!window.AudioContext) return;
    sound ??= new AudioContext();
    sound.resume();
    ring(1);
  }

  // Pushing ------------------------------------------------------------------------------------------------------------

  const canPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const onApple = /iPhone|iPad/.test(navigator.userAgent);

  function say(which) {
    tell.querySelector("button").setAttribute("aria-pressed", String(Boolean(which)));
    for (const each of tell.querySelectorAll("[data-case]")) each.hidden = each.dataset.case !== which;
  }

  const asBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

  async function subscription() {
    const worker = await navigator.serviceWorker.register(tell.dataset.worker, { scope: "/orders/" });
    const options = { userVisibleOnly: true, applicationServerKey: asBytes(tell.dataset.key) };
    try {
      return await worker.pushManager.subscribe(options);
    } catch (error) {
      // One that was made for another key of the server's.
      const old = await worker.pushManager.getSubscription();
      if (!old) throw error;
      await old.unsubscribe();
      return worker.pushManager.subscribe(options);
    }
  }

  async function send(subscribed, how) {
    const form = new FormData(tell);
    const { endpoint, keys } = subscribed.toJSON();
    for (const [name, value] of Object.entries({ endpoint, ...keys, ...how })) form.set(name, value);
    const answer = await fetch(tell.action, { method: "POST", body: form, redirect: "error" });
    if (!answer.ok) throw new Error(`${answer.status}`);
  }

  async function start() {
    unlock();
    if (!canPush) return onApple ? "home" : "ring";
    // Asked in the tap itself: later a browser would not ask any more.
    if ((await Notification.requestPermission()) !== "granted") return "blocked";
    try {
      await send(await subscription(), {});
      localStorage.setItem(kept, "yes");
      return "push";
    } catch {
      return "failed";
    }
  }

  async function stop() {
    sound?.close();
    sound = null;
    if (localStorage.getItem(kept)) {
      localStorage.removeItem(kept);
      await send(await subscription(), { stop: "yes" }).catch(() => null);
    }
    return null;
  }

  tell?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = tell.querySelector("button");
    const on = button.getAttribute("aria-pressed") === "true";
    button.disabled = true;
    say(await (on ? stop() : start()));
    button.disabled = false;
    button.focus();
  });
  if (tell && canPush && Notification.permission === "granted" && localStorage.getItem(kept)) say("push");

  for (const event of ["htmx:afterSwap", "htmx:wsAfterMessage"]) document.addEventListener(event, changed);
  label();
})();
