// The support desk (templates/support): the inbox rings while somebody waits whom nobody has taken, a conversation sounds
// once for each new text.
import "./ages.js";
import { all, first } from "./dom.js";
import "./events.js";
import "./focus.js";
import "./live.js";
import "./requests.js";
import { play } from "./sound.js";

const AGAIN = 7000; // ms between two sounds
const title = document.title;
const ringing = () => Number(first("#inbox")?.dataset.ringing ?? 0);
const heard = () => all("#talk .by-customer").length;
let before = heard();
let rang = ringing();

function follow() {
  const [waiting, texts] = [ringing(), heard()];
  if (waiting > rang || texts > before) play();
  [rang, before] = [waiting, texts];
  document.title = waiting ? `(${waiting}) ${title}` : title;
}

setInterval(() => ringing() && play(), AGAIN);
document.addEventListener("expresso:shown", follow);
follow();
