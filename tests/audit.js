// Returns the page's faults in its present state, one line each. Runs in the page after axe-core and walk.js; see test_pages.py.
async ([least, onlyColours]) => {
  const faults = [];
  const { controls, named } = window.walk;

  const colours = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };
  const settings = { resultTypes: ["violations"], preload: false, elementRef: false, ...(onlyColours ? colours : {}) };
  const found = await axe.run(document, settings);
  for (const { id, nodes } of found.violations) {
    for (const node of nodes) {
      faults.push(
        `axe ${id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ")}`,
      );
    }
  }

  if (onlyColours) return faults;

  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth)
    faults.push(`wider than the screen: ${root.scrollWidth} of ${root.clientWidth}`);

  // A link inside a sentence is allowed to be smaller than other targets, because it is as high as its line.
  const isInSentence = (element) =>
    element.matches("a") &&
    getComputedStyle(element).display === "inline" &&
    [...element.parentNode.childNodes].some((node) => node !== element && node.nodeType === 3 && node.data.trim());
  const areaOf = (element) => {
    const isChoice = element.matches("[type=radio], [type=checkbox]");
    return (isChoice && [...element.labels].find((each) => !each.matches(".unseen, .visually-hidden"))) || element;
  };
  for (const element of controls().filter((one) => !isInSentence(one) && !one.closest(".unseen, .skip"))) {
    const { width, height } = areaOf(element).getBoundingClientRect();
    if (width === 0 || (width >= least && height >= least)) continue;
    faults.push(`small: ${named(element)} ${width.toFixed(0)} × ${height.toFixed(0)}`);
  }

  const isDrawn = ({ width, height }) => width + height > 0;
  const undrawn = [...document.querySelectorAll("svg.icon use")].filter(
    (icon) => icon.checkVisibility() && !isDrawn(icon.getBBox()),
  );
  faults.push(...undrawn.map((icon) => `not drawn: icon ${icon.getAttribute("href")}`));

  for (const animation of document.getAnimations())
    faults.push(`moves: ${named(animation.effect.target)} ${animation.animationName ?? animation.transitionProperty}`);
  return faults;
};
