// The live overview (templates/overview/live.html): it sounds once for each new thing that needs somebody.
import "./ages.js";
import { first } from "./dom.js";
import "./events.js";
import "./focus.js";
import "./live.js";
import "./requests.js";
import { play } from "./sound.js";

const title = document.title;
const alerts = () => Number(first("#overview")?.dataset.ringing ?? 0);
let before = alerts();

function follow() {
  const now = alerts();
  if (now > before) play();
  before = now;
  document.title = now ? `(${now}) ${title}` : title;
}

document.addEventListener("expresso:shown", follow);
follow();
