// Answers for the network where there is none. Written by tools/publish.mjs, which puts in the version and its files.
const VERSION = 'THE_VERSION', FILES = ['THE_FILES'];
const PREFIX = 'stride ', NAME = PREFIX + VERSION, PATIENCE = 4000;  // milliseconds that a page waits for a network that neither answers nor fails

const scope = new URL('./', self.location).href;

self.addEventListener('install', (event) => event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES))));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener('message', ({data}) => { if (data === 'take over') self.skipWaiting(); });

/// What is kept under an address; a page whatever its query, a folder's as its index.html.
async function kept(request, page) {
  return await caches.match(request, {ignoreSearch: page}) ?? (page && request.url.split(/[?#]/)[0] === scope ? caches.match('index.html') : undefined);
}

/// Files of a version never change: what is kept is as good as what would come.
async function versioned(request) {
  return await kept(request) ?? fetch(request);
}

/// Pages, pictures and lessons come fresh where they can be had.
async function fresh(request, page) {
  const network = fetch(request), own = kept(request, page);
  const late = new Promise((done) => setTimeout(done, PATIENCE)).then(() => own);
  const first = await Promise.race([network, late]).catch(() => own);
  return first ?? network;
}

self.addEventListener('fetch', (event) => {
  const {request} = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  const name = request.url.slice(scope.length);
  event.respondWith(name.startsWith(VERSION + '/') ? versioned(request) : fresh(request, request.mode === 'navigate'));
});
