// The dialog behind every ticket's "More" (templates/orders/_more.html): filled from the ticket, and true to it while it is open.
(() => {
  "use strict";

  const sheet = document.getElementById("more");
  if (!sheet) return;
  const me = document.getElementById("acts").dataset.user;
  const detail = document.getElementById("detail");
  const detailSaid = sheet.querySelector("[data-more-detail]");
  const WORDS = { waiting: "Waiting", making: "Being made", ready: "Ready", collected: "Collected" };
  const OVER = { not_collected: "Not collected", cancelled: "Cancelled", gone: "Not on this board any more" };
  const KEPT = "Not sent: no connection. What you typed stays here; send it when the connection is back.";
  const NEEDS = "needs the server, and there is no connection.";
  const LATER = "No connection: the texts and the history come when it is back.";

  let pk = null;
  let opener = null;
  let shown = null; // status and digest of the ticket as the dialog has it

  const ticketOf = () => document.getElementById(`order-${pk}`);
  const rowOf = () => ticketOf() ?? document.getElementById(`recent-${pk}`);
  const numbered = (address) => address.replace(/\/orders\/\d+\//, `/orders/${pk}/`);
  const address = () => `/stations/${sheet.dataset.station}/orders/${pk}/`;

  function open(link) {
    const ticket = link.closest(".ticket");
    const before = pk;
    opener = link;
    pk = Number(ticket.id.slice(6));
    shown = null;
    if (pk !== before) begin(ticket);
    follow();
    sheet.showModal();
    sheet.scrollTop = 0;
    ask();
  }

  // Of another order: nothing that was typed or shown for the last one stays.
  function begin(ticket) {
    const code = ticket.querySelector(".code").textContent.trim();
    for (const place of sheet.querySelectorAll("[data-code]")) place.textContent = code;
    sheet.querySelector("[data-name]").textContent = ticket.querySelector(".name").textContent.trim();
    for (const name of ["formaction", "action", "href"]) {
      for (const element of sheet.querySelectorAll(`[${name}*="/orders/"]`)) {
        element.setAttribute(name, numbered(element.getAttribute(name)));
      }
    }
    sheet.querySelector(".cancel")?.reset();
    sheet.querySelector(".call-off")?.removeAttribute("open");
    detail.replaceChildren();
  }

  // What somebody else does to the order meanwhile, and what this finger does, stands in the dialog at once.
  function follow() {
    if (pk === null) return;
    const row = rowOf();
    const status = row?.dataset.status ?? "gone";
    const maker = row?.querySelector(".maker")?.textContent;
    sheet.dataset.status = status;
    sheet.toggleAttribute("data-mine", row?.dataset.maker === me);
    say(sheet.querySelector(".more-state"), (WORDS[status] ?? OVER[status]) + (status === "making" && maker ? ` by ${maker}` : ""));
    const now = `${status} ${row?.dataset.digest}`;
    if (sheet.open && shown !== null && shown !== now && !isTyping()) ask();
    shown = now;
  }

  function say(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  const isTyping = () => Array.from(detail.querySelectorAll("textarea, input[type=text]")).some((field) => field.value);

  // The rest is the server's alone.
  function ask() {
    if (document.documentElement.dataset.connection === "lost") return say(detailSaid, LATER);
    if (!detail.children.length) say(detailSaid, "Asking for the texts and the history …");
    htmx.ajax("GET", address(), { source: detail, target: detail, swap: "innerHTML" }).catch(() => null);
  }

  detail.addEventListener("htmx:afterSwap", () => say(detailSaid, ""));
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    detail.addEventListener(failure, (event) => say(detailSaid, event.target === detail ? LATER : KEPT));
  }
  detail.addEventListener("htmx:responseError", (event) => {
    if (event.target === detail) say(detailSaid, "The texts and the history could not be shown.");
  });
  document.addEventListener("expresso:live", () => sheet.open && !isTyping() && ask());

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".ticket .more");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  sheet.addEventListener("click", (event) => {
    const link = event.target.closest(".verbs a");
    if (!link || document.documentElement.dataset.connection !== "lost") return;
    event.preventDefault();
    say(detailSaid, `“${link.textContent.trim()}” ${NEEDS}`);
  });
  // A tap beside the dialog, and a verb that the outbox took, close it.
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  document.addEventListener("expresso:moved", () => {
    follow();
    if (sheet.contains(document.activeElement) && document.activeElement.matches("[data-verb]")) sheet.close();
  });
  sheet.addEventListener("close", () => {
    // The button that opened this may be gone: with its ticket, or drawn anew with it.
    const there = ticketOf()?.querySelector(".more") ?? document.querySelector("#board .go");
    if (!opener.isConnected) there?.focus({ preventScroll: true });
  });
  for (const event of ["htmx:afterSwap", "htmx:oobAfterSwap"]) document.addEventListener(event, follow);
})();
