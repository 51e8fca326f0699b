// A closed row of options says what was chosen inside it, and a page that says "no new orders" opens by itself when they are
// taken again. Everything else on this page is a plain form.
(() => {
  "use strict";

  function chosenIn(row) {
    const note = row.querySelector("input[type=text], input[type=tel]");
    if (note) return note.value.trim();
    const tiles = Array.from(row.querySelectorAll("input:checked"), (input) => input.closest("label").innerText.trim());
    const amounts = Array.from(row.querySelectorAll("select"))
      .filter((select) => select.value !== "")
      .map((select) => {
        const label = row.querySelector(`label[for="${select.id}"]`).innerText.trim();
        return select.value === "yes" ? label : `${select.selectedOptions[0].text} ${label}`;
      });
    return [...tiles, ...amounts].join(", ");
  }

  document.addEventListener("change", (event) => {
    const row = event.target.closest(".options-row");
    if (!row) return;
    const place = row.querySelector(".options-chosen");
    place.dataset.empty ??= place.textContent;
    place.textContent = chosenIn(row) || place.dataset.empty;
  });

  // A pause may also end early. Not all phones of a queue ask in the same second.
  const ASK = 30_000; // ms
  let timer = null;
  const closed = () => document.querySelector("[data-closed]");

  function wait() {
    clearTimeout(timer);
    if (!closed()) return;
    const left = Date.parse(closed().dataset.closed) - Date.now();
    const soon = left > 0 && left < ASK ? left : ASK;
    timer = setTimeout(look, soon + Math.random() * 3000);
  }

  async function look() {
    const answer = document.hidden ? null : await fetch(location.href).catch(() => null);
    const html = answer?.ok && !answer.redirected ? await answer.text() : "";
    const main = new DOMParser().parseFromString(html, "text/html").getElementById("main");
    // What somebody has in hand is not taken away.
    const busy = document.querySelector(".desk-pick, .desk-slip") || document.activeElement?.value;
    if (main && !busy && !main.querySelector("[data-closed]")) document.getElementById("main").replaceWith(main);
    wait();
  }

  document.addEventListener("visibilitychange", () => document.hidden || !closed() || look());
  wait();
})();
