// Signs in with the code of a printed card. It stands behind the "#" of the address, which no server is sent; it leaves the
// address at once, so that the next person at the tablet does not find it in the history.
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
