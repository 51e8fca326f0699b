// Adds to every htmx request its CSRF token and an idempotency key, and shows a message if an act was not saved.
import { csrfToken } from "./csrf.js";
import { hit, textOf } from "./dom.js";
import { emit } from "./events.js";
import { newKey } from "./idempotency.js";
import "./morphing.js";
import { sayTrouble, troubleOver } from "./trouble.js";

// An act keeps its key until it is saved, so a tap after a failure repeats the same act.
/** @type {Map<string, string>} */
const keys = new Map();

/**
 * @param {string} path
 * @param {Record<string, string>} parameters
 */
const nameOfAct = (path, parameters) => `${path} ${new URLSearchParams(parameters)}`;

/** @param {string} act */
function keyOf(act) {
  const key = keys.get(act) ?? newKey();
  keys.set(act, key);
  return key;
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "get") return;
  delete detail.parameters.csrfmiddlewaretoken; // sent as a header; as a field it would be part of the act's name
  const token = csrfToken();
  if (token) detail.headers["X-CSRFToken"] = token;
  detail.headers["Idempotency-Key"] = keyOf(nameOfAct(detail.path, detail.parameters));
});

// Links that need the server ------------------------------------------------------------------------------------------

const isCutOff = () => document.documentElement.dataset.connection === "lost" || !navigator.onLine;

// Without a connection a link would replace the page, and what was typed in it, by an error.
document.addEventListener("click", (event) => {
  const link = hit(event, ".bar a[href]");
  if (!link || event.defaultPrevented || !isCutOff()) return;
  // The form for walk-ins also opens without a connection, because the service worker has stored it (keep.js).
  if (link.matches("[data-walk-in]") && navigator.serviceWorker?.controller) return;
  event.preventDefault();
  sayTrouble(`“${nameOf(link)}” needs the server, and there is no connection. Nothing here is lost.`);
});

/** @param {Element} element */
function nameOf(element) {
  const button = element.matches("form") ? element.querySelector("button[type=submit]") : element;
  return button?.getAttribute("aria-label") || textOf(button) || "That";
}

// Failures ------------------------------------------------------------------------------------------------------------

/**
 * @param {number} status
 * @param {Element} element
 */
function sayNotSaved(status, element) {
  const what = nameOf(element);
  if (status === 401 || status === 403) {
    const next = encodeURIComponent(location.pathname);
    sayTrouble(`“${what}” was not saved: you are signed out, or may not do this.`, {
      link: { href: `/accounts/login/?next=${next}`, text: "Sign in again" },
    });
  } else if (status === 404) {
    sayTrouble(`“${what}” was not saved: it is gone.`, { link: { href: "", text: "Show the page afresh" } });
  } else {
    sayTrouble(`“${what}” was not saved: the server has a fault (${status}). Tap again in a moment.`);
  }
}

// The event's `elt` is another element if the one that sent the request has left the page.
/** @param {HtmxDetail} detail */
const actorOf = (detail) => detail.requestConfig.elt;
/** @param {HtmxDetail} detail */
const tappedIn = (detail) => detail.requestConfig.triggeringEvent?.submitter ?? actorOf(detail);
/** @param {HtmxDetail} detail */
const isAct = (detail) => (detail.requestConfig?.verb ?? "get") !== "get";
/** @param {HtmxDetail} detail */
const isPoll = (detail) => actorOf(detail).matches("[hx-trigger^=every]");

/** @param {CustomEvent<HtmxDetail>} event */
function sayNoConnection({ detail }) {
  if (isAct(detail)) sayTrouble(`“${nameOf(tappedIn(detail))}” was not saved: no connection. Tap it again.`);
  else if (isPoll(detail)) {
    sayTrouble("No connection: what stands here may be old. Trying again by itself.", { of: "poll" });
  }
}

document.addEventListener("htmx:sendError", sayNoConnection);
document.addEventListener("htmx:timeout", sayNoConnection);
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (isAct(detail)) sayNotSaved(detail.xhr.status, tappedIn(detail));
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && isPoll(detail)) troubleOver("poll");
  if (!detail.successful || !isAct(detail)) return;
  keys.delete(nameOfAct(detail.pathInfo.requestPath, detail.requestConfig.parameters));
  troubleOver("act");
  const form = actorOf(detail);
  if (form.matches("form[data-clear]")) clear(form, detail.requestConfig.parameters);
});

/**
 * Clears the fields that were sent, unless somebody has typed something else meanwhile.
 * @param {HTMLElement} form
 * @param {Record<string, string>} sent
 */
function clear(form, sent) {
  for (const input of form.querySelectorAll("input")) {
    if (input.type !== "hidden" && input.value === sent[input.name]) input.value = "";
  }
}

// Swaps ---------------------------------------------------------------------------------------------------------------

// After the session has ended, the response is the sign-in page. It must not be swapped into this page.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const path = detail.xhr.responseURL ? new URL(detail.xhr.responseURL).pathname : "";
  if (!path.startsWith("/accounts/login/") || location.pathname === path) return;
  detail.shouldSwap = false;
  if (isAct(detail)) sayNotSaved(401, tappedIn(detail));
  emit("expresso:signed-out");
});

// If a push has removed the tapped button, htmx does not swap the response. It is done here.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (actorOf(detail).isConnected || !detail.shouldSwap || !detail.target.isConnected) return;
  detail.shouldSwap = false;
  htmx.swap(
    detail.target,
    detail.serverResponse,
    { swapStyle: detail.swapOverride || "morph", swapDelay: 0, settleDelay: 0 },
    { contextElement: detail.target, eventInfo: detail },
  );
});

// Double taps ---------------------------------------------------------------------------------------------------------

// When a ticket leaves, the next one moves under the finger: the second tap of a double tap must not start that one.
const DOUBLE_TAP = 350; // ms
let changedAt = 0;

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (isAct(detail)) changedAt = Date.now();
});
document.addEventListener("expresso:moved", () => {
  changedAt = Date.now();
});
document.addEventListener(
  "click",
  (event) => {
    const byFinger = event.detail > 0; // `detail` is 0 for a click by keyboard
    if (!byFinger || Date.now() - changedAt >= DOUBLE_TAP || !hit(event, ".go")) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
