// Keeps a page with [data-live="<id of its fragment>"] true to the server, or says since when it is not.
//
// The server pushes fragments and every 3 s a pulse with the newest version. Without a pulse for 8 s the page is not live.
// One timer owns every reconnect; the extension's own retries are switched off, because it gives up on some close codes.
(() => {
  "use strict";

  const CLOSED = 1500; // ms a socket may be closed unremarked: the server ends each now and then and it opens at once
  const BEHIND = 2000; // ms a pulse may name another version than the page shows, before the page asks for it
  const GRACE = 500; // ms until a ticket that a frame takes for known, and this page has not, is asked for
  const SLOWEST = 2000; // ms between two attempts to connect, at most
  const STUCK = 4000; // ms an attempt may hang: on a network that was dead when it began it hangs for minutes
  const FINAL = new Set([4401, 4403, 4404]); // not signed in, not allowed, not there: connecting again is no use

  const page = document.querySelector("[data-live]");
  if (!page) return;
  const root = page.dataset.live;
  // ms without a word from the server until the page stops calling itself live; a phone's page hears a slower pulse
  const SILENCE = 1000 * Number(page.dataset.silence || 8);
  const fragment = () => document.getElementById(root);

  let socket = null;
  let wrapper = null;
  // A page that the tablet had kept (sw.js) shows what was true then.
  const keptAt = Number(document.documentElement.dataset.kept || 0);
  let heardAt = keptAt || Date.now();
  let triedAt = Date.now();
  let shownAt = heardAt;
  let pulsedAt = 0;
  let confirmedAt = 0; // when a pulse last named the version that is shown
  let openedAt = 0;
  let closedAt = null;
  let failures = 0;
  let timer = null;
  let behindSince = null;
  let notLiveSince = keptAt || null;
  let final = null; // the close code that ended it
  let fetching = false;

  // By the server's clock where the event is, as every other time on the page.
  const timeZone = page.dataset.timeZone || undefined;
  const now = window.expresso.now ?? Date.now;
  const clock = (at) =>
    new Date(at + now() - Date.now()).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });

  // What is shown ------------------------------------------------------------------------------------------------------

  function show() {
    const banner = document.getElementById("live-banner");
    const live = notLiveSince === null && !final;
    document.documentElement.dataset.connection = live ? "live" : "lost";
    banner.hidden = live;
    if (live) return;
    const since = `Not live since ${clock(notLiveSince ?? heardAt)}.`;
    const shown = clock(Math.max(shownAt, confirmedAt));
    const said = final ? page.dataset.gone : page.dataset.lost; // in the page's language
    const text = said
      ? said.replace("{time}", clock(notLiveSince ?? heardAt)).replace("{shown}", shown)
      : final
      ? `${since} ${final === 4404 ? "This page is gone, or has another address." : "You are signed out, or may not see this page."}`
      : `${since} All stands as it was at ${shown}; connecting again by itself.`;
    const place = banner.querySelector("[data-live-text]");
    if (place.textContent !== text) place.textContent = text;
    const again = banner.querySelector("[data-live-again]");
    again.hidden = !final || Boolean(page.dataset.gone);
    again.href = final === 4404 ? "/" : `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
    if (final === 4404 && again.textContent !== "All places") again.textContent = "All places";
  }

  function lost() {
    if (notLiveSince === null) notLiveSince = heardAt;
    show();
  }

  function giveUp(code) {
    final = code;
    clearTimeout(timer);
    lost();
  }

  // Connecting ---------------------------------------------------------------------------------------------------------

  // 24 days: the extension's retry never comes, `later` below does it for every close code.
  htmx.config.wsReconnectDelay = () => 2 ** 31 - 1;
  htmx.createWebSocket = (url) => {
    if (socket) socket.close(); // a socket that is closing delivers nothing any more, so no old board after a newer one
    socket = new WebSocket(url);
    triedAt = Date.now();
    return socket;
  };

  function connect() {
    clearTimeout(timer);
    timer = null;
    if (final) return;
    triedAt = Date.now();
    if (wrapper) wrapper.reconnect();
    else if (socket) socket.close(); // never opened: its close event brings the wrapper, and the next attempt
  }

  function later() {
    if (timer || final) return;
    const longest = Math.min(SLOWEST, 500 * 2 ** failures);
    failures += 1;
    timer = setTimeout(connect, longest * (0.5 + Math.random() / 2));
  }

  page.addEventListener("htmx:wsOpen", (event) => {
    wrapper = event.detail.socketWrapper;
    openedAt = Date.now();
    closedAt = null;
    failures = 0;
  });
  page.addEventListener("htmx:wsClose", (event) => {
    const closed = event.detail.event;
    wrapper = event.detail.socketWrapper;
    if (closed.target !== socket) return; // one that was replaced
    closedAt ??= Date.now();
    if (FINAL.has(closed.code)) giveUp(closed.code);
    else later();
  });

  // Listening ----------------------------------------------------------------------------------------------------------

  const versionIn = (html) => html.match(new RegExp(`id="${root}"[^>]*?data-version="([^"]*)"`))?.[1];
  const shownVersion = () => fragment()?.dataset.version;
  const newestVersion = () => document.getElementById("pulse")?.dataset.version;
  // A version is "<newest fact>.<digest>": the number never goes back, so it tells which of two fragments is older.
  const isOlder = (version) => parseInt(version, 10) < parseInt(shownVersion(), 10);

  page.addEventListener("htmx:wsBeforeMessage", (event) => {
    heardAt = Date.now();
    const version = versionIn(event.detail.message);
    // A frame rendered before the answer to this tablet's own tap may arrive after it.
    if (version !== undefined && isOlder(version)) event.preventDefault();
  });
  // A frame has a stub for every ticket that the one before it had. Whoever missed that one has another digest, or nothing.
  let stubs = [];
  let checking = null;
  function check(html) {
    stubs = Array.from(html.matchAll(/<li id="(order-\d+)" data-digest="(\w+)"><\/li>/g));
    // What is missing may be on its way: the answer to a tap overtakes pushes.
    checking ??= setTimeout(() => {
      checking = null;
      if (stubs.some(([, id, digest]) => isMissing(id, digest))) refetch();
    }, GRACE);
  }
  // A ticket that waits for the answer to a tap is as the finger wants it, and comes whole with the answer.
  const isMissing = (id, digest) =>
    document.getElementById(id)?.dataset.digest !== digest && !window.expresso.holds?.(Number(id.slice(6)));

  page.addEventListener("htmx:wsAfterMessage", (event) => {
    if (versionIn(event.detail.message) !== undefined) {
      shownAt = Date.now();
      check(event.detail.message);
    }
    if (event.detail.message.includes('id="pulse"')) {
      pulsedAt = Date.now();
      if (newestVersion() === shownVersion()) confirmedAt = pulsedAt;
    }
    judge();
  });
  document.addEventListener("expresso:signed-out", () => giveUp(4401));

  // Live is: heard lately, and showing what the newest pulse names.
  function judge() {
    if (final) return;
    const newest = newestVersion();
    // A pulse from before the answer to a tap knows nothing of it.
    const same = !newest || newest === shownVersion() || pulsedAt < shownAt;
    if (same) behindSince = null;
    else behindSince ??= Date.now();
    const behind = behindSince !== null && Date.now() - behindSince > BEHIND;
    const closed = closedAt !== null && Date.now() - closedAt > CLOSED;
    if (closed || Date.now() - heardAt > SILENCE) lost();
    else if (!behind && socket?.readyState === WebSocket.OPEN && heardAt >= openedAt) {
      const back = notLiveSince !== null;
      notLiveSince = null;
      show();
      if (back) document.dispatchEvent(new CustomEvent("expresso:live"));
    }
    if (behind) refetch();
  }

  async function refetch() {
    if (fetching || final) return;
    fetching = true;
    try {
      await htmx.ajax("GET", location.pathname + location.search, { source: page, target: `#${root}`, swap: "morph" });
      // An answer: what waits for a connection need not wait for its next turn.
      if (timer) connect();
    } catch {
      // No connection: the banner says so already.
    } finally {
      fetching = false;
    }
  }

  page.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (detail.target?.id !== root || !detail.shouldSwap) return;
    const version = versionIn(detail.serverResponse);
    const act = detail.requestConfig.verb !== "get";
    // Anything but the fragment (a proxy's page, a portal's sign-in) stays out. Of an act's answer that a push has
    // overtaken only the sentence is taken, which is swapped out of band.
    if (version === undefined) detail.shouldSwap = false;
    else if (act && isOlder(version)) detail.swapOverride = "none";
    else shownAt = Date.now();
  });

  // What the outbox got for a tap: as from htmx, only what no push has overtaken.
  document.addEventListener("expresso:answer", (event) => {
    const html = event.detail;
    const overtaken = isOlder(versionIn(html));
    if (!overtaken) shownAt = Date.now();
    const style = { swapStyle: overtaken ? "none" : "morph", swapDelay: 0, settleDelay: 0 };
    htmx.swap(fragment(), html, style, { contextElement: fragment() });
    if (overtaken) refetch();
    else check(html);
  });
  document.addEventListener("expresso:stale", () => refetch());
  // The outbox was answered: whoever found the server first tells the other.
  document.addEventListener("expresso:reachable", () => {
    failures = 0;
    if (socket?.readyState !== WebSocket.OPEN) connect();
  });

  if (keptAt) show();
  setInterval(() => {
    judge();
    if (final) return;
    const quiet = Date.now() - Math.max(heardAt, triedAt);
    const isStuck = socket?.readyState === WebSocket.CONNECTING && Date.now() - triedAt > STUCK;
    // A socket the sleep of a tablet has killed still calls itself open.
    if (quiet > SILENCE || isStuck) connect();
    if (notLiveSince !== null && Date.now() - shownAt > 5000 && !document.hidden) refetch();
    show();
  }, 1000);

  let wokeAt = 0;
  function woke() {
    if (document.hidden || final || Date.now() - wokeAt < 1000) return;
    wokeAt = Date.now();
    failures = 0;
    if (Date.now() - heardAt > 4000 || socket?.readyState !== WebSocket.OPEN) {
      connect();
      refetch();
    }
  }
  document.addEventListener("visibilitychange", woke);
  window.addEventListener("pageshow", (event) => event.persisted && woke());
  window.addEventListener("online", woke);
})();
