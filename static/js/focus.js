// What somebody has in hand by keyboard may leave the page: a ticket with its order, a row that is drawn anew. The focus then goes to
// what took its place, or to the nearest control: lost, the next Tab and every shortcut would begin at the top of the page.
// [data-next] on an element around names the controls of it that one wants most.
(() => {
  "use strict";

  const CONTROLS = "a[href], button, summary, input:not([type=hidden]), select, textarea";
  let last = null;

  // A finger needs no focus, and would only find a keyboard on its screen.
  document.addEventListener("focusin", ({ target }) => (last = target.matches(":focus-visible") ? target : null));
  document.addEventListener("pointerdown", () => (last = null), true);

  const isOpen = (control) => !control.disabled && control.tabIndex >= 0 && control.checkVisibility({ visibilityProperty: true });
  const controlsIn = (place, which = CONTROLS) => Array.from(place?.querySelectorAll?.(which) ?? []).filter(isOpen);
  const words = (control) => control.getAttribute("aria-label") ?? control.textContent.trim();

  // The same element again, by the nearest id.
  function redrawn() {
    for (let old = last; old; old = old.parentElement) {
      const now = old.id && document.getElementById(old.id);
      if (now) return now;
    }
    return null;
  }

  function next({ target, nextSibling, previousSibling }) {
    const now = redrawn();
    const again = [now, target].flatMap((place) => controlsIn(place)).find((control) => words(control) === words(last));
    if (again) return again;
    const board = target.closest("[data-next]");
    const wanted = board?.dataset.next ?? CONTROLS;
    const scope = target.closest("dialog[open]") ?? document;
    const after = nextSibling?.tagName ? nextSibling : nextSibling?.nextElementSibling;
    const before = previousSibling?.tagName ? previousSibling : previousSibling?.previousElementSibling;
    const around = [now, after, before, board].filter((place) => place && scope.contains(place));
    const [near] = around.flatMap((place) => controlsIn(place, wanted));
    if (near) return near;
    const all = controlsIn(scope);
    const follows = (control) => target.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING;
    return all.find(follows) ?? all.at(-1);
  }

  new MutationObserver((records) => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    const record = records.find(({ removedNodes }) => Array.from(removedNodes).some((node) => node.contains(last)));
    if (record?.target.isConnected) next(record)?.focus();
    else last = null;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
