// Settings of Idiomorph, which swaps all fragments: what it must not change while somebody uses the page, such as an
// open dialog, half typed text, and attributes that scripts set.

/** @type {Record<string, (element: Element) => boolean>} */
const KEPT = {
  open: (element) => element.matches("details, dialog"),
  disabled: (element) => element.closest(".htmx-request") !== null,
  "data-late": () => true,
  "data-unseen": () => true,
  "data-fresh": () => true,
  "data-off": () => true,
  "data-density": () => true,
};

/**
 * A frame has an empty <li> in place of each ticket that the page shows already (orders/live/frames.py).
 * @param {Node} node
 */
const isStub = (node) =>
  node instanceof HTMLElement && node.nodeName === "LI" && Boolean(node.dataset.digest) && !node.firstElementChild;

/**
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
function isToStay(before, after) {
  if (isStub(after)) return true;
  if (before.dataset.digest && before.dataset.digest === after.dataset.digest) return true;
  if (before instanceof HTMLTimeElement && before.matches("[data-age]")) {
    return after instanceof HTMLTimeElement && before.dateTime === after.dateTime;
  }
  // Idiomorph's own ignoreActiveValue would skip the whole focused element: a column that was tapped, with its tickets.
  if (before === document.activeElement) return before.matches("input, textarea, select");
  return before.matches("[data-keep], details[open] input, details[open] textarea");
}

Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, element) => !KEPT[name]?.(element);
Idiomorph.defaults.callbacks.beforeNodeMorphed = (before, after) =>
  !(before instanceof HTMLElement && after instanceof HTMLElement && isToStay(before, after));
Idiomorph.defaults.callbacks.beforeNodeAdded = (node) => !isStub(node);
