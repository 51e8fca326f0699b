// Sends the forms of walk-ins and changes without leaving the page, so that nothing is lost if the connection fails.
//
// Every form is sent from here, and the page in the response replaces this one. If the server cannot be reached when a
// walk-in order is placed, the order is stored beside the barista's unsent taps (outbox/store.js). The board's outbox sends
// it later. The form's key is the order's key, so the order is placed only once.
import { all, first, one, textOf } from "./dom.js";
import { newKey } from "./idempotency.js";
import * as store from "./outbox/store.js";

const PATIENCE = 5000; // ms until a request is given up
const SLOW = 1000; // ms without an answer until the page says that it waits

const desk = () => one(".desk");
const { board = "/", user = "", name = "" } = desk().dataset;
let isSending = false;

// The service worker keeps this form, and the browser keeps it for Back, so it may be filled in several times. Each time is
// an order of its own.
if (document.documentElement.dataset.kept) {
  renewKeys();
  say(
    "No connection: this form is as it was a while ago. What you take is sent when the connection is back.",
    "message",
  );
}
window.addEventListener("pageshow", (event) => event.persisted && renewKeys());

function renewKeys() {
  for (const field of document.querySelectorAll("input")) if (field.name === "key") field.value = newKey();
}

document.addEventListener("submit", async (event) => {
  const { submitter, target: form } = event;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  const slow = setTimeout(() => say("Asking the server …", "message"), SLOW);
  // FormData may contain files, but these forms have none.
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form, submitter)));
  await send(form, fields, textOf(submitter));
  clearTimeout(slow);
  isSending = false;
});

/**
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} fields
 * @param {string} word  on the button
 */
async function send(form, fields, word) {
  const { isDone, page } = await post(form.action, fields);
  if (isDone) location.assign(board);
  else if (page) show(page);
  else if (fields.get("step") !== "order") {
    say(`“${word}” needs the server, and there is no connection. Nothing here is lost.`);
  } else if (!desk().matches(".desk-walk_in")) say("Not saved: no connection. Nothing here is lost; tap it again.");
  else await keep(form, fields);
}

/**
 * Without `isDone` and `page`, Expresso did not answer: no connection, an error of a gateway, or a sign-in page.
 * @param {string} address
 * @param {URLSearchParams} fields
 * @returns {Promise<{ isDone: boolean, page: Document | null }>}
 */
async function post(address, fields) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(address, { method: "POST", body: fields, headers: { "HX-Request": "true" }, signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const isOurs = response.ok && first(".desk", page) !== null;
    return { isDone: response.headers.get("Act") === "done", page: isOurs ? page : null };
  } catch {
    return { isDone: false, page: null };
  }
}

/** @param {Document} page */
function show(page) {
  document.title = page.title;
  desk().replaceWith(one(".desk", page));
  window.scrollTo(0, 0);
  // Focus the heading, so that the next Tab goes to the first field as on a new page.
  const heading = one("h1", desk());
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/**
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} fields
 */
async function keep(form, fields) {
  const who = inWords(form, fields);
  fields.delete("csrfmiddlewaretoken"); // the outbox adds the token of the person who is signed in then
  /** @type {import("./outbox/queue.js").Tap} */
  const tap = {
    key: fields.get("key") ?? newKey(),
    verb: "new",
    path: new URL(form.action).pathname,
    orders: [],
    body: fields.toString(),
    station: board.split("/").filter(Boolean).at(-1) ?? "",
    was: "",
    to: "",
    seen: 0,
    drinks: "",
    label: "New order",
    who,
    at: Date.now(),
    user,
    name,
  };
  await store.add(tap);
  if (tap.seq === Infinity) return say("Not saved: no connection, and this browser keeps nothing. Tap it again.");
  // Without a service worker (on plain http) the board cannot be opened without a connection.
  if (navigator.serviceWorker?.controller) return location.assign(board);
  form.remove();
  say(`Kept on this tablet: ${who}. It is sent from the board when the connection is back.`, "message");
}

/** @param {HTMLElement | null} element */
const visibleText = (element) => element?.innerText.trim().replace(/\s+/g, " ") ?? "";

/**
 * The order in words, to call it out before the server has it: "2 Latte, Oat for Ada".
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} fields
 */
function inWords(form, fields) {
  const drinks = all(".desk-lines li > div", form).map(visibleText);
  const drink = fields.get("drink");
  if (drink) {
    // A tile's name stands right after its input; what it contains follows.
    const chosen = all(".tile input:checked", form).map((input) =>
      visibleText(/** @type {HTMLElement | null} */ (input.nextElementSibling)),
    );
    const quantity = Number(fields.get("quantity") ?? 1);
    const said = [drink, ...chosen, fields.get("note")?.trim()].filter(Boolean).join(", ");
    drinks.push(quantity > 1 ? `${quantity} ${said}` : said);
  }
  const whose = fields.get("name")?.trim();
  return drinks.join("; ") + (whose ? ` for ${whose}` : "");
}

/**
 * @param {string} sentence
 * @param {string} [className]
 */
function say(sentence, className = "message error") {
  const line = Object.assign(document.createElement("p"), { className, textContent: sentence });
  one(".desk-said", desk()).replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}
