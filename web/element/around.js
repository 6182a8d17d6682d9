// What the page around an element says without words: whether it is dark, and whether it has lost what was written into the element.

/// Whether the page is dark by its color-scheme, which its own switch sets; undefined where it leaves that to the browser.
export function isDark(element) {
  const said = getComputedStyle(element).colorScheme, dark = /dark/.test(said);
  return dark === /light/.test(said) ? undefined : dark;
}

/// Calls `act` whenever the page's own switch may have been turned; returns what stops that.
export function watchPage(act) {
  const watcher = new MutationObserver(act);
  for (const node of [document.documentElement, document.body]) watcher.observe(node, {attributes: true});
  return () => watcher.disconnect();
}

/// A sentence where a scenario that was written into the element stands behind it, as Markdown leaves it; otherwise ''.
export function lostScenario(element) {
  const next = element.querySelector('script') ? null : (element.closest('p') ?? element).nextElementSibling;
  return next?.matches('script[type="application/json"]') ? 'A scenario stands behind this lab, not within it: the page was taken apart, as Markdown does. Use the attribute scenario.' : '';
}
