// Cup labels (templates/orders/labels.html): each in the largest letters that fit its paper, and printed when the page
// was opened.
import { all, first } from "./dom.js";

// Percent of the usual size of letters.
const LARGEST = 140;
const SMALLEST = 50; // nobody reads a label below it: the rest goes onto a second one
const WHOLE = 75; // below it long words are broken before the letters get any smaller
const STEP = 5;

/** @param {HTMLElement} label */
function fit(label) {
  const room = parseFloat(getComputedStyle(label).minHeight);
  const fits = () => label.offsetHeight <= room + 0.5 && label.scrollWidth <= label.clientWidth;
  for (let scale = LARGEST; scale >= SMALLEST; scale -= STEP) {
    label.style.setProperty("--fit", String(scale / 100));
    label.classList.toggle("whole", scale >= WHOLE);
    if (fits()) return;
  }
}

// Not when it is loaded again, or another size is looked at.
const [navigation] = performance.getEntriesByType("navigation");
const wasOpened = navigation instanceof PerformanceNavigationTiming && navigation.type === "navigate";

document.fonts.ready.then(() => {
  for (const label of all(".label")) fit(label);
  document.documentElement.dataset.labels = "fit";
  if (wasOpened && !first("[data-for-once]")) window.print();
});

for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
