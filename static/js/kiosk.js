// A shared tablet forgets whoever walked away: a minute without a touch (data-seconds) leads back to the menu,
// which is fetched afresh every minute: what is sold out changes while nobody stands there.
(() => {
  "use strict";

  const { kiosk: home, seconds = 60 } = document.querySelector("[data-kiosk]").dataset;
  let timer = null;

  function restart() {
    clearTimeout(timer);
    timer = setTimeout(leave, seconds * 1000);
  }

  async function leave() {
    // A page that cannot be fetched would leave an error standing where the next guest comes.
    const there = await fetch(home, { method: "HEAD", redirect: "manual" }).catch(() => null);
    if (there?.ok) location.replace(home);
    else restart();
  }

  for (const event of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(event, restart, { passive: true, capture: true });
  }
  restart();

  async function stayAwake() {
    if (document.hidden || !navigator.wakeLock) return;
    await navigator.wakeLock.request("screen").catch(() => null); // refused on a low battery
  }
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
})();
