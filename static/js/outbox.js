// Takes every tap on an order, shows at once what it does, and sends them in order: now, or when the connection is back.
//
// A tap goes to the device first (store.js), with a key of its own and the version of the order that the barista saw.
// Whichever tab holds the lock sends, one after the other; the key makes a tap whose answer was lost harmless to send
// again. What the server refused is said in its words.
(() => {
  "use strict";

  const { store } = window.expresso;
  const acts = document.getElementById("acts");
  const steps = document.getElementById("steps");
  if (!acts || !steps) return;

  // Where a tap takes its ticket; a place that is no column of this board is away.
  const TO = {
    start: "making",
    ready: "ready",
    collect: "collected",
    not_collected: "not_collected",
    cancel: "cancelled",
    move: "elsewhere",
  };
  // What else a tap does to its ticket; done again, it changes nothing more.
  const MARKS = {
    start: (ticket, tap) => madeBy(ticket, tap),
    take_over: (ticket, tap) => madeBy(ticket, tap),
    tick: (ticket, tap) => tickOff(ticket, tap, true),
    untick: (ticket, tap) => tickOff(ticket, tap, false),
    accept: (ticket) => answerWish(ticket, true),
    decline: (ticket) => answerWish(ticket, false),
    seen: (ticket) => ticket.querySelector(".answer")?.remove(),
    print: () => {},
    undo: (ticket, tap) => tap.to === "waiting" && madeBy(ticket, null),
  };
  const BACK = { making: "waiting", ready: "making", collected: "ready", not_collected: "ready" };
  const NEXT = { waiting: "start", making: "ready", ready: "collect" };
  const ADDRESS = /\/stations\/([-\w]+)\/(?:orders\/(\d+)\/([a-z_]+)|batch)\/$/;
  const FINAL = new Set([400, 404, 405, 410]); // sending such a tap again is no use
  const PATIENCE = 10000; // ms a server may take to answer
  const SLOWEST = 2000; // ms between two attempts, at most
  const SLOW = 1000; // ms until a tap that is on its way counts as not sent yet
  const FAULTS = 5; // times the server may fail on one tap before the next one gets its turn

  const station = location.pathname.split("/").filter(Boolean).at(-1);
  const me = { user: acts.dataset.user, name: acts.dataset.name };
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("expresso.outbox") : null;

  let taps = []; // as the device has them; a tap stands here a moment sooner
  let connected = true; // by the last answer, or the lack of one
  let signedOut = null; // "yes", or "or not allowed" where only that tap was refused
  let strangers = "ask"; // taps of somebody who was signed in here before are sent only when told to
  let retry = null;
  let failures = 0;
  const gone = new Map(); // tickets that were tapped away and whose tap was not answered yet

  // What a tap does to the page ------------------------------------------------------------------------------------------

  const ticketOf = (pk) => document.getElementById(`order-${pk}`) ?? gone.get(pk);

  function project() {
    const here = taps.filter((tap) => tap.station === station);
    const tapped = new Set(here.flatMap(ordersOf));
    for (const pk of tapped) show(pk, here.filter((tap) => ordersOf(tap).includes(pk)));
    for (const pk of gone.keys()) if (!tapped.has(pk)) gone.delete(pk);
    for (const column of tapped.size ? document.querySelectorAll("#board .column") : []) {
      const count = column.querySelector(".count");
      count.textContent = column.querySelectorAll(".ticket").length + Number(count.dataset.more ?? 0);
    }
  }

  // Taps that an older page kept name one order.
  const ordersOf = (tap) => tap.orders ?? [tap.pk];

  function show(pk, taps) {
    const ticket = ticketOf(pk);
    const to = taps.findLast((tap) => tap.to)?.to;
    document.getElementById(`recent-${pk}`)?.toggleAttribute("data-unsent", true);
    if (!ticket) return;
    for (const tap of taps) MARKS[tap.verb]?.(ticket, tap);
    const list = document.getElementById(`tickets-${to ?? ticket.dataset.status}`);
    if (!list) {
      gone.set(pk, ticket);
      ticket.remove();
      return;
    }
    // Reading an answer is no step of the order.
    ticket.dataset.seen = taps.at(-1).seen + (taps.at(-1).verb === "seen" ? 0 : 1);
    delete ticket.dataset.digest; // it is not what the server rendered any more
    sign(ticket, taps.some(isLate));
    if (to && ticket.dataset.status !== to) restate(ticket, { ...taps.at(-1), pk, to });
    if (ticket.parentElement !== list) place(ticket, list);
  }

  function madeBy(ticket, tap) {
    let marks = ticket.querySelector(".marks");
    marks?.querySelector(".maker")?.remove();
    delete ticket.dataset.maker;
    if (!tap) return;
    ticket.dataset.maker = tap.user;
    if (!marks) {
      marks = Object.assign(document.createElement("p"), { className: "marks" });
      ticket.querySelector(":scope > .lines").before(marks);
    }
    marks.append(Object.assign(document.createElement("span"), { className: "maker", textContent: tap.name }));
  }

  function tickOff(ticket, tap, made) {
    const item = new URLSearchParams(tap.body).get("item");
    const button = ticket.querySelector(`.tick[value="${item}"]`);
    if (!button) return;
    const verb = made ? "untick" : "tick";
    button.setAttribute("aria-pressed", made);
    button.setAttribute("formaction", tap.path.replace(/\w+\/$/, `${verb}/`));
    button.closest(".line").classList.toggle("made", made);
  }

  function answerWish(ticket, yes) {
    const wish = ticket.querySelector(".wish");
    const lines = wish?.querySelector(".lines");
    if (yes && lines) ticket.querySelector(":scope > .lines").replaceWith(lines);
    wish?.remove();
  }

  function restate(ticket, tap) {
    ticket.dataset.status = tap.to;
    const button = ticket.querySelector(".go");
    const step = steps.content.querySelector(`[data-verb="${NEXT[tap.to]}"]`);
    button.dataset.verb = step.dataset.verb;
    button.setAttribute("formaction", `/stations/${tap.station}/orders/${tap.pk}/${step.dataset.verb}/`);
    const [code, name] = [".code", ".name"].map((part) => ticket.querySelector(part).textContent.trim());
    button.setAttribute("aria-label", `${step.textContent.trim()} ${code}, ${name}`);
    button.replaceChildren(...step.cloneNode(true).childNodes);
    if (tap.to !== "ready") return;
    const age = ticket.querySelector(".age time");
    age.dateTime = new Date(tap.at + window.expresso.now() - Date.now()).toISOString();
    age.dataset.age = "plain";
  }

  // Oldest first, as the server has it; where two came at once the next fragment puts it right.
  function place(ticket, list) {
    const after = Array.from(list.children).find((other) => Number(other.id.slice(6)) > Number(ticket.id.slice(6)));
    const focused = ticket.contains(document.activeElement) ? document.activeElement : null;
    if (list.moveBefore && ticket.isConnected) list.moveBefore(ticket, after ?? null);
    else list.insertBefore(ticket, after ?? null);
    focused?.focus({ preventScroll: true });
  }

  function sign(ticket, late) {
    const shown = ticket.querySelector(".unsent");
    if (late && !shown) ticket.querySelector(".ticket-head").after(fromTemplate("unsent-sign"));
    else if (!late) shown?.remove();
  }

  const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const isLate = (tap) => !connected || Date.now() - tap.at > SLOW;

  // Taking a tap ---------------------------------------------------------------------------------------------------------

  document.addEventListener("submit", (event) => {
    const { submitter, target } = event;
    const address = new URL(submitter?.hasAttribute("formaction") ? submitter.formAction : target.action);
    const [, at, pk, verb = "start"] = address.pathname.match(ADDRESS) ?? [];
    if (at !== station || !(verb in TO || verb in MARKS)) return;
    event.preventDefault();
    const fields = new FormData(target, submitter);
    fields.delete("csrfmiddlewaretoken");
    const orders = pk ? [Number(pk)] : fields.get("orders").split(",").map(Number);
    take(submitter, { verb, path: address.pathname, orders, body: new URLSearchParams(fields).toString() });
  });

  function take(button, asked) {
    const [pk] = asked.orders;
    const before = taps.findLast((tap) => ordersOf(tap).includes(pk));
    // The same finger twice: what it wants already stands there.
    if (before && before.path === asked.path && before.body === asked.body && asked.verb !== "undo") return;
    const row = ticketOf(pk) ?? document.getElementById(`recent-${pk}`);
    const was = before?.to || row?.dataset.status;
    const tap = {
      key: window.expresso.newKey(),
      ...asked,
      station,
      was,
      to: leadsTo(asked, was, before, row),
      seen: Number(button?.dataset.seen || row?.dataset.seen || 0),
      label: labelOf(asked.verb),
      who: asked.orders.map(whoIs).join(", "),
      at: Date.now(),
      ...me,
    };
    taps.push(tap);
    project();
    document.dispatchEvent(new CustomEvent("expresso:moved"));
    if (!connected) sayUnsent(tap);
    setTimeout(refresh, SLOW + 10);
    store.add(tap).then(() => {
      tabs?.postMessage({ changed: true });
      send();
    });
  }

  function leadsTo({ verb }, was, before, row) {
    if (verb === "undo") return BACK[was] ?? before?.was ?? "";
    if (verb === "accept" && row?.querySelector(".wish [name=drop]")) return "cancelled";
    return TO[verb] ?? "";
  }

  const labelOf = (verb) => steps.content.querySelector(`[data-verb="${verb}"]`).textContent.trim();

  function whoIs(pk) {
    const row = ticketOf(pk) ?? document.getElementById(`recent-${pk}`);
    const words = [row?.querySelector(".code"), row?.querySelector(".name")];
    return words.map((word) => word?.textContent.trim()).filter(Boolean).join(" ");
  }

  // Sending --------------------------------------------------------------------------------------------------------------

  let sending = false;
  let wanted = false;

  async function send() {
    wanted = true;
    if (sending) return;
    sending = true;
    clearTimeout(retry);
    try {
      while (wanted) {
        wanted = false;
        await alone(sendAll);
      }
    } finally {
      sending = false;
      refresh();
    }
  }

  // Two tabs of one tablet share the device's taps: only one of them sends.
  const alone = (work) => (navigator.locks ? navigator.locks.request("expresso.outbox", work) : work());

  async function sendAll() {
    const report = { said: [], late: 0 };
    const wasAway = !connected; // then every tap has waited, the last one too
    for (;;) {
      await reread();
      const tap = taps[0];
      if (!tap || tap.seq === undefined || (tap.user !== me.user && strangers === "ask")) break;
      const late = wasAway || isLate(tap);
      const answer = await post(tap);
      if (answer.signedOut) return ask(answer.signedOut);
      if (answer.failed && !giveUp(tap, answer.status)) return later();
      if (!connected) document.dispatchEvent(new CustomEvent("expresso:reachable"));
      connected = true;
      failures = 0;
      await store.remove(tap);
      taps = taps.filter((other) => other.key !== tap.key);
      if (late) report.late += 1;
      await settle(tap, answer, report);
    }
    conclude(report);
    // Signed in again in another tab: this one gave up its socket.
    if (signedOut && !taps.length) location.reload();
  }

  async function post(tap) {
    const headers = {
      "HX-Request": "true",
      "Idempotency-Key": tap.key,
      "Content-Type": "application/x-www-form-urlencoded",
      "X-CSRFToken": window.expresso.token() ?? acts.elements.csrfmiddlewaretoken.value,
    };
    if (ordersOf(tap).length === 1) headers["Seen-Version"] = String(tap.seen);
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(tap.path, { method: "POST", headers, body: tap.body, signal });
      const html = await response.text();
      const { status } = response;
      const login = new URL(response.url).pathname.startsWith("/accounts/login/");
      if (login || status === 401) return { signedOut: "yes" };
      if (status === 403) return { signedOut: "or not allowed" };
      const done = response.headers.get("Act");
      // Without its mark an answer is not ours but a gateway's, or a portal's on the way.
      return done || FINAL.has(status) ? { html, done, status } : { failed: true, status };
    } catch {
      return { failed: true, status: 0 };
    }
  }

  // A tap that the server itself cannot digest must not hold up those behind it for ever.
  function giveUp(tap, status) {
    tap.faults = (tap.faults ?? 0) + (status === 500 ? 1 : 0);
    return tap.faults >= FAULTS;
  }

  async function settle(tap, answer, report) {
    if (answer.done !== "done") {
      report.said.push(wordsOf(answer) ?? `“${tap.label} ${tap.who}” was not saved (${answer.status}).`);
      await forgetWhatRested(tap);
    }
    if (!answer.done) document.dispatchEvent(new CustomEvent("expresso:stale"));
    else if (tap.station === station) {
      document.dispatchEvent(new CustomEvent("expresso:answer", { detail: answer.html }));
    }
    project();
    tabs?.postMessage({ changed: true });
  }

  // An undo of a step that was never made would take back somebody else's.
  async function forgetWhatRested(on) {
    const at = taps.findIndex((tap) => ordersOf(tap).some((pk) => ordersOf(on).includes(pk)));
    if (at < 0 || taps[at].verb !== "undo") return;
    await store.remove(taps[at]);
    taps.splice(at, 1);
  }

  function wordsOf(answer) {
    const at = answer.html?.lastIndexOf('<div id="said"') ?? -1;
    if (!answer.done || at < 0) return null;
    const holder = document.createElement("template");
    holder.innerHTML = answer.html.slice(at);
    return holder.content.querySelector(".said-text")?.textContent.trim();
  }

  function conclude({ said, late }) {
    // One tap at a time is answered by the server's own sentence, with its undo.
    if (late > 1 || said.length > 1 || (said.length && late)) {
      const count = late > 1 ? [`${late} taps were sent.`] : [];
      say([...count, ...said], { problem: said.length > 0 });
      tabs?.postMessage({ said: [...count, ...said], problem: said.length > 0 });
    }
  }

  function later() {
    if (connected) sayUnsent(taps.at(-1));
    connected = false;
    failures += 1;
    clearTimeout(retry);
    retry = setTimeout(send, Math.min(SLOWEST, 500 * 2 ** failures) * (0.5 + Math.random() / 2));
  }

  function ask(why) {
    signedOut = why;
    // Whoever may look on but not act keeps a live page.
    if (why === "yes") document.dispatchEvent(new CustomEvent("expresso:signed-out"));
  }

  // What is said ---------------------------------------------------------------------------------------------------------

  function say(sentences, { problem = false, undo = null } = {}) {
    const bar = document.getElementById("said");
    const words = document.createElement("div");
    for (const sentence of sentences) {
      const line = document.createElement("p");
      line.className = problem ? "said-text problem" : "said-text";
      line.textContent = sentence;
      words.append(line);
    }
    bar.replaceChildren(words);
    if (undo) bar.append(undo);
  }

  function sayUnsent(tap) {
    const undo = fromTemplate("unsent-undo");
    const [pk, another] = ordersOf(tap);
    undo.setAttribute("formaction", `/stations/${station}/orders/${pk}/undo/`);
    undo.dataset.seen = tap.seen + 1;
    const goesBack = tap.verb in TO && tap.verb !== "move" && !another;
    say([`${tap.label} ${tap.who}: kept on this tablet, not sent yet.`], { undo: goesBack ? undo : null });
  }

  // For live.js: whether the ticket is as a finger wants it and not as a frame has it.
  window.expresso.holds = (pk) => taps.some((tap) => ordersOf(tap).includes(pk));

  // How many wait, and for what.
  function refresh() {
    project();
    const banner = document.getElementById("outbox");
    const foreign = taps.filter((tap) => tap.user !== me.user);
    const waiting = taps.filter((tap) => isLate(tap) || signedOut);
    const asks = foreign.length > 0 && strangers === "ask";
    banner.hidden = !asks && !waiting.length;
    const one = waiting.length === 1;
    const kept = one ? "1 tap is kept on this tablet" : `${waiting.length} taps are kept on this tablet`;
    let text = `${kept} and ${one ? "is" : "are"} sent when the connection is back.`;
    if (signedOut) text = `${kept}. Sign in again and ${one ? "it is" : "they are"} sent.`;
    if (signedOut === "or not allowed") text = `${kept}: you are signed out, or may not do this.`;
    if (asks) text = `Not sent yet: what ${foreign[0].name} tapped here (${foreign.length}).`;
    const orders = waiting.filter((tap) => tap.verb === "new").map((tap) => tap.who);
    if (orders.length) text += ` Taken here: ${orders.join("; ")}.`;
    const place = banner.querySelector("[data-outbox-text]");
    if (place.textContent !== text) place.textContent = text;
    const link = banner.querySelector("[data-outbox-sign-in]");
    link.hidden = asks || signedOut !== "or not allowed"; // the other banner has it where the session has ended
    link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
    banner.querySelector("[data-outbox-send]").hidden = !asks;
    banner.querySelector("[data-outbox-forget]").hidden = !asks && !signedOut;
  }

  document.getElementById("outbox").addEventListener("click", async (event) => {
    if (event.target.closest("[data-outbox-send]")) strangers = "send";
    else if (!event.target.closest("[data-outbox-forget]")) return;
    else for (const tap of signedOut ? taps : taps.filter((other) => other.user !== me.user)) await store.remove(tap);
    signedOut = null;
    await reread();
    document.dispatchEvent(new CustomEvent("expresso:stale"));
    refresh();
    send();
  });

  // Staying true ---------------------------------------------------------------------------------------------------------

  async function reread() {
    const kept = await store.all();
    const keys = new Set(kept.map((tap) => tap.key));
    // What was tapped a moment ago is not written yet.
    taps = [...kept, ...taps.filter((tap) => tap.seq === undefined && !keys.has(tap.key))];
  }

  tabs?.addEventListener("message", async ({ data }) => {
    if (data.said) say(data.said, data);
    if (!data.changed) return;
    const before = taps.length;
    await reread();
    refresh();
    if (taps.length < before) document.dispatchEvent(new CustomEvent("expresso:stale"));
  });
  for (const event of ["htmx:afterSwap", "htmx:oobAfterSwap"]) document.addEventListener(event, project);
  document.addEventListener("expresso:live", () => send());
  window.addEventListener("online", () => send());
  document.addEventListener("visibilitychange", () => document.hidden || send());

  reread().then(() => {
    refresh();
    if (taps.length) send();
  });
})();
