// What the kept taps make of each order before the server has answered: plain values, which ticket.js shows.

/** @typedef {import("./queue.js").Tap} Tap */

/**
 * @typedef {object} Projection
 * @property {Tap[]} taps  those on this order, oldest first
 * @property {string} to  the status it is shown in; "" leaves the server's
 * @property {number} seen  the version that the next tap on it will have seen
 */

/**
 * By order, for the board of one station.
 * @param {Tap[]} taps
 * @param {string} station
 * @returns {Map<number, Projection>}
 */
export function projected(taps, station) {
  /** @type {Map<number, Projection>} */
  const orders = new Map();
  for (const tap of taps.filter((one) => one.station === station)) {
    for (const pk of tap.orders) {
      const before = orders.get(pk);
      orders.set(pk, {
        taps: [...(before?.taps ?? []), tap],
        to: tap.to || (before?.to ?? ""),
        // Reading an answer is no step of the order: its version stays.
        seen: tap.seen + (tap.verb === "seen" ? 0 : 1),
      });
    }
  }
  return orders;
}
