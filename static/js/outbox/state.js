// What the outbox knows at this moment, for the scripts that ask about it.
import { lastOn } from "./queue.js";

export const state = {
  /** As the device has them; a tap stands here a moment sooner. @type {import("./queue.js").Tap[]} */
  taps: [],
  /** By the last answer of the server, or the lack of one. */
  isConnected: true,
  /** Why the server took no tap; "or not allowed" where it refused that one alone. @type {"" | "yes" | "or not allowed"} */
  signedOut: "",
  /** Taps of somebody who was signed in here before are sent only when somebody says so. */
  sendsForeign: false,
};

/**
 * Whether a tap on this order waits for its answer: its ticket is then as the finger wants it, not as a frame has it.
 * @param {number} pk
 */
export const isHeld = (pk) => lastOn(state.taps, pk) !== undefined;
