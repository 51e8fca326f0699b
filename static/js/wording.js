// Counts a sentence while it is written, with the longest names that can come into it, as the server does when it is
// saved (sms/segments.py). What it counts by stands in the page as JSON: sms/wording/limits.py, Draft.as_json.
(() => {
  "use strict";

  const written = document.querySelector("[data-sentence]");
  const given = document.getElementById("sentence-limits");
  const counter = document.getElementById("counter");
  if (!written || !given || !counter) return;

  const limits = JSON.parse(given.textContent);
  const gsm7 = new Set(limits.gsm7);
  const extension = new Set(limits.extension);
  const standard = document.querySelector("[data-shown=text]").textContent;

  function atWorst(own) {
    const plain = Array.from(own.trim().replace(/\s+/g, " "), (char) => limits.plain[char] ?? char).join("");
    return limits.frame.replace("{}", () => plain).replace(/\{(\w+)\}/g, (whole, name) => limits.longest[name] ?? whole);
  }

  function measure(text) {
    const chars = Array.from(text);
    const coding = chars.every((char) => gsm7.has(char)) ? "GSM-7" : "UCS-2";
    const [room, joined] = coding === "GSM-7" ? [160, 153] : [70, 67];
    const widths = chars.map((char) => (coding === "GSM-7" ? 1 + extension.has(char) : char.length));
    const units = widths.reduce((sum, width) => sum + width, 0);
    let segments = 1;
    let used = 0;
    for (const width of widths) {
      // A character of two units is never torn apart.
      if (used + width > joined) {
        segments += 1;
        used = 0;
      }
      used += width;
    }
    return { coding, units, room, segments: units <= room ? 1 : segments };
  }

  function show() {
    const text = written.value.trim() ? atWorst(written.value) : standard;
    const shown = { text, ...measure(text) };
    for (const [name, value] of Object.entries(shown)) {
      counter.querySelector(`[data-shown=${name}]`).textContent = value;
    }
    counter.classList.toggle("too-long", shown.segments > limits.most);
  }

  written.addEventListener("input", show);
  show();
})();
