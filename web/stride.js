// The page of the lab: one canvas that fills it, the link in the address bar, files dropped anywhere.
import {startLab} from './canvas.js';
import {hasAddresses} from './files.js';
import {openFile} from './host.js';
import {posterOf} from './posters.js';

const canvas = document.getElementById('lab');
const message = document.getElementById('message');

function fail(words) {
  document.documentElement.dataset.state = 'failed';
  message.textContent = words;
  if (!hasAddresses) return;
  const picture = new Image();
  picture.alt = '';
  picture.onload = () => message.before(picture);
  picture.src = posterOf(Object.fromEntries(new URLSearchParams(location.search)));
}

function listenForLinks(module) {
  addEventListener('hashchange', () => module.openLink(location.search + location.hash));
}

function listenForDrops(module) {
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) openFile(module, file);
  });
}

try {
  const module = await startLab(canvas, {
    fills: true,
    link: location.search + location.hash,
    linkBase: location.href.split(/[?#]/)[0],
    workers: new URLSearchParams(location.search).get('workers'),
    onLink: (link) => history.replaceState(null, '', location.pathname + link),
    onFail: fail,
  });
  listenForLinks(module);
  listenForDrops(module);
  document.documentElement.dataset.state = 'ready';
  canvas.focus({preventScroll: true});
} catch (error) {
  fail(error.message);
}
