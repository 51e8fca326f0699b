// The start of a shift: says who works where, unlocks the sound by its first tap, takes the volume of this tablet and what
// the person likes, and keeps the screen awake from then on.
(() => {
  "use strict";

  const HOURS = 14; // a shift that began longer ago is another one
  const KEPT = "expresso.shift";

  const { sound } = window.expresso;
  const sheet = document.getElementById("shift");
  if (!sheet) return;
  const who = `${document.getElementById("acts").dataset.user} ${location.pathname}`;
  const chosen = (name) => sheet.querySelector(`[name="${name}"]:checked`)?.value;

  function began() {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    return kept?.who === who && Date.now() - kept.at < HOURS * 3600_000;
  }

  function open() {
    const volume = String(sound.volume());
    for (const pick of sheet.querySelectorAll("[name=volume]")) pick.checked = pick.value === volume;
    sheet.querySelector("[data-shift-word]").textContent = began() ? "Done" : "Start shift";
    if (!sheet.open) sheet.showModal();
  }

  sheet.addEventListener("close", () => {
    localStorage.setItem(KEPT, JSON.stringify({ who, at: Date.now() }));
    navigator.storage?.persist?.();
    stayAwake();
  });
  sheet.addEventListener("change", async (event) => {
    if (event.target.name === "volume") sound.setVolume(event.target.value);
    if (event.target.name === "theme") document.documentElement.dataset.theme = event.target.value;
    sound.choose(chosen("sound"));
    await sound.unlock();
    if (event.target.name === "volume" || event.target.name === "sound") sound.play();
    paint();
  });
  sheet.querySelector("[data-sound-test]").addEventListener("click", async () => {
    await sound.unlock();
    sound.play();
  });
  document.addEventListener("click", (event) => event.target.closest("[data-shift-open]") && open());

  // The frame of an installed page has the paper's colour, whichever theme was chosen.
  function paint() {
    const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = paper;
  }

  // The lock ends when the page is hidden, and some tablets refuse it with a low battery: asked for again each time.
  async function stayAwake() {
    if (!began() || document.hidden || !navigator.wakeLock) return;
    const lock = await navigator.wakeLock.request("screen").catch(() => null);
    if (lock) document.documentElement.dataset.awake = "yes";
    lock?.addEventListener("release", () => delete document.documentElement.dataset.awake);
  }
  document.addEventListener("visibilitychange", stayAwake);

  sound.choose(chosen("sound"));
  paint();
  if (began()) stayAwake();
  else open();
})();
