// Ages and waits in words, in the language of the page: "now", "4 min", "1 hr 5 min", "2 days".

// Formatters are cached: making one takes longer than using it, and a full board has hundreds of ages.
/** @type {Map<string, Intl.NumberFormat>} */
const formatters = new Map();

/**
 * @param {number} count
 * @param {string} unit
 * @param {string} language
 */
function counted(count, unit, language) {
  const name = `${unit} ${language}`;
  const formatter =
    formatters.get(name) ?? new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" });
  formatters.set(name, formatter);
  return formatter.format(count);
}

/**
 * @param {number} seconds
 * @param {string} language
 */
export function ageInWords(seconds, language) {
  if (seconds < 60) return "now";
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return counted(minutes, "minute", language);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return counted(Math.floor(hours / 24), "day", language);
  return `${counted(hours, "hour", language)} ${counted(minutes % 60, "minute", language)}`;
}

/**
 * How long until a moment, rounded up so that nobody comes back a minute too early. Empty when the moment is over or more
 * than a day ahead.
 * @param {number} seconds
 * @param {string} language
 */
export function waitInWords(seconds, language) {
  if (seconds <= 0 || seconds >= 86_400) return "";
  return ageInWords(60 * Math.ceil(seconds / 60), language);
}

/**
 * "warn" or "late" from the limits of the board on, but not before the wait that was promised; "" before.
 * @param {number} minutes  since the order was placed
 * @param {{ warn: number, late: number }} limits  of the board, in minutes
 * @param {{ from: number, to: number }} promised  in minutes as well
 */
export function lateness(minutes, limits, promised) {
  if (minutes >= Math.max(limits.late, promised.to)) return "late";
  return minutes >= Math.max(limits.warn, promised.from) ? "warn" : "";
}
