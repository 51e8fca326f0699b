// The line of a page that says why something failed (#trouble in templates/_live.html and others).

/**
 * @param {string} text
 * @param {{ link?: { href: string, text: string }, of?: string }} [more]  `of`: what the trouble is about, see `troubleOver`
 */
export function sayTrouble(text, { link, of = "act" } = {}) {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.textContent = text;
  place.dataset.of = of;
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.textContent = link.text;
    place.append(" ", anchor);
  }
  place.hidden = false;
}

/**
 * Hides the message if it is about this subject.
 * @param {string} of
 */
export function troubleOver(of) {
  const place = document.getElementById("trouble");
  if (place?.dataset.of === of) place.hidden = true;
}
