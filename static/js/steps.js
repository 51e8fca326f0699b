// The state machine of an order, as JSON from the server (orders/steps.py).
import { byId } from "./dom.js";

/**
 * @typedef {object} Verb
 * @property {string[]} of  statuses that allow it
 * @property {string} label
 * @property {string} unsent  what is said while a tap is not sent; "" for the label
 * @property {string} to  the status it leads to; "" leaves the status as it is
 * @property {boolean} leaves  the order leaves this board for another one
 */

/**
 * @typedef {object} Shown
 * @property {string} word  in the dialog of an order
 * @property {string} next  the verb of the ticket's big button
 * @property {string} back  the status that an undo leads to
 * @property {boolean} isStarted  somebody has started it, or it is closed
 * @property {boolean} isBeingMade
 * @property {boolean} isMade  its cups are made
 */

/** @typedef {{ verbs: Record<string, Verb>, statuses: Record<string, Shown> }} Steps */

/** @type {Steps} */
export const STEPS = JSON.parse(byId("step-tables").textContent ?? "");
