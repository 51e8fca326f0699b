// The server's time. Clocks of devices are often wrong, so every pulse of a live page carries the server's time.

const TOLERATED = 5000; // ms of difference to ignore: a pulse takes time to arrive
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
