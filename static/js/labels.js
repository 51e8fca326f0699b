// Cup labels (templates/orders/labels.html): each in the largest letters that fit its paper, and printed when the page opens.
(() => {
  "use strict";

  const LARGEST = 1.4;
  const SMALLEST = 0.55; // below it nobody reads a label: the rest goes onto a second one
  const STEP = 0.05;

  function fit(label) {
    const room = parseFloat(getComputedStyle(label).minHeight);
    const fits = () => label.offsetHeight <= room + 0.5 && label.scrollWidth <= label.clientWidth;
    let scale = LARGEST;
    do label.style.setProperty("--fit", scale.toFixed(2));
    while (!fits() && (scale -= STEP) >= SMALLEST);
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
