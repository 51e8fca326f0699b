// Counts a sentence while it is written, with the longest names that can come into it, as the server does when it is saved
// (sms/segments.py). The page brings the limits as JSON (sms/wording/limits.py).
import { byId, one } from "./dom.js";

/**
 * @typedef {object} Limits
 * @property {string[]} gsm7
 * @property {string[]} extension  characters that take two units
 * @property {Record<string, string>} plain  character → what is sent in its place
 * @property {string} frame  the whole text, with {} for the sentence
 * @property {Record<string, string>} longest  placeholder → the longest value it can have
 * @property {number} most  segments
 */

/** @param {HTMLTextAreaElement | HTMLInputElement} written */
function begin(written) {
  /** @type {Limits} */
  const limits = JSON.parse(byId("sentence-limits").textContent ?? "");
  const gsm7 = new Set(limits.gsm7);
  const extension = new Set(limits.extension);
  const counter = byId("counter");
  const standard = one("[data-shown=text]").textContent ?? "";

  /** @param {string} own */
  function longest(own) {
    const plain = Array.from(own.trim().replace(/\s+/g, " "), (char) => limits.plain[char] ?? char).join("");
    return limits.frame.replace("{}", () => plain).replace(/\{(\w+)\}/g, (all, name) => limits.longest[name] ?? all);
  }

  /** @param {string} text */
  function measure(text) {
    const chars = Array.from(text);
    const isGsm7 = chars.every((char) => gsm7.has(char));
    const [room, joined] = isGsm7 ? [160, 153] : [70, 67];
    const widths = chars.map((char) => (isGsm7 ? 1 + Number(extension.has(char)) : char.length));
    const units = widths.reduce((sum, width) => sum + width, 0);
    const segments = units <= room ? 1 : segmentsOf(widths, joined);
    return { coding: isGsm7 ? "GSM-7" : "UCS-2", units, room, segments };
  }

  function show() {
    const text = written.value.trim() ? longest(written.value) : standard;
    const shown = { text, ...measure(text) };
    for (const [name, value] of Object.entries(shown)) {
      one(`[data-shown=${name}]`, counter).textContent = String(value);
    }
    counter.classList.toggle("too-long", shown.segments > limits.most);
  }

  written.addEventListener("input", show);
  show();
}

/**
 * @param {number[]} widths
 * @param {number} room  units that a segment of several takes
 */
function segmentsOf(widths, room) {
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    // A character of two units is never split over two segments.
    if (used + width > room) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return segments;
}

/** @type {HTMLTextAreaElement | null} */
const field = document.querySelector("[data-sentence]");
if (field && document.getElementById("sentence-limits") && document.getElementById("counter")) begin(field);
