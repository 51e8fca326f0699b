// Signs in with the code of a printed card. The code is the part of the address after "#", which browsers send to no server.
// This script takes the code out of the address at once, so that it does not stay in the tablet's history.
import { byId, one, write } from "./dom.js";

const code = location.hash.slice(1);
if (code) {
  history.replaceState(null, "", location.pathname);
  const form = /** @type {HTMLFormElement} */ (byId("card"));
  /** @type {HTMLInputElement} */ (one("[name=card]", form)).value = code;
  const status = document.getElementById("card-status");
  if (status) write(status, "Signing you in …");
  form.submit();
}
