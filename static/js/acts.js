// Everything a page does by htmx: the CSRF token, one idempotency key for each act, and a sentence when an act was not saved.
(() => {
  "use strict";

  // What the person has in hand outlives a pushed fragment: an open "More", a half typed reason, counted ages.
  const kept = {
    open: (element) => element.matches("details, dialog"),
    disabled: (element) => element.classList.contains("htmx-request") || element.closest(".htmx-request") !== null,
    "data-late": () => true,
    "data-unseen": () => true,
    "data-fresh": () => true,
    "data-off": () => true,
  };
  Idiomorph.defaults.ignoreActiveValue = true;
  Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, element) => !(name in kept && kept[name](element));
  Idiomorph.defaults.callbacks.beforeNodeMorphed = (before, after) => {
    if (!(before instanceof Element) || !(after instanceof Element)) return true;
    if (isStub(after) || (before.dataset.digest && before.dataset.digest === after.dataset.digest)) return false;
    if (before.matches("time[data-age]") && before.dateTime === after.dateTime) return false;
    if (before.matches("[data-keep], details[open] input, details[open] textarea")) return false;
    return true;
  };

  Idiomorph.defaults.callbacks.beforeNodeAdded = (node) => !isStub(node);
  // Of a ticket that the page has already (orders/live/frames.py); live.js looks whether it has.
  const isStub = (node) => node.nodeName === "LI" && node.dataset.digest && !node.firstElementChild;

  function cookieToken() {
    // A sign-in in another tab changes the token: the cookie knows, a page opened before does not.
    const found = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    return found && found[1];
  }

  // A key lives until its act is known to be saved, so tapping again after a failure repeats the same act.
  const keys = new Map();

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing on plain http in a local network
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function keyOf(act) {
    if (!keys.has(act)) keys.set(act, newKey());
    return keys.get(act);
  }

  function actOf(detail) {
    const path = detail.path || detail.pathInfo?.requestPath;
    return `${path} ${new URLSearchParams(detail.parameters || detail.requestConfig?.parameters || {})}`;
  }

  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event;
    if (detail.verb === "get") return;
    delete detail.parameters.csrfmiddlewaretoken; // the header says it; keeps the act's name free of it
    const token = cookieToken();
    if (token) detail.headers["X-CSRFToken"] = token;
    detail.headers["Idempotency-Key"] = keyOf(actOf(detail));
  });

  // Trouble ------------------------------------------------------------------------------------------------------------

  function trouble(text, { link = null, of = "act" } = {}) {
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

  function troubleOver(of) {
    const place = document.getElementById("trouble");
    if (place && place.dataset.of === of) place.hidden = true;
  }

  // What only the server can do is said before the tap is lost: the page, and what was typed in it, stays.
  const isCutOff = () => document.documentElement.dataset.connection === "lost" || !navigator.onLine;
  function refuse(event, what) {
    if (event.defaultPrevented || !what || !isCutOff()) return;
    event.preventDefault();
    trouble(`“${nameOf(what)}” needs the server, and there is no connection. Nothing here is lost.`);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".bar a[href]");
    // The worker has the forms of walk-ins (keep.js).
    if (!link?.matches("[data-walk-in]") || !navigator.serviceWorker?.controller) refuse(event, link);
  });

  function nameOf(element) {
    const button = element.matches("form") ? element.querySelector("button[type=submit]") : element;
    return (button?.getAttribute("aria-label") || button?.textContent || "That").trim().replace(/\s+/g, " ");
  }

  function refused(status, element) {
    const what = nameOf(element);
    if (status === 401 || status === 403) {
      const next = encodeURIComponent(location.pathname);
      trouble(`“${what}” was not saved: you are signed out, or may not do this.`, {
        link: { href: `/accounts/login/?next=${next}`, text: "Sign in again" },
      });
    } else if (status === 404) {
      trouble(`“${what}” was not saved: it is gone.`, { link: { href: "", text: "Show the page afresh" } });
    } else {
      trouble(`“${what}” was not saved: the server has a fault (${status}). Tap again in a moment.`);
    }
  }

  // Not detail.elt: an event is sent from another element when the one that acted is gone.
  const actor = (detail) => detail.requestConfig.elt;
  const tapped = (detail) => detail.requestConfig.triggeringEvent?.submitter ?? actor(detail);
  const isAct = (detail) => (detail.requestConfig?.verb || "get") !== "get";
  const isPoll = (detail) => actor(detail).matches("[hx-trigger^=every]");

  document.addEventListener("htmx:responseError", (event) => {
    if (isAct(event.detail)) refused(event.detail.xhr.status, tapped(event.detail));
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      if (isAct(event.detail)) trouble(`“${nameOf(tapped(event.detail))}” was not saved: no connection. Tap it again.`);
      else if (isPoll(event.detail)) trouble("No connection: what stands here may be old. Trying again by itself.", { of: "poll" });
    });
  }
  document.addEventListener("htmx:afterRequest", (event) => {
    const { detail } = event;
    if (detail.successful && isPoll(detail)) troubleOver("poll");
    if (!detail.successful || !isAct(detail)) return;
    keys.delete(actOf({ path: detail.pathInfo.requestPath, parameters: detail.requestConfig.parameters }));
    troubleOver("act");
    if (actor(detail).matches("form[data-clear]")) clear(actor(detail), detail.requestConfig.parameters);
  });

  // What was sent goes; what somebody typed meanwhile stays.
  function clear(form, sent) {
    for (const input of form.querySelectorAll("input:not([type=hidden])")) {
      if (input.value === sent[input.name]) input.value = "";
    }
  }

  // A session that ended answers with the sign-in page: that page must never be swapped into this one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    const url = detail.xhr.responseURL ? new URL(detail.xhr.responseURL) : null;
    if (!url || !url.pathname.startsWith("/accounts/login/") || location.pathname === url.pathname) return;
    detail.shouldSwap = false;
    if (isAct(detail)) refused(401, tapped(detail));
    document.dispatchEvent(new CustomEvent("expresso:signed-out"));
  });

  // A push may take the tapped button away before its answer is here; htmx then no longer finds how to swap.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (actor(detail).isConnected || !detail.shouldSwap || !detail.target.isConnected) return;
    detail.shouldSwap = false;
    htmx.swap(
      detail.target,
      detail.serverResponse,
      { swapStyle: detail.swapOverride || "morph", swapDelay: 0, settleDelay: 0 },
      { contextElement: detail.target, eventInfo: detail },
    );
  });

  // What other scripts of a page need of this one.
  window.expresso = { token: cookieToken, newKey };

  // When a ticket leaves, the next one slides under the finger: a second tap of a double tap must not start that one.
  let settledAt = 0;
  document.addEventListener("htmx:afterSwap", (event) => {
    if (isAct(event.detail)) settledAt = Date.now();
  });
  document.addEventListener("expresso:moved", () => (settledAt = Date.now()));
  document.addEventListener(
    "click",
    (event) => {
      if (Date.now() - settledAt < 350 && event.detail > 0 && event.target.closest(".go")) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    true,
  );
})();
