// Records which controls the Tab key reaches and how their focus looks; see keyboard.py. `window.walk` lasts until the next page.
(() => {
  const TOUCHED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']";
  const CHOICE = "[type=radio], [type=checkbox]";

  const named = (element) => {
    const text = (element.getAttribute("aria-label") || element.textContent || element.name || "")
      .trim()
      .replace(/\s+/g, " ");
    return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}.${element.className} “${text.slice(0, 30)}”`;
  };
  const seen = (element) =>
    element.checkVisibility({ opacityProperty: false, visibilityProperty: true }) &&
    !element.closest("[inert], [aria-hidden=true]");
  const modal = () => document.querySelector("dialog:modal, dialog[aria-modal=true][open]");
  // All controls that can be used now. While a modal dialog is open, only its own controls can.
  const controls = () =>
    Array.from((modal() ?? document).querySelectorAll(TOUCHED)).filter((one) => !one.matches(":disabled") && seen(one));

  // Tab stops once at a radio group, at any of its buttons. Arrow keys move inside the group.
  const stopOf = (element) => {
    if (!element.matches("[type=radio]")) return element;
    const group = Array.from((element.form ?? document).querySelectorAll("[type=radio]")).filter(
      (other) => other.name === element.name && other.form === element.form,
    );
    return group.find((other) => other.checked) ?? group[0];
  };

  // The elements that show a control: the control itself, and the tile that covers a radio button or checkbox.
  const facesOf = (element) => {
    const tile = element.matches(CHOICE) ? [...(element.labels ?? []), element.nextElementSibling] : [];
    return [element, ...tile].filter((face) => face?.checkVisibility({ opacityProperty: true }));
  };
  const lookOf = (element) =>
    facesOf(element)
      .map((face) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } =
          getComputedStyle(face);
        const outline =
          outlineStyle === "none" || parseFloat(outlineWidth) === 0
            ? ""
            : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
        return [outline, boxShadow, borderColor, backgroundColor].join();
      })
      .join(" | ");
  // Tells whether the middle of a control is visible, so that nothing, such as a fixed bar, lies over it.
  const isOpen = (element) => {
    const [box] = element.getClientRects();
    const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return [element, ...facesOf(element)].some((face) => face.contains(hit));
  };

  let steps = [];
  let wanted = new Set();
  let landed = null;
  function note() {
    const element = document.activeElement ?? document.body;
    if (element === steps.at(-1)?.element) return;
    const outside = element === document.body;
    steps.push({ element, look: outside ? "" : lookOf(element), open: outside || isOpen(element) });
  }
  const cameRound = () => new Set(steps.map(({ element }) => element)).size < steps.length;
  const unreached = () => {
    const reached = new Set(steps.map(({ element }) => stopOf(element)));
    return [...wanted].filter((one) => !reached.has(one) && one.isConnected && seen(one));
  };

  // Estimates how often Tab still has to be pressed; 0 when all controls were reached.
  const left = () => (cameRound() || steps.length > 3 * wanted.size + 30 ? 0 : unreached().length + 2);

  const isOnPage = (element) => element !== document.body && element.isConnected;

  const faultsOf = ({ element, look, open }, next) => {
    if (!isOnPage(element)) return [];
    const isBack =
      next && next !== document.body && element.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING;
    return [
      ...(look === lookOf(element) ? [`looks the same in hand: ${named(element)}`] : []),
      ...(open ? [] : [`hidden in hand: ${named(element)}`]),
      ...(isBack ? [`back from ${named(element)} to ${named(next)}`] : []),
    ];
  };

  // When the focus moves up (Shift+Tab), a bar that is fixed to the top can hide the focused control.
  // When it moves down, a bar at the bottom can.
  const hiddenComingBack = (around) =>
    around.toReversed().flatMap(({ element }) => {
      if (!isOnPage(element)) return [];
      element.focus();
      const isHidden = document.activeElement === element && !isOpen(element);
      return isHidden ? [`hidden in hand, coming back: ${named(element)}`] : [];
    });

  window.walk = {
    controls,
    named,
    isModal: () => modal() !== null,

    begin() {
      steps = [];
      wanted = new Set(controls().map(stopOf));
      // Start at the top of the page, wherever the focus was. In a modal dialog this has no effect.
      document.activeElement?.blur();
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
      addEventListener("keydown", note, true);
      return left();
    },

    left,

    // Ends the walk and returns the faults, one line each.
    end() {
      removeEventListener("keydown", note, true);
      document.activeElement?.blur();
      const isFirst = ({ element }, at) => steps.findIndex((step) => step.element === element) === at;
      const around = steps.slice(0, 1 + steps.findLastIndex(isFirst));
      const isTrapped = !around.some(({ element }) => element === document.body) && !modal();
      return [
        ...unreached().map((one) => `not by keyboard: ${named(one)}`),
        ...[...wanted].filter((one) => one.tabIndex > 0).map((one) => `out of turn: ${named(one)}`),
        ...(isTrapped ? ["the keyboard is trapped"] : []),
        ...around.flatMap((step, at) => faultsOf(step, around[at + 1]?.element)),
        ...hiddenComingBack(around),
      ];
    },

    // Focuses the first link. Returns false if this link does not skip to the page's content.
    skip() {
      const link = document.querySelector("a[href]");
      if (!link.hash || link.pathname !== location.pathname || !document.getElementById(link.hash.slice(1)))
        return false;
      landed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
      link.focus();
      return true;
    },
    lands: () => Promise.race([landed, new Promise((resolve) => setTimeout(resolve, 5000))]),
    // Returns a fault if the next Tab after skipping did not reach a control behind the start of the content.
    wrongly() {
      const content = document.getElementById(location.hash.slice(1));
      const comesAfter = (one) => content?.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
      const { activeElement } = document;
      return comesAfter(activeElement) || (content && !controls().some(comesAfter))
        ? []
        : [`from ${location.hash || "the link to the content"} to ${named(activeElement)}`];
    },
  };
})();
