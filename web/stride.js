// The page of the lab: one canvas that fills it, the link in the address bar, files dropped anywhere.
import {openFiles, startLab} from './canvas.js';

const canvas = document.getElementById('lab'), root = document.documentElement;
const KEPT = ['lang', 'workers'];  // parameters that stay in the address beside the scenario and the lesson
// A document within another one, or made by a script, has no address of its own that could be changed or shared.
const hasAddress = /^(https?|file):$/.test(location.protocol);

const parameters = () => new URLSearchParams(location.search);

/// Shows a link in the address bar.
function show(query, hash) {
  if (!hasAddress) return;
  for (const [name, value] of parameters()) if (KEPT.includes(name)) query.set(name, value);
  const words = String(query);
  history.replaceState(null, '', location.pathname + (words && '?' + words) + hash);
}

function onLink(link) {
  const [query, hash = ''] = link.split('#');
  show(new URLSearchParams(query), '#' + hash);
}

function onLanguage(code, title) {
  root.lang = code;
  document.title = title;
  const query = parameters();
  if (!hasAddress || !query.has('lang')) return;
  query.set('lang', code);
  history.replaceState(null, '', `${location.pathname}?${query}${location.hash}`);
}

function listenForDrops(module) {
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    openFiles(module, event.dataTransfer?.files ?? []);
  });
}

const isReady = () => { root.dataset.state = 'ready'; };

try {
  const module = await startLab(canvas, {
    fills: true,
    link: location.search + location.hash,
    linkBase: hasAddress ? location.href.split(/[?#]/)[0] : '',
    workers: parameters().get('workers'),
    onLink,
    onLanguage,
    onFail: globalThis.strideFails,
    onBack: isReady,
  });
  addEventListener('hashchange', () => module.openLink(location.search + location.hash));
  listenForDrops(module);
  isReady();
  canvas.focus({preventScroll: true});
} catch (error) {
  globalThis.strideFails(error.message);
}
