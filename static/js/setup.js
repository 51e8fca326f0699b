// The preview of an event's look follows what is typed and chosen. The server checks and keeps it when the form is sent.
import { isColour, writingOn } from "./colour.js";
import { first, one } from "./dom.js";

const form = /** @type {HTMLFormElement} */ (one("[data-branding]"));
const file = /** @type {HTMLInputElement} */ (one("input[type=file]", form));

/** @param {string} name */
function typed(name) {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value.trim() : "";
}

function show() {
  const colour = typed("colour");
  for (const band of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".setup-band"))) {
    band.style.backgroundColor = isColour(colour) ? colour : "";
    band.style.color = isColour(colour) ? writingOn(colour).ink : "";
  }
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("p[data-shows]"))) {
    place.textContent = typed(place.dataset.shows ?? "") || (place.dataset.else ?? "");
  }
}

/** The chosen picture in the previews. A data: address: the content security policy allows no blob: of a page. */
function showLogo() {
  const chosen = file.files?.[0];
  const isLarge = chosen && chosen.size > Number(file.dataset.largest);
  file.setCustomValidity(isLarge ? "The file is larger than 400 kB. Save the picture smaller." : "");
  file.reportValidity();
  if (!chosen || isLarge) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    for (const logo of /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll("img[data-logo]"))) {
      logo.src = String(reader.result);
      logo.hidden = false;
    }
  });
  reader.readAsDataURL(chosen);
}

form.addEventListener("input", show);
file.addEventListener("change", showLogo);
// What was typed before this script came, or what the browser kept over a reload.
show();
const off = /** @type {HTMLInputElement | null} */ (first("[name=without_logo]", form));
off?.addEventListener("change", () => {
  for (const logo of /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll("img[data-logo]"))) {
    logo.hidden = off.checked;
  }
});
