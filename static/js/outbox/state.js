// The current state of the outbox, for other scripts.
import { lastOn } from "./queue.js";

export const state = {
  /** The taps on the device, including one that is just being written. @type {import("./queue.js").Tap[]} */
  taps: [],
  /** Whether the last request got an answer. */
  isConnected: true,
  /** Why the server refused taps: "yes" if nobody is signed in, "or not allowed" if it refused only this tap. @type {""
  | "yes" | "or not allowed"} */
  signedOut: "",
  /** Whether to send taps of the person who was signed in before; the current person decides. */
  sendsForeign: false,
};

/**
 * Whether a tap on this order has no answer yet. Its ticket then shows the effect of the tap, not the server's frame.
 * @param {number} pk
 */
export const isHeld = (pk) => lastOn(state.taps, pk) !== undefined;
