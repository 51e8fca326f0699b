// The preview of an event's look follows what is typed. The server checks and keeps it when the form is sent.
import { one } from "./dom.js";

const form = /** @type {HTMLFormElement} */ (one("[data-branding]"));
const HEX = /^#[0-9a-f]{6}$/i;

/**
 * The share of a colour's channel in its luminance (WCAG 2.2).
 * @param {string} colour
 * @param {number} at
 */
function channel(colour, at) {
  const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** @param {string} colour */
function writingOn(colour) {
  const light = 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
  return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? "#000000" : "#ffffff";
}

/** @param {string} name */
function typed(name) {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value.trim() : "";
}

function show() {
  const colour = typed("colour");
  for (const band of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".setup-band"))) {
    band.style.backgroundColor = HEX.test(colour) ? colour : "";
    band.style.color = HEX.test(colour) ? writingOn(colour) : "";
  }
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("p[data-shows]"))) {
    place.textContent = typed(place.dataset.shows ?? "") || (place.dataset.else ?? "");
  }
}

form.addEventListener("input", show);
