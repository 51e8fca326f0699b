// The server's time. A device's own clock is off more often than one thinks, so every pulse of a live page says what
// time it is at the server.

const TOLERATED = 5000; // ms that a clock may be off: a pulse takes its time as well
const KEPT = "expresso.clock";

let off = Number(localStorage.getItem(KEPT) ?? 0);

/** The server's time, in milliseconds as of `Date.now`. */
export const now = () => Date.now() + off;

document.addEventListener("htmx:wsAfterMessage", ({ detail }) => {
  if (!detail.message.includes('id="pulse"')) return;
  const server = 1000 * Number(document.getElementById("pulse")?.dataset.now ?? 0);
  const found = Math.abs(server - Date.now()) > TOLERATED ? server - Date.now() : 0;
  if (!server || Math.abs(found - off) < TOLERATED) return;
  off = found;
  localStorage.setItem(KEPT, String(off));
});
