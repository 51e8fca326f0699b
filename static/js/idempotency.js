// Idempotency keys: the server carries out a request once, however often it arrives with the same key.

/** A new key. `crypto.randomUUID` is missing on plain http in a local network. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
