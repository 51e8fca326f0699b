// What is wrong with the page as it stands now, one line a fault. Runs with axe-core in the page; see test_pages.py.
async ({ least, rules }) => {
  const faults = [];
  const named = (element) => {
    const text = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim().slice(0, 30);
    return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}.${element.className} “${text}”`;
  };

  const found = await axe.run(document, { resultTypes: ["violations"], preload: false, elementRef: false, ...(rules ? { runOnly: { type: "rule", values: rules } } : {}) });
  for (const { id, nodes } of found.violations) {
    for (const node of nodes) {
      faults.push(`axe ${id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ")}`);
    }
  }

  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`wider than the screen: ${root.scrollWidth} of ${root.clientWidth}`);

  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest("[inert], [aria-hidden=true]");
  const TOUCHED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  for (const element of document.querySelectorAll(TOUCHED)) {
    if (element.disabled || !seen(element)) continue;
    // A link in a sentence is as high as its line.
    if (element.matches("a") && getComputedStyle(element).display === "inline" && [...element.parentNode.childNodes].some((node) => node !== element && node.nodeType === 3 && node.data.trim())) continue;
    const area = element.matches("input") && element.labels?.length && element.matches("[type=radio], [type=checkbox]") ? element.labels[0] : element;
    const { width, height } = area.getBoundingClientRect();
    if (width === 0 || element.closest(".unseen, .skip")) continue;
    if (width < least || height < least) faults.push(`small: ${named(element)} ${width.toFixed(0)} × ${height.toFixed(0)}`);
  }

  // Whoever works by keyboard reaches each, and sees where they are.
  const ringed = (element) => element && getComputedStyle(element).outlineStyle !== "none" && parseFloat(getComputedStyle(element).outlineWidth) > 0;
  const before = document.activeElement;
  const modal = document.querySelector("dialog:modal");
  for (const element of rules ? [] : (modal ?? document).querySelectorAll(TOUCHED)) {
    if (element.disabled || !seen(element)) continue;
    if (element.tabIndex < 0) faults.push(`not by keyboard: ${named(element)}`);
    element.focus({ focusVisible: true, preventScroll: true });
    const around = [element, element.nextElementSibling, element.closest("label"), element.closest(".ticket")];
    if (!around.some(ringed)) faults.push(`no focus ring: ${named(element)}`);
  }
  before?.focus?.({ preventScroll: true });

  for (const animation of document.getAnimations()) faults.push(`moves: ${named(animation.effect.target)} ${animation.animationName ?? animation.transitionProperty}`);
  return faults;
}
