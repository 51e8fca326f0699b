// Ages are counted here, so that a fragment depends on the database alone: <time datetime data-age> becomes "4 min".
// <time datetime data-until="in {wait}"> counts down. data-age="plain" is never late. The thresholds are the board's data-warn-minutes and data-late-minutes; the age's
// own wrapper (.age) is marked data-late="warn" or "late". data-fresh-seconds on an ancestor marks what is newer as data-fresh.
(() => {
  "use strict";

  const TOLERATED = 5000; // ms a clock may be off: a pulse takes its time as well
  const KEPT = "expresso.clock";

  // The device's own clock is off more often than one thinks: with every pulse the server says what time it is.
  let off = Number(localStorage.getItem(KEPT) ?? 0);
  const now = () => Date.now() + off;
  window.expresso = { ...window.expresso, now };

  function setClock() {
    const server = 1000 * Number(document.getElementById("pulse")?.dataset.now ?? 0);
    const found = Math.abs(server - Date.now()) > TOLERATED ? server - Date.now() : 0;
    if (!server || Math.abs(found - off) < TOLERATED) return;
    off = found;
    localStorage.setItem(KEPT, off);
    update();
  }

  // As they are said in the page's language: "4 min", "4 Min."
  const forms = Object.fromEntries(
    ["minute", "hour", "day"].map((unit) => [
      unit,
      new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "short" }),
    ]),
  );
  const many = (count, unit) => forms[unit].format(count);

  function words(seconds) {
    if (seconds < 60) return "now";
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return many(minutes, "minute");
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? `${many(hours, "hour")} ${many(minutes % 60, "minute")}` : many(Math.floor(hours / 24), "day");
  }

  function mark(element, name, value) {
    if (value === "") element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  function lateness(minutes, board) {
    if (minutes >= Number(board.dataset.lateMinutes || Infinity)) return "late";
    return minutes >= Number(board.dataset.warnMinutes || Infinity) ? "warn" : "";
  }

  function update() {
    for (const time of document.querySelectorAll("time[data-age]")) {
      const seconds = Math.max(0, (now() - Date.parse(time.dateTime)) / 1000);
      const text = words(seconds);
      if (time.textContent !== text) time.textContent = text;
      const board = time.closest("[data-late-minutes]");
      if (board && time.dataset.age !== "plain") {
        mark(time.closest(".age") || time, "data-late", lateness(seconds / 60, board));
      }
    }
    for (const time of document.querySelectorAll("time[data-until]")) {
      time.dataset.clock ??= time.textContent;
      const seconds = (Date.parse(time.dateTime) - now()) / 1000;
      // Rounded up: nobody comes back a minute too early.
      const wait = seconds > 0 && seconds < 86400 ? words(60 * Math.ceil(seconds / 60)) : "";
      const text = wait ? `${time.dataset.clock} (${time.dataset.until.replace("{wait}", wait)})` : time.dataset.clock;
      if (time.textContent !== text) time.textContent = text;
    }
    for (const time of document.querySelectorAll("[data-fresh-seconds] time[data-ready]")) {
      const limit = Number(time.closest("[data-fresh-seconds]").dataset.freshSeconds);
      const seconds = (now() - Date.parse(time.dateTime)) / 1000;
      mark(time.closest("li"), "data-fresh", seconds < limit ? "yes" : "");
    }
  }

  // A fragment never waits longer than this for its ages.
  setInterval(update, 3000);
  for (const event of ["htmx:afterSwap", "htmx:oobAfterSwap", "htmx:wsAfterMessage", "expresso:moved"]) {
    document.addEventListener(event, update);
  }
  document.addEventListener("htmx:wsAfterMessage", (event) => event.detail.message.includes('id="pulse"') && setClock());
  update();
})();
