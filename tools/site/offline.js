// Keeps the lab for days without a network: once it is there and the browser is idle, a service worker keeps a copy of everything. A newer version is
// told, and taken when the learner says so.
const WORDS = {
  en: ['A newer version of Stride is here.', 'Reload', 'Later'],
  de: ['Eine neuere Version von Stride ist da.', 'Neu laden', 'Später'],
  es: ['Hay una versión más reciente de Stride.', 'Recargar', 'Más tarde'],
  zh: ['Stride 有新版本。', '重新加载', '稍后'],
  he: ['יש גרסה חדשה יותר של Stride.', 'טעינה מחדש', 'אחר כך'],
};

function button(words, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

function announce(worker) {
  const [words, reload, later] = WORDS[document.documentElement.lang] ?? WORDS.en, box = document.createElement('div'), said = document.createElement('p');
  box.className = 'takeaway';
  box.id = 'newer';
  said.setAttribute('role', 'status');
  said.textContent = words;
  box.dir = 'auto';
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {once: true});
  box.append(said, button(reload, () => worker.postMessage('take over')), button(later, () => box.remove()));
  document.getElementById('newer')?.remove();
  document.body.append(box);
}

async function keep() {
  const registration = await navigator.serviceWorker.register(new URL('../service-worker.js', import.meta.url), {updateViaCache: 'none'});
  const look = (worker) => {
    const tell = () => worker.state === 'installed' && navigator.serviceWorker.controller && announce(worker);
    worker?.addEventListener('statechange', tell);
    if (worker) tell();
  };
  look(registration.waiting);
  registration.addEventListener('updatefound', () => look(registration.installing));
}

// A frame that somebody else's page shows is not installed; neither does a reader who saves data want more than is asked for.
if (navigator.serviceWorker && window === parent && !navigator.connection?.saveData)
  (globalThis.requestIdleCallback ?? setTimeout)(() => keep().catch((error) => console.info('Stride keeps no copy of itself:', error.message)));
