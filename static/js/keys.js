// The board by keyboard; templates/orders/_keys.html says it in words. Off where the person does not want it, while
// somebody types, and behind an open dialog.
(() => {
  "use strict";

  const sheet = document.getElementById("keys");
  if (!sheet) return;
  const wanted = () => document.querySelector("#shift [name=shortcuts]:checked")?.value !== "off";

  const columns = () => Array.from(document.querySelectorAll("#board .column"));
  const ticketsIn = (column) => Array.from(column?.querySelectorAll(".ticket") ?? []);
  const current = () => document.activeElement?.closest?.(".ticket");

  function go(ticket) {
    // What is far away has no layout yet: shown first, focused then.
    ticket?.scrollIntoView({ block: "nearest" });
    ticket?.querySelector(".go")?.focus({ preventScroll: true });
  }

  function along(step) {
    const ticket = current();
    if (!ticket) return go(document.querySelector("#board .ticket"));
    const there = ticketsIn(ticket.closest(".column"));
    go(there[there.indexOf(ticket) + step]);
  }

  function across(step) {
    const ticket = current();
    if (!ticket) return go(document.querySelector("#board .ticket"));
    const all = columns();
    const from = all.indexOf(ticket.closest(".column"));
    const row = ticketsIn(all[from]).indexOf(ticket);
    for (let at = from + step; all[at]; at += step) {
      const there = ticketsIn(all[at]);
      if (there.length) return go(there[Math.min(row, there.length - 1)]);
    }
  }

  const more = () => current()?.querySelector(".more")?.click();

  const KEYS = {
    ArrowDown: () => along(1),
    ArrowUp: () => along(-1),
    ArrowRight: () => across(1),
    ArrowLeft: () => across(-1),
    u: () => document.querySelector("#said button")?.click(),
    m: more,
    h: () => document.querySelector("[data-history]")?.click(),
    s: () => document.getElementById("unseen")?.click(),
    "?": () => sheet.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !wanted()) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => event.target.closest("[data-keys-open]") && sheet.showModal());
})();
