// Shows a dialog above the board without showModal(). A modal dialog makes all tickets inert, and browsers then compute the
// style of every ticket again: with many tickets, a tap would take too long. Instead, a scrim (a layer that fills the screen
// behind the dialog) takes the taps, and this script keeps the Tab key inside the dialog.
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
