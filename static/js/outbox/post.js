// Sends one tap to the server and reads what became of it.
import { csrfToken } from "../csrf.js";
import { one } from "../dom.js";

/** @typedef {import("./queue.js").Tap} Tap */

/**
 * @typedef {object} Answer
 * @property {"done" | "refused" | "unknown"} result  "unknown": the server cannot take such a tap at all
 * @property {string} html
 * @property {number} status
 */

/** @typedef {Answer | { result: "failed", status: number } | { result: "signed out", why: "yes" | "or not allowed" }} Outcome */

const PATIENCE = 10_000; // ms a server may take to answer
const FINAL = new Set([400, 404, 405, 410]); // sending such a tap again is no use

/** @param {Tap} tap */
function headersOf(tap) {
  const token = csrfToken() ?? /** @type {HTMLInputElement} */ (one("#acts [name=csrfmiddlewaretoken]")).value;
  const headers = new Headers({
    "HX-Request": "true",
    "Idempotency-Key": tap.key,
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
    // Expresso marks its answers. Without the mark it is the answer of a gateway or of a portal on the way.
    const act = response.headers.get("Act");
    if (act) return { result: act === "done" ? "done" : "refused", html, status };
    return FINAL.has(status) ? { result: "unknown", html, status } : { result: "failed", status };
  } catch {
    return { result: "failed", status: 0 };
  }
}

/**
 * The sentence of the server in an answer (templates/orders/_said.html), or "".
 * @param {string} html
 */
export function sentenceIn(html) {
  const at = html.lastIndexOf('<div id="said"');
  if (at < 0) return "";
  const holder = document.createElement("template");
  holder.innerHTML = html.slice(at);
  return holder.content.querySelector(".said-text")?.textContent?.trim() ?? "";
}
