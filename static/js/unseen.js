// A new order stays loud until somebody has touched its ticket: it pulses, and sounds again every few seconds. A customer's
// answer sounds once; it stands on its ticket until it was seen.
// What was seen is known to the tablet, so what came while the page was away is loud as well.
(() => {
  "use strict";

  const AGAIN = 7000; // ms between two sounds
  const KEPT = `expresso.seen.${location.pathname}`;

  const waiting = () => document.querySelectorAll("#tickets-waiting > .ticket");
  const kept = localStorage.getItem(KEPT);
  // A shift begins with what hangs there: only what comes is new.
  let seen = kept === null ? null : new Set(JSON.parse(kept));
  const answers = () => document.querySelectorAll("#board .answer").length;
  let answered = answers();

  function look() {
    const before = count();
    const there = Array.from(waiting());
    seen ??= new Set(there.map((ticket) => ticket.id));
    for (const ticket of document.querySelectorAll("#board .ticket[data-unseen]")) {
      // Whoever started it has seen it, on this tablet or on another one.
      if (ticket.dataset.status !== "waiting") see(ticket);
    }
    for (const ticket of there) if (!seen.has(ticket.id)) ticket.dataset.unseen = "yes";
    if (count() > before || answers() > answered) window.expresso.sound.play();
    answered = answers();
    show();
    keep();
  }

  const unseen = () => document.querySelectorAll("#board .ticket[data-unseen]");
  const count = () => unseen().length;

  function see(ticket) {
    seen.add(ticket.id);
    delete ticket.dataset.unseen;
  }

  function seeAll() {
    const first = unseen()[0];
    unseen().forEach(see);
    first?.scrollIntoView({ block: "nearest" });
    show();
    keep();
  }

  function show() {
    const button = document.getElementById("unseen");
    button.hidden = count() === 0;
    const text = `${count()} new`;
    const place = button.querySelector("[data-unseen-text]");
    if (place.textContent !== text) place.textContent = text;
  }

  function keep() {
    const there = new Set(Array.from(document.querySelectorAll("#board .ticket"), (ticket) => ticket.id));
    const text = JSON.stringify(Array.from(seen).filter((id) => there.has(id)));
    if (localStorage.getItem(KEPT) !== text) localStorage.setItem(KEPT, text);
  }

  function touched(event) {
    const ticket = event.target.closest?.(".ticket[data-unseen]");
    if (!ticket) return;
    see(ticket);
    show();
    keep();
  }

  document.addEventListener("pointerdown", touched, true);
  // By keyboard, when it was gone to; the focus may also come to it by itself.
  document.addEventListener("keyup", (event) => /^(Tab|Arrow)/.test(event.key) && touched(event), true);
  document.getElementById("unseen").addEventListener("click", seeAll);
  setInterval(() => count() && window.expresso.sound.play(), AGAIN);
  for (const event of ["htmx:afterSwap", "htmx:oobAfterSwap", "expresso:moved"]) document.addEventListener(event, look);
  look();
})();
