// Keeps the keyboard focus on the page. The focused control may leave it, with its ticket or because its row was rendered
// anew; the focus then goes to the control that took its place, or else to the nearest one. Without this the next Tab and
// every shortcut would begin at the top of the page.
//
// [data-next] on an element around names, as a selector, the controls inside that are wanted most.
import { all, textOf } from "./dom.js";

const CONTROLS = "a[href], button, summary, input:not([type=hidden]), select, textarea";

/** The control that was focused last; null after a touch, which needs no focus and may open a keyboard on the screen. */
/** @type {HTMLElement | null} */
let last = null;

document.addEventListener("focusin", ({ target }) => {
  last = target instanceof HTMLElement && target.matches(":focus-visible") ? target : null;
});
document.addEventListener(
  "pointerdown",
  () => {
    last = null;
  },
  true,
);

/** @param {HTMLElement} control */
const isOpen = (control) =>
  !control.matches(":disabled") && control.tabIndex >= 0 && control.checkVisibility({ visibilityProperty: true });

/**
 * @param {ParentNode | null} place
 * @param {string} [which]
 */
const controlsIn = (place, which = CONTROLS) => all(which, place).filter(isOpen);

/** @param {Element} control */
const words = (control) => control.getAttribute("aria-label") ?? textOf(control);

/**
 * The element that was rendered anew: the one with the nearest id around the old control.
 * @param {HTMLElement} old
 */
function redrawn(old) {
  for (let place = /** @type {HTMLElement | null} */ (old); place; place = place.parentElement) {
    const now = place.id && document.getElementById(place.id);
    if (now) return now;
  }
  return null;
}

/**
 * @param {Node | null} node
 * @param {"nextSibling" | "previousSibling"} direction
 */
function elementFrom(node, direction) {
  for (let at = node; at; at = at[direction]) if (at instanceof HTMLElement) return at;
  return null;
}

/**
 * The control to focus after `old` was removed.
 * @param {HTMLElement} old
 * @param {MutationRecord} record
 * @param {Element} target the element that lost it
 */
function successor(old, record, target) {
  const now = redrawn(old);
  const same = [now, target].flatMap((place) => controlsIn(place)).find((control) => words(control) === words(old));
  if (same) return same;
  /** @type {HTMLElement | null} */
  const board = target.closest("[data-next]");
  /** @type {HTMLElement | Document} */
  const scope = target.closest("dialog[open]") ?? document;
  const after = elementFrom(record.nextSibling, "nextSibling");
  const before = elementFrom(record.previousSibling, "previousSibling");
  const around = [now, after, before, board].filter((place) => place && scope.contains(place));
  const [near] = around.flatMap((place) => controlsIn(place, board?.dataset.next ?? CONTROLS));
  if (near) return near;
  const rest = controlsIn(scope);
  const follows = (/** @type {Element} */ control) =>
    target.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING;
  return rest.find(follows) ?? rest.at(-1);
}

new MutationObserver((records) => {
  const old = last;
  if (!old || old.isConnected || document.activeElement !== document.body) return;
  const record = records.find(({ removedNodes }) => Array.from(removedNodes).some((node) => node.contains(old)));
  if (record?.target.isConnected && record.target instanceof Element) successor(old, record, record.target)?.focus();
  else last = null;
}).observe(document.documentElement, { childList: true, subtree: true });
