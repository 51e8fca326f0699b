// Sends one tap to the server and reads the result.
import { csrfToken } from "../csrf.js";
import { one } from "../dom.js";
import { secondsKept } from "./queue.js";

/** @typedef {import("./queue.js").Tap} Tap */

/**
 * @typedef {object} Answer
 * @property {"done" | "refused" | "unknown"} result  "unknown": the server cannot take such a tap at all
 * @property {string} html
 * @property {number} status
 */

/** @typedef {Answer | { result: "failed", status: number } | { result: "signed out", why: "yes" | "or not allowed" }} Outcome */

const PATIENCE = 10_000; // ms until a request is given up
const FINAL = new Set([400, 404, 405, 410]); // sending such a tap again is useless

/** @param {Tap} tap */
function headersOf(tap) {
  const token = csrfToken() ?? /** @type {HTMLInputElement} */ (one("#acts [name=csrfmiddlewaretoken]")).value;
  const headers = new Headers({
    "HX-Request": "true",
    "Idempotency-Key": tap.key,
    "Kept-Seconds": String(secondsKept(tap, Date.now())),
    "Content-Type": "application/x-www-form-urlencoded",
    "X-CSRFToken": token,
  });
  if (tap.drinks) headers.set("Seen-Drinks", tap.drinks);
  if (tap.orders.length === 1) headers.set("Seen-Version", String(tap.seen));
  return headers;
}

/**
 * @param {Tap} tap
 * @returns {Promise<Outcome>}
 */
export async function post(tap) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(tap.path, { method: "POST", headers: headersOf(tap), body: tap.body, signal });
    const html = await response.text();
    const { status } = response;
    const isSignIn = new URL(response.url).pathname.startsWith("/accounts/login/");
    if (isSignIn || status === 401) return { result: "signed out", why: "yes" };
    if (status === 403) return { result: "signed out", why: "or not allowed" };
    // Expresso sets this header. Without it the response comes from a gateway or a captive portal.
    const act = response.headers.get("Act");
    if (act) return { result: act === "done" ? "done" : "refused", html, status };
    return FINAL.has(status) ? { result: "unknown", html, status } : { result: "failed", status };
  } catch {
    return { result: "failed", status: 0 };
  }
}

/**
 * The server's message in a response (templates/orders/_said.html), or "".
 * @param {string} html
 */
export function sentenceIn(html) {
  const at = html.lastIndexOf('<div id="said"');
  if (at < 0) return "";
  const holder = document.createElement("template");
  holder.innerHTML = html.slice(at);
  return holder.content.querySelector(".said-text")?.textContent?.trim() ?? "";
}
