// The wall without hands: long lists turn their pages by themselves, a newly ready order is said once to screen readers,
// and a new build of Expresso is fetched by itself.
(() => {
  "use strict";

  const TURN = 7000; // ms a page stands: long enough to look up and find a name

  let announced = new Set(); // what stands ready and was said; what comes back is said again
  let turn = 0;

  function layOut() {
    for (const list of document.querySelectorAll("[data-paged]")) {
      const items = Array.from(list.querySelectorAll("li:not(.empty)"));
      for (const item of items) item.removeAttribute("data-off");
      const pages = pagesOf(items, list.clientHeight);
      const shown = new Set(pages[turn % pages.length]);
      for (const item of items) if (!shown.has(item)) item.setAttribute("data-off", "");
      const label = document.querySelector(`[data-page-of="${list.id}"]`);
      if (label) label.textContent = pages.length > 1 ? pageOf(label, (turn % pages.length) + 1, pages.length) : "";
    }
  }

  const pageOf = (label, page, pages) => label.dataset.words.replace("{page}", page).replace("{pages}", pages);

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
    const ready = Array.from(document.querySelectorAll("#list-ready [data-announce]"));
    const fresh = ready.filter((item) => !announced.has(item.id));
    announced = new Set(ready.map((item) => item.id));
    return fresh.map((item) => item.dataset.announce).join(". ");
  }

  function changed() {
    const text = announce();
    if (text) {
      document.getElementById("announce").textContent = text;
      turn = 0; // whoever became ready stands on the first page
    }
    layOut();
  }

  // A pulse names the build that sent it. In the middle of a deployment the page may still come from the old one, so it is
  // asked for at most every ten minutes, and only a server that gives the page takes this one's place.
  const AGAIN = 10 * 60_000; // ms
  const buildNow = () => document.getElementById("pulse")?.dataset.build;
  const born = buildNow();
  let renewing = false;

  async function renew() {
    const asked = Number(sessionStorage.getItem("expresso.renewed") || 0);
    if (renewing || !buildNow() || buildNow() === born || Date.now() - asked < AGAIN) return;
    renewing = true;
    const page = await fetch(location.href, { redirect: "manual" }).catch(() => null);
    renewing = false;
    if (!page?.ok) return;
    sessionStorage.setItem("expresso.renewed", String(Date.now()));
    location.reload();
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
  document.addEventListener("htmx:wsAfterMessage", renew);
})();
