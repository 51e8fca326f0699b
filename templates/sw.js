// The service worker of the site. When the server cannot, it serves a board's page with the last board, its styles and
// scripts, and the forms of walk-ins. For any other page it has one that says so (templates/offline.html).
//
// Rendered by expresso/shell.py. `version` changes with every static file, so that old caches go. The kept pages belong to
// whoever is signed in: signing in or out, and a server that asks to sign in, deletes them.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
/** @type {string[]} */
const SHELL = JSON.parse("{{ shell|escapejs }}");
const SHELL_CACHE = "expresso-shell-{{ version }}";
const OFFLINE = "{% url 'offline' %}";
const PAGES = "expresso-pages-{{ version }}";
const BOARD = /^\/stations\/[-\w]+\/$/;
const WALK_IN = /^\/stations\/[-\w]+\/new\/$/;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const PATIENCE = 4000; // ms a server may take for a page that is kept here

worker.addEventListener("install", (event) => {
  const filled = caches.open(SHELL_CACHE).then((cache) => cache.addAll([...SHELL, OFFLINE]));
  event.waitUntil(filled.then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => worker.clients.claim()));
});

async function dropOld() {
  for (const name of await caches.keys()) if (name !== SHELL_CACHE && name !== PAGES) await caches.delete(name);
}

worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  const answer = event.request.method === "GET" ? answerTo(event, url) : answerToPost(event.request, url.pathname);
  if (answer) event.respondWith(answer);
});

/**
 * @param {Request} request
 * @param {string} path
 * @returns {Promise<Response> | null}
 */
function answerToPost(request, path) {
  if (request.method !== "POST") return null;
  if (/^\/accounts\/log(in|out)\/$/.test(path)) return somebodyElse(request);
  // A form of the bar that no script takes. The page that answers says that it was not sent, and does not send it.
  const isForm = request.mode === "navigate" && path.startsWith("/stations/");
  return isForm ? fetch(request).catch(() => noConnection(path, "data-unsent")) : null;
}

/**
 * @param {FetchEvent} event
 * @param {URL} url
 * @returns {Promise<Response> | null}
 */
function answerTo(event, { pathname, search }) {
  const { request } = event;
  if (pathname.startsWith("/static/")) return file(request, pathname);
  if (BOARD.test(pathname) && !request.headers.has("HX-Request")) return page(event, pathname);
  if (request.mode !== "navigate") return null;
  if (pathname === "/") return home(request);
  if (WALK_IN.test(pathname)) return page(event, pathname + search);
  return fetch(request).catch(() => noConnection(pathname));
}

/**
 * Signs in or out. The pages are deleted before and after, because one that was on its way may come in between.
 * @param {Request} request
 */
async function somebodyElse(request) {
  await caches.delete(PAGES);
  try {
    return await fetch(request);
  } finally {
    await caches.delete(PAGES);
  }
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function file(request, path) {
  const kept = await caches.match(path, { cacheName: SHELL_CACHE });
  if (kept && HASHED.test(path)) return kept;
  return fetch(request).catch((error) => kept ?? Promise.reject(error));
}

/**
 * The server's page; the kept one where there is none, or none in time.
 * @param {FetchEvent} event
 * @param {string} path
 */
async function page(event, path) {
  const fresh = fetch(event.request);
  // Kept also where it comes too late to be shown.
  event.waitUntil(fresh.then((response) => keep(path, response.clone())).catch(() => null));
  /** @type {Promise<null>} */
  const late = new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE));
  try {
    const response = await Promise.race([fresh, late]);
    if (response && response.status < 500) return response;
    return (await keptPage(path)) ?? (await fresh);
  } catch {
    return (await keptPage(path)) ?? noConnection(path);
  }
}

/**
 * The page that says that there is no connection, with the way back to the board that `path` belongs to.
 * @param {string} path
 * @param {"data-opens" | "data-unsent"} mark  "data-opens": the page opens what was asked for by itself
 */
async function noConnection(path, mark = "data-opens") {
  const kept = await caches.match(OFFLINE, { cacheName: SHELL_CACHE });
  const board = path.match(/^\/stations\/[-\w]+\//)?.[0] ?? "/";
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const html = (await kept?.text())?.replace('href="/" data-board', `href="${board}"`);
  return new Response(html?.replace("<html ", `<html ${mark} `), { status: 503, headers });
}

/**
 * @param {string} path
 * @param {Response} response
 */
async function keep(path, response) {
  const pages = await caches.open(PAGES);
  if (response.status === 200 && !response.redirected) {
    const headers = new Headers(response.headers);
    headers.set("Kept-At", String(Date.now()));
    headers.delete("Content-Encoding");
    await pages.delete(boardOf(path));
    await pages.put(path, new Response(await response.text(), { headers }));
  } else if (response.status < 500) {
    // Signed out, not allowed, or gone: nobody may see the kept page any more.
    await pages.delete(path);
    await pages.delete(boardOf(path));
  }
}

/**
 * Where the last board of a page is kept, beside the page.
 * @param {string} path
 */
const boardOf = (path) => `${path}?board`;

// From static/js/keep.js.
worker.addEventListener("message", (event) => {
  const { path, board, forms } = event.data;
  event.waitUntil(forms ? keepForms(forms) : keepBoard(path, board));
});

/**
 * @param {string} path
 * @param {string} board
 */
async function keepBoard(path, board) {
  const pages = await caches.open(PAGES);
  // Only beside its page, which a sign-out has deleted.
  if (!(await pages.match(path, { ignoreVary: true }))) return;
  await pages.put(boardOf(path), new Response(board, { headers: { "Kept-At": String(Date.now()) } }));
}

/**
 * Keeps forms one after the other, as nobody waits for them. The first path is the menu's, and beside it is noted when all
 * of them had come.
 * @param {[string, ...string[]]} paths
 */
async function keepForms(paths) {
  for (const path of paths) {
    const response = await fetch(path).catch(() => null);
    if (!response?.ok || response.redirected) return;
    await keep(path, response);
  }
  const pages = await caches.open(PAGES);
  // Unless a sign-out has deleted them meanwhile.
  if (!(await pages.match(paths[0], { ignoreVary: true }))) return;
  await pages.put(`${paths[0]}?complete`, new Response("", { headers: { "Kept-At": String(Date.now()) } }));
}

/**
 * The page as it was loaded, with the board as it was last; `data-kept` says from when that is.
 * @param {string} path
 */
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

/**
 * The first page of the installed site: without a server, the board that was open last.
 * @param {Request} request
 */
async function home(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = await (await caches.open(PAGES)).keys();
    const last = kept.map(({ url }) => new URL(url)).findLast((url) => BOARD.test(url.pathname) && !url.search);
    return last ? Response.redirect(last.pathname) : noConnection("/");
  }
}
