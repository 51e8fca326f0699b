// The wall without hands: long lists turn their pages by themselves, and a newly ready order is said once to screen readers.
(() => {
  "use strict";

  const TURN = 7000; // ms a page stands: long enough to look up and find a name

  const announced = new Set();
  let turn = 0;

  function layOut() {
    for (const list of document.querySelectorAll("[data-paged]")) {
      const items = Array.from(list.querySelectorAll("li:not(.empty)"));
      for (const item of items) item.removeAttribute("data-off");
      const pages = pagesOf(items, list.clientHeight);
      const shown = new Set(pages[turn % pages.length]);
      for (const item of items) if (!shown.has(item)) item.setAttribute("data-off", "");
      const label = document.querySelector(`[data-page-of="${list.id}"]`);
      if (label) label.textContent = pages.length > 1 ? `${(turn % pages.length) + 1} of ${pages.length}` : "";
    }
  }

  function pagesOf(items, height) {
    const pages = [[]];
    let used = 0;
    for (const item of items) {
      if (used + item.offsetHeight > height && pages.at(-1).length) {
        pages.push([]);
        used = 0;
      }
      pages.at(-1).push(item);
      used += item.offsetHeight;
    }
    return pages;
  }

  function announce() {
    const fresh = [];
    for (const item of document.querySelectorAll("#list-ready [data-announce]")) {
      if (!announced.has(item.id)) fresh.push(item.dataset.announce);
      announced.add(item.id);
    }
    return fresh.join(". ");
  }

  function changed() {
    const text = announce();
    if (text) {
      document.getElementById("announce").textContent = text;
      turn = 0; // whoever became ready stands on the first page
    }
    layOut();
  }

  announce(); // what stands there already is not news
  layOut();
  document.fonts.ready.then(layOut);
  setInterval(() => {
    turn += 1;
    layOut();
  }, TURN);
  window.addEventListener("resize", layOut);
  for (const event of ["htmx:afterSwap", "htmx:wsAfterMessage"]) document.addEventListener(event, changed);
})();
