// The order page. A closed row of options says what was chosen in it, the bar counts the cups, a long menu is searched while
// one types, and a page that says "no new orders" opens by itself when orders are taken again. All else is a plain form.
import { all, first, hit, one, textOf } from "./dom.js";

/** @param {HTMLElement} row */
function chosenIn(row) {
  const note = row.querySelector("input");
  if (note && ["text", "tel"].includes(note.type)) return note.value.trim();
  // A tile's name stands right after its input; what it contains follows.
  const tiles = all("input:checked", row).map((input) => textOf(input.nextElementSibling));
  const amounts = Array.from(row.querySelectorAll("select"), (select) => amountOf(row, select));
  return [...tiles, ...amounts].filter(Boolean).join(", ");
}

/**
 * @param {HTMLElement} row
 * @param {HTMLSelectElement} select
 */
function amountOf(row, select) {
  if (select.value === "") return "";
  const label = one(`label[for="${select.id}"]`, row).innerText.trim();
  return select.value === "yes" ? label : `${select.selectedOptions[0]?.text} ${label}`;
}

document.addEventListener("change", (event) => {
  const row = hit(event, ".options-row");
  if (!row) return;
  const place = one(".options-chosen", row);
  place.dataset.empty ??= place.textContent ?? "";
  place.textContent = chosenIn(row) || place.dataset.empty;
});

// The drawing is filled by the stylesheet; the bar below counts the cups ------------------------------------------------

document.addEventListener("input", (event) => {
  const quantity = hit(event, "#quantity");
  const sum = first("[data-cups]");
  if (!quantity || !sum) return;
  const { cups, one: single = "", many = "" } = sum.dataset;
  const count = Number(cups) + Math.max(1, Math.trunc(Number(/** @type {HTMLInputElement} */ (quantity).value)) || 1);
  sum.textContent = count === 1 ? single : many.replace("{number}", String(count));
});

// Finding a drink while typing ------------------------------------------------------------------------------------------

const TYPING = 250; // ms without a key
/** @type {number | undefined} */
let typing;

document.addEventListener("input", (event) => {
  const form = /** @type {HTMLFormElement | null} */ (hit(event, "[data-find]"));
  clearTimeout(typing);
  if (form) typing = setTimeout(find, TYPING, form);
});

/** @param {HTMLFormElement} form */
async function find(form) {
  const fields = new FormData(form);
  const body = new URLSearchParams([...fields].map(([name, value]) => [name, String(value)]));
  const isPost = form.method === "post";
  if (isPost) body.set("step", "menu");
  const asked = isPost ? fetch(form.action, { method: "POST", body }) : fetch(`${form.action}?${body}`);
  const answer = await asked.catch(() => null);
  const html = answer?.ok ? await answer.text() : "";
  const menu = new DOMParser().parseFromString(html, "text/html").getElementById("menu");
  // Whoever typed on meanwhile has asked anew.
  if (menu && fields.get("q") === new FormData(form).get("q")) document.getElementById("menu")?.replaceWith(menu);
}

// While no orders are taken ---------------------------------------------------------------------------------------------

const OFTEN = 30_000; // ms between two checks: a pause may end early
const SPREAD = 3000; // ms of random delay, so that not all phones ask in the same second
/** @type {number | undefined} */
let timer;
const closed = () => first("[data-closed]");

function wait() {
  clearTimeout(timer);
  const until = closed()?.dataset.closed;
  if (until === undefined) return;
  const left = Date.parse(until) - Date.now();
  const soon = left > 0 && left < OFTEN ? left : OFTEN;
  timer = setTimeout(look, soon + Math.random() * SPREAD);
}

async function look() {
  const answer = document.hidden ? null : await fetch(location.href).catch(() => null);
  const html = answer?.ok && !answer.redirected ? await answer.text() : "";
  const main = new DOMParser().parseFromString(html, "text/html").getElementById("main");
  if (main && !isBusy() && !first("[data-closed]", main)) document.getElementById("main")?.replaceWith(main);
  wait();
}

/** Whether somebody is choosing a drink or typing, which a reload would lose. */
function isBusy() {
  const field = document.activeElement;
  return first(".desk-pick, .desk-slip") !== null || (field !== null && "value" in field && Boolean(field.value));
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && closed()) look();
});
wait();
