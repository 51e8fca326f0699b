// What is wrong with the page as it stands now, one line a fault. Runs with axe-core and walk.js in the page; see test_pages.py.
async (least) => {
  const faults = [];
  const { controls, named } = window.walk;

  const found = await axe.run(document, { resultTypes: ["violations"], preload: false, elementRef: false });
  for (const { id, nodes } of found.violations) {
    for (const node of nodes) {
      faults.push(`axe ${id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ")}`);
    }
  }

  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`wider than the screen: ${root.scrollWidth} of ${root.clientWidth}`);

  for (const element of controls()) {
    // A link in a sentence is as high as its line.
    if (element.matches("a") && getComputedStyle(element).display === "inline" && [...element.parentNode.childNodes].some((node) => node !== element && node.nodeType === 3 && node.data.trim())) continue;
    const label = element.matches("[type=radio], [type=checkbox]") && [...element.labels].find((each) => !each.matches(".unseen, .visually-hidden"));
    const area = label || element;
    const { width, height } = area.getBoundingClientRect();
    if (width === 0 || element.closest(".unseen, .skip")) continue;
    if (width < least || height < least) faults.push(`small: ${named(element)} ${width.toFixed(0)} × ${height.toFixed(0)}`);
  }

  for (const animation of document.getAnimations()) faults.push(`moves: ${named(animation.effect.target)} ${animation.animationName ?? animation.transitionProperty}`);
  return faults;
}
