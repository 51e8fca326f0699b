// An attendee's page of one order: its title says how the order stands, and, if asked to by a tap, the device tells when
// it is ready. With web push also while the page is closed; without (plain http, iOS outside the home screen) it rings.
import { all, byId, first, one, textOf } from "./dom.js";
import "./live.js";
import "./morphing.js";

const tell = /** @type {HTMLFormElement | null} */ (document.getElementById("tell"));
const order = () => byId("tracking");
const site = document.title.split(" · ").pop();
const KEPT = `expresso.tells.${location.pathname}`; // set while this device is signed up for this order
const isToCollect = () => order().dataset.toCollect !== undefined;
let wasToCollect = isToCollect();
/** @type {AudioContext | null} */
let sound = null;

/** Shows the order's status, in the page's language, in the title. */
function showTitle() {
  const word = textOf(one(".tracking-word", order()));
  document.title = `${word}: ${order().dataset.name} · ${site}`;
  // Only an order that is still to be made can be changed or cancelled.
  if (tell) tell.hidden = !first(".tracking-acts", order());
}

function follow() {
  const before = wasToCollect;
  wasToCollect = isToCollect();
  showTitle();
  if (before || !wasToCollect) return;
  navigator.vibrate?.([300, 150, 300, 150, 300]);
  if (sound) ring(sound, 3);
}

// Ringing ---------------------------------------------------------------------------------------------------------------

/** Two soft tones, each with its start in seconds and its pitch in hertz. */
const TONES = /** @type {const} */ ([
  [0, 880],
  [0.18, 1175],
]);

/**
 * @param {AudioContext} context
 * @param {number} times
 */
function ring(context, times) {
  for (let n = 0; n < times; n += 1) {
    for (const [at, pitch] of TONES) {
      const begins = context.currentTime + n * 0.9 + at;
      const tone = new OscillatorNode(context, { frequency: pitch });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0.3, begins);
      volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.6);
      tone.connect(volume).connect(context.destination);
      tone.start(begins);
      tone.stop(begins + 0.6);
    }
  }
}

// A browser lets a page sound only after a tap.
function unlock() {
  if (!window.AudioContext) return;
  sound ??= new AudioContext();
  sound.resume();
  ring(sound, 1);
}

// Pushing ---------------------------------------------------------------------------------------------------------------

const canPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const isOnApple = /iPhone|iPad/.test(navigator.userAgent);

/**
 * Shows the sentence for one case, or none.
 * @param {HTMLFormElement} form
 * @param {string | null} which
 */
function say(form, which) {
  one("button", form).setAttribute("aria-pressed", String(Boolean(which)));
  for (const each of all("[data-case]", form)) each.hidden = each.dataset.case !== which;
}

/** @param {string} base64url */
const bytesOf = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

/** @param {HTMLFormElement} form */
async function subscription(form) {
  const { worker = "", key = "" } = form.dataset;
  const { pushManager } = await navigator.serviceWorker.register(worker, { scope: "/orders/" });
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    // The old subscription may have been made for an older key of the server.
    const old = await pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return pushManager.subscribe(options);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} fields
 */
async function send(form, fields) {
  const { endpoint = "", keys = {} } = (await subscription(form)).toJSON();
  const body = new FormData(form);
  for (const [name, value] of Object.entries({ endpoint, ...keys, ...fields })) body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
  if (!answer.ok) throw new Error(`${answer.status}`);
}

/** @param {HTMLFormElement} form */
async function start(form) {
  unlock();
  if (!canPush) return isOnApple ? "home" : "ring";
  // Ask during the tap: browsers show the question only then.
  if ((await Notification.requestPermission()) !== "granted") return "blocked";
  try {
    await send(form, {});
    localStorage.setItem(KEPT, "yes");
    return "push";
  } catch {
    return "failed";
  }
}

/** @param {HTMLFormElement} form */
async function stop(form) {
  sound?.close();
  sound = null;
  if (localStorage.getItem(KEPT)) {
    localStorage.removeItem(KEPT);
    await send(form, { stop: "yes" }).catch(() => null);
  }
  return null;
}

tell?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (one("button", tell));
  const isOn = button.getAttribute("aria-pressed") === "true";
  button.disabled = true;
  say(tell, await (isOn ? stop(tell) : start(tell)));
  button.disabled = false;
  button.focus();
});
if (tell && canPush && Notification.permission === "granted" && localStorage.getItem(KEPT)) say(tell, "push");

document.addEventListener("expresso:shown", follow);
showTitle();
