// The home page (templates/home.html) follows the event; the title counts what needs somebody.
import "./ages.js";
import { first } from "./dom.js";
import "./focus.js";
import "./live.js";
import "./requests.js";

const title = document.title;

function follow() {
  const alerts = Number(first("#now")?.dataset.ringing ?? 0);
  document.title = alerts ? `(${alerts}) ${title}` : title;
}

document.addEventListener("expresso:shown", follow);
follow();
