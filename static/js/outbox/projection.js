// The state of each order after its stored taps, before the server has answered. Plain values, which ticket.js shows.

/** @typedef {import("./queue.js").Tap} Tap */

/**
 * @typedef {object} Projection
 * @property {Tap[]} taps  those on this order, oldest first
 * @property {string} to  the status it is shown in; "" leaves the server's
 * @property {number} seen  the version that the next tap on it will have seen
 */

/**
 * The projection of each order on the board of one station, by its pk.
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
        // Marking an answer as read does not change the order's version.
        seen: tap.seen + (tap.verb === "seen" ? 0 : 1),
      });
    }
  }
  return orders;
}
