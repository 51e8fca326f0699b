// The taps that wait to be sent, on the device, in the order they were made, until the server has answered them. They
// survive a reload, the tablet's sleep and a killed browser. Where the device keeps nothing, they live as long as the page.

/** @typedef {import("./queue.js").Tap} Tap */

/** @type {Promise<IDBDatabase> | null} */
let opening = null;
/** Taps that could not be written. @type {Tap[]} */
const unwritten = [];

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("expresso", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("taps", { keyPath: "seq", autoIncrement: true });
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      // A browser may close the database while the tablet sleeps.
      database.onclose = () => {
        opening = null;
      };
      resolve(database);
    };
    request.onerror = () => reject(request.error);
  });
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

/**
 * @template Result
 * @param {IDBTransactionMode} mode
 * @param {(taps: IDBObjectStore) => IDBRequest<Result>} work
 * @returns {Promise<Result>}
 */
async function run(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    // Strict durability, because a stored tap must survive an empty battery.
    const transaction = database.transaction("taps", mode, { durability: "strict" });
    const request = work(transaction.objectStore("taps"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/**
 * Stores a tap and sets its position `seq`. Infinity means that it could not be stored and lives in this page only.
 * @param {Tap} tap
 */
export async function add(tap) {
  try {
    tap.seq = Number(await run("readwrite", (taps) => taps.add(tap)));
  } catch {
    tap.seq = Infinity;
    unwritten.push(tap);
  }
}

/**
 * Keeps what has changed on a tap, such as how often the server had a fault on it.
 * @param {Tap} tap
 */
export async function update(tap) {
  if (!unwritten.includes(tap)) await run("readwrite", (taps) => taps.put(tap)).catch(() => null);
}

/** @returns {Promise<Tap[]>} */
export async function all() {
  const kept = await run("readonly", (taps) => /** @type {IDBRequest<Tap[]>} */ (taps.getAll())).catch(() => []);
  return [...kept, ...unwritten];
}

/** @param {Tap} tap */
export async function remove(tap) {
  const at = unwritten.findIndex((other) => other.key === tap.key);
  if (at >= 0) unwritten.splice(at, 1);
  else await run("readwrite", (taps) => taps.delete(/** @type {number} */ (tap.seq))).catch(() => null);
}
