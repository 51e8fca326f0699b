// A field for a colour (input[data-colour]) gets the browser's own picker and says how well letters read on it.

const HEX = /^#[0-9a-f]{6}$/i;

/** @param {string} text */
export const isColour = (text) => HEX.test(text);

/**
 * The share of a colour's channel in its luminance (WCAG 2.2).
 * @param {string} colour
 * @param {number} at
 */
function channel(colour, at) {
  const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/**
 * Black or white, whichever reads better on the colour, and its contrast from 1 to 21. stations/colours.py does the same.
 * @param {string} colour
 */
export function writingOn(colour) {
  const light = 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
  const black = (light + 0.05) / 0.05;
  const white = 1.05 / (light + 0.05);
  return black >= white
    ? { ink: "#000000", word: "Black", ratio: black }
    : { ink: "#ffffff", word: "White", ratio: white };
}

/** @param {HTMLInputElement} field */
function equip(field) {
  const row = document.createElement("span");
  const picker = document.createElement("input");
  const said = document.createElement("output");
  row.className = "colour-row";
  picker.type = "color";
  picker.setAttribute("aria-label", "Pick the colour");
  said.className = "hint help";
  field.before(row);
  row.append(field, picker);
  row.after(said);

  const follow = () => {
    const colour = field.value.trim();
    if (!isColour(colour)) {
      said.value = colour ? "Write # and six digits, or pick a colour." : "No colour of its own: paper and ink.";
      return;
    }
    const on = writingOn(colour);
    picker.value = colour;
    said.value = `${on.word} letters stand on it, contrast ${on.ratio.toFixed(1)} : 1.`;
  };
  field.addEventListener("input", follow);
  picker.addEventListener("input", () => {
    field.value = picker.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  follow();
}

for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-colour]"))) {
  equip(field);
}
