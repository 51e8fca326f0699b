// A walk-in, and a change of an order, without leaving the page: a connection that fails costs nothing that was tapped or typed.
//
// Every form is sent from here; the page that answers takes the place of this one. A walk-in that is ready to be placed and finds
// no server is kept with the taps of the tablet (store.js), and the board's outbox sends it once: the form's key is the order's.
(() => {
  "use strict";

  const PATIENCE = 5000; // ms a server may take to answer
  const SLOW = 1000; // ms without an answer until the page says that it asks

  const { store } = window.expresso;
  const desk = () => document.querySelector(".desk");
  const { board, user, name } = desk().dataset;
  let sending = false;

  // A form that the worker had kept, or the browser for Back, may be filled in several times: each of them is an order of its own.
  if (document.documentElement.dataset.kept) {
    drawKeys();
    say("No connection: this form is as it was a while ago. What you take is sent when the connection is back.", "message");
  }

  window.addEventListener("pageshow", (event) => event.persisted && drawKeys());

  function drawKeys() {
    for (const key of document.querySelectorAll("[name=key]")) key.value = newKey();
  }

  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  document.addEventListener("submit", async (event) => {
    const { submitter, target: form } = event;
    if (form.method !== "post") return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    const slow = setTimeout(() => say("Asking the server …", "message"), SLOW);
    await send(form, new URLSearchParams(new FormData(form, submitter)), submitter.textContent.trim());
    clearTimeout(slow);
    sending = false;
  });

  async function send(form, fields, word) {
    const answer = await post(form.action, fields);
    if (answer.done) location.assign(board);
    else if (answer.page) show(answer.page);
    else if (fields.get("step") !== "order") say(`“${word}” needs the server, and there is no connection. Nothing here is lost.`);
    else if (!desk().matches(".desk-walk_in")) say("Not saved: no connection. Nothing here is lost; tap it again.");
    else await keep(form, fields);
  }

  // {done}, {page: the next step}, or {} where there was no answer of ours: no connection, a gateway's fault, a sign-in page.
  async function post(address, fields) {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(address, { method: "POST", body: fields, headers: { "HX-Request": "true" }, signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return { done: response.headers.get("Act") === "done", page: response.ok && page.querySelector(".desk") && page };
    } catch {
      return {};
    }
  }

  function show(page) {
    document.title = page.title;
    desk().replaceWith(page.querySelector(".desk"));
    window.scrollTo(0, 0);
    // As if the page had been opened: the next Tab goes to its first field.
    const heading = desk().querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  async function keep(form, fields) {
    const who = inWords(form);
    fields.delete("csrfmiddlewaretoken"); // the outbox has the one of whoever is signed in then
    const tap = {
      key: fields.get("key"),
      verb: "new",
      path: new URL(form.action).pathname,
      orders: [],
      body: fields.toString(),
      station: board.split("/").filter(Boolean).at(-1),
      was: "",
      to: "",
      seen: 0,
      label: "New order",
      who,
      at: Date.now(),
      user,
      name,
    };
    await store.add(tap);
    if (tap.seq === Infinity) return say("Not saved: no connection, and this browser keeps nothing. Tap it again.");
    // Without a worker, as on plain http, the board cannot be opened now.
    if (navigator.serviceWorker?.controller) return location.assign(board);
    form.remove();
    say(`Kept on this tablet: ${who}. It is sent from the board when the connection is back.`, "message");
  }

  const text = (element) => element.innerText.trim().replace(/\s+/g, " ");

  // What was ordered, for whoever has to call it out before the server knows it.
  function inWords(form) {
    const drinks = Array.from(form.querySelectorAll(".desk-lines li > div"), text);
    const chosen = Array.from(form.querySelectorAll(".tile input:checked"), (input) => text(input.closest("label")));
    const note = form.elements.note?.value.trim();
    const amount = Number(form.elements.quantity?.value) > 1 ? `${form.elements.quantity.value} ` : "";
    if (form.elements.drink) drinks.push(amount + [form.elements.drink.value, ...chosen, note].filter(Boolean).join(", "));
    const whose = form.elements.name.value.trim();
    return drinks.join("; ") + (whose ? ` for ${whose}` : "");
  }

  function say(sentence, style = "message error") {
    const line = Object.assign(document.createElement("p"), { className: style, textContent: sentence });
    desk().querySelector(".desk-said").replaceChildren(line);
    line.scrollIntoView({ block: "nearest" });
  }
})();
