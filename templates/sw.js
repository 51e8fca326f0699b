// The site's worker: serves a board's page, its styles and scripts, the last board, and the forms of walk-ins, when the server
// cannot; of any other page, a page of ours that says so.
//
// Rendered by expresso/shell.py: `version` changes with every file of the shell, so that old caches can go. Kept pages are
// those of whoever is signed in; signing in or out, and a server that asks to sign in, throws them away.
"use strict";

const SHELL = {{ shell|safe }};
const SHELL_CACHE = "expresso-shell-{{ version }}";
const OFFLINE = "{% url "offline" %}";
const PAGES = "expresso-pages-{{ version }}";
const BOARD = /^\/stations\/[-\w]+\/$/;
const WALK_IN = /^\/stations\/[-\w]+\/new\/$/;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const PATIENCE = 4000; // ms a server may take for a page that is kept here

self.addEventListener("install", (event) => {
  const filled = caches.open(SHELL_CACHE).then((cache) => cache.addAll([...SHELL, OFFLINE]));
  event.waitUntil(filled.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

async function dropOld() {
  for (const name of await caches.keys()) if (name !== SHELL_CACHE && name !== PAGES) await caches.delete(name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && /^\/accounts\/log(in|out)\/$/.test(url.pathname)) {
    event.respondWith(somebodyElse(request));
  }
  // Forms of the bar that no script takes: what was not sent is said, by a page that does not send it by itself.
  if (request.method === "POST" && request.mode === "navigate" && url.pathname.startsWith("/stations/")) {
    event.respondWith(fetch(request).catch(() => noConnection(url.pathname, "data-unsent")));
  }
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request, url));
  else if (BOARD.test(url.pathname) && !request.headers.has("HX-Request")) event.respondWith(page(event, url.pathname));
  else if (request.mode === "navigate" && url.pathname === "/") event.respondWith(home(request));
  else if (request.mode === "navigate" && WALK_IN.test(url.pathname)) event.respondWith(page(event, url.pathname + url.search));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => noConnection(url.pathname)));
});

// Again afterwards: a page that was on its way may have come in between.
async function somebodyElse(request) {
  await caches.delete(PAGES);
  try {
    return await fetch(request);
  } finally {
    await caches.delete(PAGES);
  }
}

async function file(request, url) {
  const kept = await caches.match(url.pathname, { cacheName: SHELL_CACHE });
  if (kept && HASHED.test(url.pathname)) return kept;
  return fetch(request).catch((error) => kept ?? Promise.reject(error));
}

// The server's page; the kept one where there is none, or none in time.
async function page(event, path) {
  const fresh = fetch(event.request);
  // Also where it comes too late to be shown.
  event.waitUntil(fresh.then((response) => keep(path, response.clone())).catch(() => null));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const response = await Promise.race([fresh, late]);
    if (response && response.status < 500) return response;
    return (await keptPage(path)) ?? (await fresh);
  } catch {
    return (await keptPage(path)) ?? noConnection(path);
  }
}

// With the way back to the board that the page belongs to.
async function noConnection(path, mark = "data-opens") {
  const page = await (await caches.match(OFFLINE, { cacheName: SHELL_CACHE })).text();
  const board = path.match(/^\/stations\/[-\w]+\//)?.[0] ?? "/";
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const html = page.replace('href="/" data-board', `href="${board}"`).replace("<html ", `<html ${mark} `);
  return new Response(html, { status: 503, headers });
}

async function keep(path, response) {
  const pages = await caches.open(PAGES);
  if (response.status === 200 && !response.redirected) {
    const headers = new Headers(response.headers);
    headers.set("Kept-At", Date.now());
    headers.delete("Content-Encoding");
    await pages.delete(boardOf(path));
    await pages.put(path, new Response(await response.text(), { headers }));
  } else if (response.status < 500) {
    // Signed out, not allowed, gone: it is nobody's page any more.
    await pages.delete(path);
    await pages.delete(boardOf(path));
  }
}

const boardOf = (path) => `${path}?board`;

self.addEventListener("message", (event) => {
  const { path, board, forms } = event.data;
  event.waitUntil(forms ? keepForms(forms) : keepBoard(path, board));
});

async function keepBoard(path, board) {
  const pages = await caches.open(PAGES);
  // Only beside its page, which a sign-out has thrown away.
  if (!(await pages.match(path, { ignoreVary: true }))) return;
  await pages.put(boardOf(path), new Response(board, { headers: { "Kept-At": Date.now() } }));
}

// One after the other: nobody waits for them. The first is the menu's; beside it stands when all had come.
async function keepForms(paths) {
  for (const path of paths) {
    const response = await fetch(path).catch(() => null);
    if (!response?.ok || response.redirected) return;
    await keep(path, response);
  }
  const pages = await caches.open(PAGES);
  // Unless a sign-out has thrown them away meanwhile.
  if (!(await pages.match(paths[0], { ignoreVary: true }))) return;
  await pages.put(`${paths[0]}?complete`, new Response("", { headers: { "Kept-At": Date.now() } }));
}

// The page as it was loaded, with the board as it was last; it says of itself from when that is.
async function keptPage(path) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(path, { ignoreVary: true });
  if (!kept) return null;
  const board = await pages.match(boardOf(path));
  const at = (board ?? kept).headers.get("Kept-At");
  const html = (await kept.text()).replace("<html ", `<html data-kept="${at}" `);
  const parts = html.split("<!-- board -->");
  if (board && parts.length === 3) parts[1] = await board.text();
  return new Response(parts.join(""), { headers: kept.headers });
}

// The installed page begins here: without a server, with the board that was open last.
async function home(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = await (await caches.open(PAGES)).keys();
    const last = kept.map((one) => new URL(one.url)).findLast((url) => BOARD.test(url.pathname) && !url.search);
    return last ? Response.redirect(last.pathname) : noConnection("/");
  }
}
