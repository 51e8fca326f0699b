import assert from "node:assert/strict";
import { test } from "node:test";
import { ageInWords, lateness, waitInWords } from "../../static/js/age-words.js";

test("an age is now, then minutes, hours with minutes, and days", () => {
  const seconds = [0, 59, 60, 119, 3599, 3600, 3900, 86_399, 86_400, 3 * 86_400];

  const words = seconds.map((each) => ageInWords(each, "en"));

  assert.deepEqual(words, [
    "now",
    "now",
    "1 min",
    "1 min",
    "59 min",
    "1 hr 0 min",
    "1 hr 5 min",
    "23 hr 59 min",
    "1 day",
    "3 days",
  ]);
});

test("an age is said as the page's language says it", () => {
  const words = ["de", "es", "fr"].map((language) => ageInWords(2 * 86_400, language).replace(/\s/g, " "));

  assert.deepEqual(words, ["2 Tg.", "2 d", "2 j"]);
});

test("a wait is rounded up, so that nobody comes back too early", () => {
  assert.equal(waitInWords(61, "en"), "2 min");
  assert.equal(waitInWords(1, "en"), "1 min");
});

test("nothing is counted down to what is over or a day ahead", () => {
  assert.equal(waitInWords(0, "en"), "");
  assert.equal(waitInWords(-5, "en"), "");
  assert.equal(waitInWords(86_400, "en"), "");
});

test("an age is marked from each limit on", () => {
  const marks = [4.9, 5, 7.9, 8].map((minutes) => lateness(minutes, { warn: 5, late: 8 }, { from: 2, to: 4 }));

  assert.deepEqual(marks, ["", "warn", "warn", "late"]);
});

test("an order is not late before the wait that was promised is over", () => {
  const marks = [8, 34, 35, 49, 50].map((minutes) => lateness(minutes, { warn: 5, late: 8 }, { from: 35, to: 50 }));

  assert.deepEqual(marks, ["", "", "warn", "warn", "late"]);
});
