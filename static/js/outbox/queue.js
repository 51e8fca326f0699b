// The queue of a tablet's taps. Pure functions: they use neither the page nor the server.

/**
 * One tap on one or several orders, as the device keeps it.
 * @typedef {object} Tap
 * @property {string} key  the request's idempotency key
 * @property {string} verb  "start", "ready", …; "new" is a walk-in
 * @property {string} path  the address it is sent to
 * @property {number[]} orders
 * @property {string} body  the form's fields, encoded
 * @property {string} station  slug of the board
 * @property {string} was  the first order's status before
 * @property {string} to  the status that it leads to; "" when it leaves the order where it is
 * @property {number} seen  the order's version that the barista saw
 * @property {string} drinks  the drinks that the barista saw, as a digest for each order: "12=0a1b2c3d,13=…"
 * @property {string} label  what the button says
 * @property {string} who  code and name of the orders
 * @property {number} at  when it was tapped
 * @property {string} user  who tapped: id and name
 * @property {string} name
 * @property {number} [seq]  its place among all taps of the device; missing until it is written
 * @property {number} [faults]  how often the server had a fault on it
 */

/** @typedef {import("../steps.js").Steps} Steps */

/** The column of a ticket that leaves this board; no column has this name. */
const ELSEWHERE = "elsewhere";

const SLOW = 1000; // ms until an unanswered tap is shown as not sent
const FAULTS = 5; // failures of the server on one tap before it is given up

/**
 * @param {Tap[]} taps
 * @param {number} pk
 */
export const lastOn = (taps, pk) => taps.findLast((tap) => tap.orders.includes(pk));

/**
 * Whether a tap repeats the one before, whose effect is shown already. Several undos go back several steps.
 * @param {Tap | undefined} before
 * @param {Pick<Tap, "verb" | "path" | "body">} asked
 */
export const isRepeated = (before, asked) =>
  before !== undefined && asked.verb !== "undo" && before.path === asked.path && before.body === asked.body;

/**
 * The status after a tap; "" if the tap does not change it.
 * @param {Steps} steps
 * @param {string} verb
 * @param {string} was  the order's status
 * @param {Tap | undefined} before  the last tap on the order that is still kept
 */
export function leadsTo(steps, verb, was, before) {
  if (verb === "undo") return steps.statuses[was]?.back || before?.was || "";
  const { to = "", leaves = false } = steps.verbs[verb] ?? {};
  return leaves ? ELSEWHERE : to;
}

/**
 * The stored taps of the device, followed by those of this page that are not stored yet.
 * @param {Tap[]} kept
 * @param {Tap[]} taps
 */
export function merged(kept, taps) {
  const keys = new Set(kept.map((tap) => tap.key));
  return [...kept, ...taps.filter((tap) => tap.seq === undefined && !keys.has(tap.key))];
}

/**
 * The next undo for the orders of a refused tap. It must not be sent: it would undo somebody else's step.
 * @param {Tap[]} taps
 * @param {Tap} refused
 */
export function undoOf(taps, refused) {
  const next = taps.find((tap) => tap.orders.some((pk) => refused.orders.includes(pk)));
  return next?.verb === "undo" ? next : undefined;
}

/**
 * Whether a tap waits so long that the page has to say so.
 * @param {Tap} tap
 * @param {boolean} isConnected
 * @param {number} now
 */
export const isLate = (tap, isConnected, now) => !isConnected || now - tap.at > SLOW;

/**
 * For how many seconds the device has kept a tap. The device's clock may be wrong, so the server is not told the time.
 * @param {Tap} tap
 * @param {number} now
 */
export const secondsKept = (tap, now) => Math.max(0, Math.floor((now - tap.at) / 1000));

/** Milliseconds after which a tap that got no answer is late. */
export const LATE_AFTER = SLOW + 10;

/**
 * Counts a failed attempt; true if the tap is given up. A tap on which the server fails must not block later taps for
 * ever. A missing connection does not count.
 * @param {Tap} tap
 * @param {number} status
 */
export function isGivenUp(tap, status) {
  tap.faults = (tap.faults ?? 0) + (status === 500 ? 1 : 0);
  return tap.faults >= FAULTS;
}
