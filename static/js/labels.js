// Cup labels (templates/orders/labels.html): each in the largest letters that fit its paper, and printed when the page opens.
(() => {
  "use strict";

  // Percent of the usual letters.
  const LARGEST = 140;
  const SMALLEST = 50; // below it nobody reads a label: the rest goes onto a second one
  const WHOLE = 75; // and before they get so small, a long word is broken
  const STEP = 5;

  function fit(label) {
    const room = parseFloat(getComputedStyle(label).minHeight);
    const fits = () => label.offsetHeight <= room + 0.5 && label.scrollWidth <= label.clientWidth;
    let scale = LARGEST;
    do {
      label.style.setProperty("--fit", scale / 100);
      label.classList.toggle("whole", scale >= WHOLE);
    } while (!fits() && (scale -= STEP) >= SMALLEST);
  }

  // Opened to be printed; not when it is loaded again, or another size is looked at.
  const opened = performance.getEntriesByType("navigation")[0]?.type === "navigate";

  document.fonts.ready.then(() => {
    for (const label of document.querySelectorAll(".label")) fit(label);
    document.documentElement.dataset.labels = "fit";
    if (opened && !document.querySelector("[data-for-once]")) window.print();
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
