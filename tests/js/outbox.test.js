import assert from "node:assert/strict";
import { test } from "node:test";
import { projected } from "../../static/js/outbox/projection.js";
import {
  isGivenUp,
  isLate,
  isRepeated,
  lastOn,
  leadsTo,
  merged,
  secondsKept,
  undoOf,
} from "../../static/js/outbox/queue.js";
import { bannerText, roundText } from "../../static/js/outbox/words.js";

/** @typedef {import("../../static/js/outbox/queue.js").Tap} Tap */

const verb = { of: [], label: "", unsent: "", to: "", leaves: false };
const status = { word: "", next: "", back: "" };
const STEPS = {
  verbs: { start: { ...verb, to: "making" }, tick: verb, move: { ...verb, leaves: true }, undo: verb },
  statuses: { waiting: status, ready: { ...status, back: "making" }, cancelled: status },
};

/**
 * @param {Partial<Tap>} [facts]
 * @returns {Tap}
 */
function tap(facts = {}) {
  const verb = facts.verb ?? "start";
  return {
    key: `${verb}-${facts.orders ?? 1}`,
    verb,
    path: `/stations/bar-1/orders/1/${verb}/`,
    orders: [1],
    body: "",
    station: "bar-1",
    was: "waiting",
    to: "making",
    seen: 3,
    drinks: "1=0a1b2c3d",
    label: "Start",
    who: "A01 Ada",
    at: 0,
    user: "7",
    name: "Maya",
    ...facts,
  };
}

const quiet = { waiting: [], foreign: [], asks: false, signedOut: /** @type {const} */ ("") };

test("a tap leads to its verb's status", () => {
  assert.equal(leadsTo(STEPS, "start", "waiting", undefined), "making");
});

test("a tap that is no step leaves the order where it is", () => {
  assert.equal(leadsTo(STEPS, "tick", "making", undefined), "");
});

test("an order that is moved to another station leaves the board", () => {
  assert.equal(leadsTo(STEPS, "move", "waiting", undefined), "elsewhere");
});

test("an undo leads one step back, and from a cancellation to where the order was", () => {
  const cancelled = tap({ verb: "cancel", was: "making", to: "cancelled" });

  assert.equal(leadsTo(STEPS, "undo", "ready", undefined), "making");
  assert.equal(leadsTo(STEPS, "undo", "cancelled", cancelled), "making");
});

test("the same finger twice is one tap, except for undo, which goes further back", () => {
  const start = tap();
  const undo = tap({ verb: "undo" });

  assert.equal(isRepeated(start, start), true);
  assert.equal(isRepeated(undo, undo), false);
  assert.equal(isRepeated(undefined, start), false);
  assert.equal(isRepeated(start, { ...start, body: "item=2" }), false);
});

test("the server is told for how long a tap was kept, also where the device's clock was put back", () => {
  assert.equal(secondsKept(tap({ at: 1000 }), 61_500), 60);
  assert.equal(secondsKept(tap({ at: 61_000 }), 1000), 0);
});

test("the last tap on an order is found among those of others", () => {
  const taps = [tap(), tap({ orders: [2, 1], key: "batch" }), tap({ orders: [3] })];

  assert.equal(lastOn(taps, 1)?.key, "batch");
  assert.equal(lastOn(taps, 4), undefined);
});

test("taps that are not written yet come after those of the device, once", () => {
  const written = tap({ key: "a", seq: 1 });
  const other = tap({ key: "b", seq: 2 });
  const fresh = tap({ key: "c" });

  const taps = merged([written, other], [tap({ key: "b" }), fresh]);

  assert.deepEqual(taps, [written, other, fresh]);
});

test("a tap that another tab has sent is gone", () => {
  assert.deepEqual(merged([], [tap({ seq: 1 })]), []);
});

test("an undo of a step that was refused is found, so that it takes back nobody else's", () => {
  const undo = tap({ verb: "undo" });

  assert.equal(undoOf([tap({ orders: [2] }), undo], tap()), undo);
});

test("what follows a refused step is kept when it is no undo", () => {
  assert.equal(undoOf([tap({ verb: "ready" }), tap({ verb: "undo" })], tap()), undefined);
});

test("a tap is late after a second, and at once without a connection", () => {
  assert.equal(isLate(tap(), true, 900), false);
  assert.equal(isLate(tap(), true, 1100), true);
  assert.equal(isLate(tap(), false, 0), true);
});

test("a tap is given up after five faults of the server, and never for want of a connection", () => {
  const faulty = tap();
  const unlucky = tap();

  const faults = [500, 500, 500, 500, 500].map((status) => isGivenUp(faulty, status));

  assert.deepEqual(faults, [false, false, false, false, true]);
  assert.equal(
    [0, 502, 503].some((status) => Array.from({ length: 6 }, () => isGivenUp(unlucky, status)).includes(true)),
    false,
  );
});

test("an order is shown where its last step leads, as if every tap had been taken", () => {
  const taps = [tap({ to: "making", seen: 3 }), tap({ verb: "tick", to: "", seen: 4 })];

  const order = projected(taps, "bar-1").get(1);

  assert.deepEqual([order?.to, order?.seen, order?.taps.length], ["making", 5, 2]);
});

test("reading an answer is no step of the order", () => {
  const order = projected([tap({ verb: "seen", to: "", seen: 4 })], "bar-1").get(1);

  assert.equal(order?.seen, 4);
});

test("a batch shows all its orders", () => {
  assert.deepEqual([...projected([tap({ orders: [1, 2] })], "bar-1").keys()], [1, 2]);
});

test("taps of another station change nothing on this board", () => {
  assert.equal(projected([tap({ station: "bar-2" })], "bar-1").size, 0);
});

test("the banner counts what waits and says when it goes", () => {
  const waiting = [tap()];

  assert.equal(
    bannerText({ ...quiet, waiting }),
    "1 tap is kept on this tablet and is sent when the connection is back.",
  );
  assert.equal(
    bannerText({ ...quiet, waiting: [...waiting, ...waiting], signedOut: "yes" }),
    "2 taps are kept on this tablet. Sign in again and they are sent.",
  );
});

test("the banner names whose taps wait for a word, and what was taken at the bar", () => {
  const walkIn = tap({ verb: "new", who: "Latte for Ada" });

  assert.equal(bannerText({ ...quiet, foreign: [tap()], asks: true }), "Not sent yet: what Maya tapped here (1).");
  assert.match(bannerText({ ...quiet, waiting: [walkIn] }), / Taken here: Latte for Ada\.$/);
});

test("a single tap is answered by the server's own sentence alone", () => {
  assert.deepEqual(roundText({ refused: [], late: 1 }), []);
  assert.deepEqual(roundText({ refused: ["No."], late: 0 }), []);
  assert.deepEqual(roundText({ refused: ["No."], late: 2 }), ["2 taps were sent.", "No."]);
});
