// A dialog above the board. showModal() would make every ticket inert, and the browser would style each one anew: with many
// tickets that takes longer than a tap may. So the dialog is shown beside a scrim that takes the taps, and keeps the keyboard.
import { all } from "./dom.js";

const CONTROLS = "a[href], button, summary, input:not([type=hidden]), select, textarea";

/**
 * Lets Escape and a tap on the scrim close the dialog, and the Tab key stay inside.
 * @param {HTMLDialogElement} dialog with aria-modal, followed by its .scrim
 */
export function covers(dialog) {
  const controls = () => all(CONTROLS, dialog).filter((one) => !one.matches(":disabled") && one.checkVisibility());

  dialog.nextElementSibling?.addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", (event) => {
    if (!dialog.open) return;
    if (event.key === "Escape") dialog.close();
    if (event.key !== "Tab") return;
    const [inside, last] = [controls(), event.shiftKey ? 0 : -1];
    const { activeElement } = document;
    if (dialog.contains(activeElement) && activeElement !== inside.at(last)) return;
    event.preventDefault();
    inside.at(event.shiftKey ? -1 : 0)?.focus();
  });
}
