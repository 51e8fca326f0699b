// The order page. A closed row of options says what was chosen in it, and a page that says "no new orders" opens by itself
// when orders are taken again. Everything else is a plain form.
import { all, first, hit, one } from "./dom.js";

/** @param {HTMLElement} row */
function chosenIn(row) {
  const note = row.querySelector("input");
  if (note && ["text", "tel"].includes(note.type)) return note.value.trim();
  const tiles = all("input:checked", row).map((input) => input.closest("label")?.innerText.trim() ?? "");
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
