// Cup labels (templates/orders/labels.html): each in the largest letters that fit its paper, and printed when the page
// was opened.
import { all, first } from "./dom.js";

// Percent of the usual size of letters.
const LARGEST = 140;
const SMALLEST = 50; // smaller letters are unreadable: a second label is used
const WHOLE = 75; // below it long words are broken first
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

// Printing starts by itself when the page is opened, but not after a reload or when another size was chosen.
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
