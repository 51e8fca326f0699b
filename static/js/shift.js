// The sheet at the start of a shift. It shows who works where, unlocks the sound by its first tap, stores the tablet's
// volume and the person's preferences, and keeps the screen awake.
import { all, byId, first, hit, one } from "./dom.js";
import * as sound from "./sound.js";

const HOURS = 14; // ms after which a shift counts as a new one
const KEPT = "expresso.shift";

const sheet = /** @type {HTMLDialogElement | null} */ (document.getElementById("shift"));
const who = `${byId("acts").dataset.user} ${location.pathname}`;

function hasBegun() {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  return kept?.who === who && Date.now() - kept.at < HOURS * 3_600_000;
}

/** @param {HTMLDialogElement} dialog */
function open(dialog) {
  const volume = String(sound.volume());
  for (const pick of dialog.querySelectorAll("input")) if (pick.name === "volume") pick.checked = pick.value === volume;
  one("[data-shift-word]", dialog).textContent = hasBegun() ? "Done" : "Start shift";
  if (!dialog.open) dialog.showModal();
}

/** Gives the frame of an installed web app the background colour of the chosen theme. */
function paintFrame() {
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  for (const meta of all("meta[name=theme-color]")) meta.setAttribute("content", paper);
}

// Requests the wake lock again each time: it ends when the page is hidden, and tablets refuse it with a low battery.
async function stayAwake() {
  if (!hasBegun() || document.hidden || !navigator.wakeLock) return;
  const lock = await navigator.wakeLock.request("screen").catch(() => null);
  if (!lock) return;
  document.documentElement.dataset.awake = "yes";
  lock.addEventListener("release", () => {
    delete document.documentElement.dataset.awake;
  });
}

/** @param {HTMLDialogElement} dialog */
function begin(dialog) {
  const chosenSound = () => first('[name="sound"]:checked', dialog)?.getAttribute("value") ?? undefined;

  dialog.addEventListener("close", () => {
    localStorage.setItem(KEPT, JSON.stringify({ who, at: Date.now() }));
    navigator.storage?.persist?.();
    stayAwake();
  });
  dialog.addEventListener("change", async ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    if (name === "volume") sound.setVolume(value);
    if (name === "theme") document.documentElement.dataset.theme = value;
    sound.choose(chosenSound());
    await sound.unlock();
    if (name === "volume" || name === "sound") sound.play();
    paintFrame();
  });
  one("[data-sound-test]", dialog).addEventListener("click", async () => {
    await sound.unlock();
    sound.play();
  });
  document.addEventListener("click", (event) => {
    if (hit(event, "[data-shift-open]")) open(dialog);
  });
  document.addEventListener("visibilitychange", stayAwake);

  sound.choose(chosenSound());
  paintFrame();
  if (hasBegun()) stayAwake();
  else open(dialog);
}

// A person who may only look at the board has no shift.
if (sheet) begin(sheet);
