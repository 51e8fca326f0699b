// The events through which the scripts of a page hear of each other; tests/js/globals.d.ts says what each means.

/**
 * @template {keyof ExpressoEvents} Name
 * @param {Name} name
 * @param {ExpressoEvents[Name]["detail"]} [detail]
 */
export function emit(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

// htmx sends an event for each element that it swaps. Scripts that look at the whole page get one event for all of
// them, before the next paint.
let isTelling = false;

function tellSoon() {
  if (isTelling) return;
  isTelling = true;
  queueMicrotask(() => {
    isTelling = false;
    emit("expresso:shown");
  });
}

document.addEventListener("htmx:afterSwap", tellSoon);
document.addEventListener("htmx:oobAfterSwap", tellSoon);
document.addEventListener("htmx:wsAfterMessage", tellSoon);
document.addEventListener("expresso:moved", tellSoon);
