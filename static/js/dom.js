// Short helpers to find elements and to read and write their text.

/**
 * The element with this id. Throws if there is none, because the page is broken then.
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
 * The first element that matches. Throws if there is none.
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
 * Sets the text of an element unless it is the same, so that screen readers do not repeat it.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
