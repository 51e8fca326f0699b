// The messages of a board about unsent taps.

/** @typedef {import("./queue.js").Tap} Tap */

/**
 * @param {object} about
 * @param {Tap[]} about.waiting  taps that were not answered in time
 * @param {Tap[]} about.foreign  taps of somebody who was signed in here before
 * @param {boolean} about.asks  whether the foreign ones wait for somebody's word
 * @param {"" | "yes" | "or not allowed"} about.signedOut
 */
export function bannerText({ waiting, foreign, asks, signedOut }) {
  const one = waiting.length === 1;
  const kept = one ? "1 tap is kept on this tablet" : `${waiting.length} taps are kept on this tablet`;
  let text = `${kept} and ${one ? "is" : "are"} sent when the connection is back.`;
  if (signedOut) text = `${kept}. Sign in again and ${one ? "it is" : "they are"} sent.`;
  if (signedOut === "or not allowed") text = `${kept}: you are signed out, or may not do this.`;
  if (asks) text = `Not sent yet: what ${foreign[0]?.name} tapped here (${foreign.length}).`;
  const orders = waiting.filter((tap) => tap.verb === "new").map((tap) => tap.who);
  return orders.length ? `${text} Taken here: ${orders.join("; ")}.` : text;
}

/**
 * The summary after sending: the number of late taps, and what the server refused. Empty for a single tap, because the
 * response shows the server's message with its Undo.
 * @param {{ refused: string[], late: number }} round
 */
export function roundText({ refused, late }) {
  if (late < 2 && refused.length < 2 && !(refused.length && late)) return [];
  return [...(late > 1 ? [`${late} taps were sent.`] : []), ...refused];
}
