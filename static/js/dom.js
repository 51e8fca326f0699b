// Short forms of what every script asks of the page.

/**
 * The element with this id. A page without it is broken, so this fails at once.
 * @param {string} id
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`this page has no #${id}`);
  return found;
}

/**
 * All elements that match.
 * @param {string} selector
 * @param {ParentNode | null} [within]
 * @returns {HTMLElement[]}
 */
export const all = (selector, within = document) => Array.from(within?.querySelectorAll(selector) ?? []);

/**
 * The first element that matches, or null.
 * @param {string} selector
 * @param {ParentNode | null} [within]
 * @returns {HTMLElement | null}
 */
export const first = (selector, within = document) => within?.querySelector(selector) ?? null;

/**
 * The first element that matches; fails where there is none.
 * @param {string} selector
 * @param {ParentNode} [within]
 */
export function one(selector, within = document) {
  const found = first(selector, within);
  if (!found) throw new Error(`this page has no ${selector}`);
  return found;
}

/**
 * The nearest element around an event's target that matches, or null.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const hit = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

/**
 * The text of an element in one line.
 * @param {Element | null | undefined} element
 */
export const textOf = (element) => element?.textContent?.trim().replace(/\s+/g, " ") ?? "";

/**
 * Writes a text unless it stands there already, so that screen readers do not say it again.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
