// The taps that wait to be sent: on the device, in the order they were made, until the server has answered them.
// They survive reload, sleep and a killed browser. Where the device keeps nothing, they live as long as the page.
(() => {
  "use strict";

  let opening = null;
  const loose = []; // what could not be written

  function open() {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("expresso", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("taps", { keyPath: "seq", autoIncrement: true });
      request.onsuccess = () => {
        const database = request.result;
        database.onversionchange = () => database.close();
        database.onclose = () => (opening = null); // a tablet that wakes up may find it closed
        resolve(database);
      };
      request.onerror = () => reject(request.error);
    });
    opening.catch(() => (opening = null));
    return opening;
  }

  async function run(mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("taps", mode, { durability: "strict" });
      const request = work(transaction.objectStore("taps"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  window.expresso ??= {};
  window.expresso.store = {
    async add(tap) {
      try {
        tap.seq = await run("readwrite", (taps) => taps.add(tap));
      } catch {
        tap.seq = Infinity;
        loose.push(tap);
      }
    },
    async all() {
      const kept = await run("readonly", (taps) => taps.getAll()).catch(() => []);
      return [...kept, ...loose];
    },
    async remove(tap) {
      const at = loose.findIndex((other) => other.key === tap.key);
      if (at >= 0) loose.splice(at, 1);
      else await run("readwrite", (taps) => taps.delete(tap.seq)).catch(() => null);
    },
  };
})();
