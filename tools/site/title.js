// The page's title says what is shown, "beale: SGD, Adam · Stride: ...", so that bookmarks, tabs and a history can be told apart. It follows the address, which
// follows the lab.
const canvas = document.getElementById('lab');

function name() {
  const {problem = {}, runs = []} = canvas.stride?.getScenario?.() ?? {}, own = document.title.split(' · ').pop();
  const what = String(problem.surface ?? problem.curve ?? problem.expression ?? problem.type ?? '').replaceAll('_', ' ');
  const kinds = [...new Set(runs.map((run) => run.name || run.optimizer?.type).filter(Boolean))].join(', ');
  document.title = [[what, kinds].filter(Boolean).join(': ').slice(0, 80), own].filter(Boolean).join(' · ');
}

if (/[?&#](surface|curve|fit|network|expression|lesson|s)=/.test(location.search + location.hash)) name();
globalThis.navigation?.addEventListener('currententrychange', () => setTimeout(name));
new MutationObserver(() => setTimeout(name)).observe(document.documentElement, {attributeFilter: ['lang']});
