// The taps of a tablet as a queue: plain values in, plain values out, no page and no server.

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

/** Where a ticket goes that leaves this board: no column has it. */
const ELSEWHERE = "elsewhere";

const SLOW = 1000; // ms until a tap that is on its way counts as not sent yet
const FAULTS = 5; // times the server may have a fault on one tap before the next one gets its turn

/**
 * @param {Tap[]} taps
 * @param {number} pk
 */
export const lastOn = (taps, pk) => taps.findLast((tap) => tap.orders.includes(pk));

/**
 * Whether a finger repeats the tap before: what it wants is shown already. Several undos are several steps back.
 * @param {Tap | undefined} before
 * @param {Pick<Tap, "verb" | "path" | "body">} asked
 */
export const isRepeated = (before, asked) =>
  before !== undefined && asked.verb !== "undo" && before.path === asked.path && before.body === asked.body;

/**
 * The status that a tap leads to; "" when it leaves the order where it is.
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
 * The taps of the device, and after them those of this page that are not written yet.
 * @param {Tap[]} kept
 * @param {Tap[]} taps
 */
export function merged(kept, taps) {
  const keys = new Set(kept.map((tap) => tap.key));
  return [...kept, ...taps.filter((tap) => tap.seq === undefined && !keys.has(tap.key))];
}

/**
 * The undo that comes next on the orders of a tap that the server refused. It would take back a step of somebody else.
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

/** Milliseconds after which a tap that got no answer is late. */
export const LATE_AFTER = SLOW + 10;

/**
 * Counts a failed attempt; true when the tap is given up. A tap that only the server cannot digest must not hold up those
 * behind it for ever, but no connection is no fault of a tap.
 * @param {Tap} tap
 * @param {number} status
 */
export function isGivenUp(tap, status) {
  tap.faults = (tap.faults ?? 0) + (status === 500 ? 1 : 0);
  return tap.faults >= FAULTS;
}
