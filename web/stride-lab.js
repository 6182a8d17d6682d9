// <stride-lab>: the lab as an element of any page. This file is all that a page loads before the lab is wanted. docs/embedding.md
// describes attributes, methods and events; stride-lab.d.ts types them.

const MOST_STARTING = 4, PATIENCE = 4000;  // at a time, and milliseconds that a lab waits for others to have started
const MOST_LIVE = 8;  // WebGL contexts: browsers take the oldest away beyond about sixteen, whoever uses it
const NEARLY_SEEN = '200px';
const LARGEST_FILE = 300 << 10;
const SVG = 'http://www.w3.org/2000/svg';
const ATTRIBUTES = ['scenario', 'lesson', 'surface', 'optimizer', 'lr', 'schedule', 'theme', 'panels', 'locked', 'lang', 'reveal', 'loading',
                    'poster', 'workers'];
const CHOICES = {reveal: ['auto', 'interaction', 'manual'], loading: ['lazy', 'eager'], theme: ['auto', 'light', 'dark', 'projector']};

const WORDS = {
  en: {start: 'Start the learning-rate lab', loading: 'Loading the lab …', lab: 'Stride: loss surface, learning-rate curve and controls'},
  de: {start: 'Das Lernraten-Labor starten', loading: 'Das Labor wird geladen …', lab: 'Stride: Verlustfläche, Kurve der Lernrate und Regler'},
  es: {start: 'Iniciar el laboratorio de la tasa de aprendizaje', loading: 'Cargando el laboratorio …',
       lab: 'Stride: superficie de pérdida, curva de la tasa de aprendizaje y controles'},
};
const ENDED = 'The lab was ended before it had started.';
const NOT_LOADED = 'Stride could not be loaded: its files cannot be reached from this page.';

const STYLE = `
:host { display: block; position: relative; aspect-ratio: 16 / 10; min-height: 240px; overflow: hidden; background: #f6f8fa; color: #1f2328;
  font: 14px/20px Inter, Roboto, system-ui, sans-serif; }
:host([hidden]) { display: none; }
:host([theme=dark]) { background: #0f1419; color: #e6edf3; }
canvas, .poster { position: absolute; inset: 0; width: 100%; height: 100%; box-sizing: border-box; display: block; }
canvas.lab { outline: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; }
canvas.lab:focus-visible { outline: 3px solid #58a6ff; outline-offset: -3px; }
canvas.picture { pointer-events: none; }
.poster { margin: 0; padding: 0; border: 0; background: inherit; color: inherit; font: inherit; cursor: pointer; overflow: hidden; }
.poster[disabled] { cursor: default; }
.poster:focus-visible { outline: 3px solid #0969da; outline-offset: -3px; }
.poster img, .poster svg.contours { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; }
.contours { fill: none; stroke: #0969da; stroke-width: 1; opacity: .35; }
.play { position: absolute; left: 50%; top: 50%; width: 64px; height: 64px; margin: -48px 0 0 -32px; }
.play circle { fill: #0969da; }
.play path { fill: #fff; }
.poster:hover .play circle { fill: #0550ae; }
.words { position: absolute; left: 50%; top: calc(50% + 28px); transform: translateX(-50%); width: max-content; max-width: calc(100% - 32px);
  box-sizing: border-box; padding: 6px 12px; border-radius: 6px; background: #fff; color: #1f2328; }
.poster[disabled] .play, .words:empty { display: none; }
@media (max-width: 559px) { :host { aspect-ratio: 3 / 4; } }
@media (prefers-color-scheme: dark) {
  :host(:not([theme=light], [theme=projector])) { background: #0f1419; color: #e6edf3; }
}
`;

let sheet;
function style() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/// What stands in for a picture: a valley in contour lines, and the walker's steps down it.
function contours() {
  const rings = [];
  for (let i = 1; i <= 9; ++i)
    rings.push(svg('ellipse', {cx: 200 - 4 * i, cy: 118 + 2 * i, rx: 22 * i, ry: 11 * i + i * i * 0.4, transform: `rotate(-14 200 125)`}));
  const steps = [[70, 40], [128, 92], [150, 132], [176, 118], [190, 128], [197, 121], [200, 122]];
  return svg('svg', {viewBox: '0 0 400 250', preserveAspectRatio: 'xMidYMid slice', class: 'contours', 'aria-hidden': 'true'}, ...rings,
             svg('polyline', {points: steps.join(' '), 'stroke-width': 2}));
}

function playMark() {
  return svg('svg', {viewBox: '0 0 64 64', class: 'play', 'aria-hidden': 'true'}, svg('circle', {cx: 32, cy: 32, r: 32}),
             svg('path', {d: 'M25 19 47 32 25 45z'}));
}

/// A number where it is one, JSON where it is an object, otherwise the words themselves: the lab says what is wrong with them.
function read(text) {
  if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (!text.trim().startsWith('{')) return text.trim();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const spec = (text) => {
  const value = read(text);
  return typeof value === 'object' ? value : {type: value};
};

const firstRun = (scenario) => {
  scenario.runs = scenario.runs?.length ? scenario.runs : [{}];
  return scenario.runs[0];
};

/// What an attribute changes in a scenario; null where it has been taken away.
const PATCHES = {
  surface: (scenario, text) => { scenario.problem = text ? {surface: text} : undefined; },
  optimizer: (scenario, text) => { firstRun(scenario).optimizer = text ? spec(text) : undefined; },
  lr: (scenario, text) => {
    const run = firstRun(scenario);
    run.optimizer = {...run.optimizer, lr: text === null ? undefined : read(text)};
  },
  schedule: (scenario, text) => { firstRun(scenario).schedule = text && text !== 'none' ? spec(text) : undefined; },
  theme: (scenario, text) => { scenario.view = {...scenario.view, theme: text || 'auto'}; },
};

// The labs of this page that hold a context, the one used last at the end; and those that have given theirs up.
const live = [], resting = new Set();
const starting = new Set();
let looking = 0;

/// Waits while enough others start, but not for ever: one that has no size yet may take long.
async function turn() {
  for (let late = false; starting.size >= MOST_STARTING && !late;)
    late = await Promise.race([...starting, new Promise((done) => setTimeout(done, PATIENCE, true))]);
}

export class StrideLab extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #root = this.attachShadow({mode: 'open', delegatesFocus: true});
  #state = 'waiting';  // then starting, live, resting; failed
  #module = null;
  #canvas = null;
  #picture = null;  // stands where a resting lab was
  #poster = null;
  #started = null;  // the promise of a start
  #attempt = null;  // tells one start from the next
  #seen = false;
  #seenBy = null;
  #given = null;  // a state that was set before the start
  #changed = new Set();  // attributes to be applied

  connectedCallback() {
    if (!this.#root.adoptedStyleSheets.length) this.#root.adoptedStyleSheets = [style()];
    if (!this.#canvas) this.#showPoster();
    this.#seenBy = new IntersectionObserver((entries) => this.#look(entries.at(-1)), {rootMargin: NEARLY_SEEN});
    this.#seenBy.observe(this);
    this.#consider();
  }

  disconnectedCallback() {
    this.#seenBy.disconnect();
    this.#seen = false;
    // An element that is only moved is back at once.
    setTimeout(() => { if (!this.isConnected) this.#rest(); });
  }

  attributeChangedCallback(name, was, is) {
    if (was === is) return;
    if (name === 'poster' && this.#poster) this.#showPoster();
    if (name === 'reveal' && this.#poster && this.#state === 'waiting') this.#say(this.#words().start);
    if (name === 'reveal' || name === 'loading') return void (this.isConnected && this.#consider());
    if (!this.#module) return;
    if (!this.#changed.size) queueMicrotask(() => this.#apply());
    this.#changed.add(name);
  }

  /// Starts the lab, whatever `reveal` says. Resolves when it is ready; rejects with the sentence that the element shows.
  start() {
    this.#started ??= this.#launch();
    return this.#started;
  }

  /// What is shown: a scenario. Before the start what was set, or null.
  getState() {
    return this.#module ? this.#module.getScenario() : this.#given;
  }

  /// Shows another scenario: an object, JSON or a link. Rejects with an Error that says what is wrong; the old one then stays.
  async setState(state) {
    if (!this.#module && !this.#started) return void (this.#given = state);
    await this.start();
    const fault = this.#open(state);
    if (fault) throw new Error(fault);
  }

  async play() { (await this.#used()).play(); }
  async pause() { if (this.#started) (await this.#started, this.#module?.pause()); }
  async seek(step) {
    const to = Number(step);
    if (!Number.isInteger(to) || to < 0) throw new Error(`seek: expected a step from 0, got ${step}`);
    (await this.#used()).seek(Math.min(to, 1e6));
  }
  async toImage() { return (await this.#used()).toImage(); }
  async toCSV() {
    await this.start();
    return this.#module.toCSV();
  }

  /// Says in the lab what is wrong with something that the page was given.
  complain(sentence) {
    if (sentence) this.#module?.notice(String(sentence));
  }

  /// Ends the lab and frees what it holds. The element shows its poster again; start() starts afresh.
  destroy() {
    this.#leave();
    this.#module?.end();
    this.#canvas?.remove();
    this.#picture?.remove();
    this.#module = this.#canvas = this.#picture = this.#started = this.#given = this.#attempt = null;
    this.#state = 'waiting';
    this.#showPoster();
  }

  // --- The poster

  #showPoster() {
    const poster = document.createElement('button');
    poster.type = 'button';
    poster.className = 'poster';
    poster.part = 'poster';
    const address = this.getAttribute('poster');
    if (address) {
      const image = document.createElement('img');
      image.alt = '';
      image.src = address;
      poster.append(image);
    } else {
      poster.append(contours());
    }
    const words = document.createElement('span');
    words.className = 'words';
    words.setAttribute('role', 'status');
    poster.append(playMark(), words);
    poster.addEventListener('click', () => this.start().then(() => this.#canvas?.focus({preventScroll: true}), () => {}));
    this.#poster?.remove();
    this.#poster = poster;
    this.#root.append(poster);
    this.#say(this.#words().start);
  }

  #say(words) {
    if (!this.#poster) return;
    const waits = this.#state === 'waiting' && this.#choice('reveal') !== 'manual';
    this.#poster.disabled = !waits;
    this.#poster.querySelector('.words').textContent = waits || this.#state !== 'waiting' ? words : '';
  }

  #language() {
    return (this.getAttribute('lang') ?? this.closest('[lang]')?.lang ?? '').toLowerCase().split('-')[0];
  }
  #words() { return WORDS[this.#language()] ?? WORDS.en; }

  // --- Starting

  #choice(name) {
    const value = this.getAttribute(name);
    return CHOICES[name].includes(value) ? value : CHOICES[name][0];
  }

  /// Starts where nothing is to be waited for.
  #consider() {
    if (this.#state !== 'waiting' || this.#choice('reveal') !== 'auto') return;
    if (this.#seen || this.#choice('loading') === 'eager') this.start().catch(() => {});
  }

  #look(entry) {
    this.#seen = entry.isIntersecting;
    if (this.#seen) this.#consider();
    looking ||= setTimeout(StrideLab.#wakeSeen);
  }

  /// When all of the page's labs have been told whether they are seen: those that are take contexts of those that aren't.
  static #wakeSeen() {
    looking = 0;
    for (const lab of [...resting])
      if (lab.#seen && (live.length < MOST_LIVE || live.some((other) => !other.#seen))) lab.#wake();
  }

  async #launch() {
    const attempt = this.#attempt = {};
    this.#state = 'starting';
    this.#say(this.#words().loading);
    let done;
    const started = new Promise((resolve) => { done = resolve; });
    await turn();
    if (this.#attempt !== attempt) throw new Error(ENDED);
    starting.add(started);
    this.#use();
    try {
      const {startLab} = await import('./canvas.js').catch((error) => {
        console.error(error);
        throw new Error(NOT_LOADED);
      });
      await this.#begin(startLab);
    } catch (error) {
      if (this.#attempt !== attempt) throw error;
      this.#leave();
      this.#canvas?.remove();
      this.#canvas = this.#module = this.#started = null;
      this.#state = 'failed';
      this.#say(error.message);
      this.#tell('error', {type: 'start', message: error.message});
      throw error;
    } finally {
      starting.delete(started);
      done();
    }
    if (!this.isConnected) this.#rest();
    this.#tell('ready', {});
  }

  async #begin(startLab) {
    const lesson = this.getAttribute('lesson');
    const options = {
      link: this.#base(), lang: this.#language() || undefined, panels: this.getAttribute('panels') ?? '', locked: this.getAttribute('locked') ?? '',
      linkBase: new URL('index.html', import.meta.url).href, workers: this.getAttribute('workers') ?? (live.length > 1 ? 1 : undefined),
      onEvent: ({type, ...detail}) => this.#tell(type, type === 'error' ? {type: 'input', ...detail} : detail),
      onFail: (message) => this.#stopped(message),
    };
    const canvas = document.createElement('canvas');
    canvas.className = 'lab';
    canvas.part = 'lab';
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-label', this.#words().lab);
    for (const type of ['pointerdown', 'focus']) canvas.addEventListener(type, () => this.#wake());
    this.#canvas = canvas;
    this.#root.prepend(canvas);  // under the poster, until there is something to see
    const module = await startLab(canvas, options);
    if (this.#canvas !== canvas) {
      module.end();
      throw new Error(ENDED);
    }
    this.#module = module;
    this.#state = 'live';
    if (!live.includes(this)) this.#use();
    this.#patch(Object.keys(PATCHES).filter((name) => this.hasAttribute(name)), (scenario) => module.begin(scenario));
    this.#checkChoices();
    await this.#openLesson(lesson);
    this.#poster?.remove();
    this.#poster = null;
  }

  /// What the lab begins with: what was set, the attribute, a child, or what an empty page shows.
  #base() {
    const child = this.querySelector('script[type="application/json"]');
    const given = this.#given ?? this.getAttribute('scenario') ?? child?.textContent ?? '';
    return typeof given === 'string' ? given.trim() : JSON.stringify(given);
  }

  /// Applies attributes to what is shown, one by one: a wrong one keeps none of the others from counting.
  #patch(names, show) {
    for (const name of names) {
      const scenario = this.#module.getScenario();
      PATCHES[name](scenario, this.getAttribute(name));
      this.complain(show(scenario));
    }
  }

  #checkChoices() {
    for (const [name, values] of Object.entries(CHOICES)) {
      const value = this.getAttribute(name);
      if (value !== null && name !== 'theme' && !values.includes(value))
        this.complain(`${name}: expected one of ${values.join(', ')}, got "${value.slice(0, 40)}"`);
    }
  }

  #open(state) {
    const text = typeof state === 'string' ? state.trim() : JSON.stringify(state) ?? '';
    if (!text) return 'expected a scenario or a link, got nothing';
    const fault = text.startsWith('{') ? this.#module.setScenario(text) : this.#module.showLink(text);
    // The page's theme stays, unless the scenario has one of its own.
    const own = this.#module.getScenario().view?.theme;
    if (!fault && !own && this.hasAttribute('theme')) this.#patch(['theme'], (scenario) => this.#module.setScenario(scenario));
    return fault;
  }

  /// A lesson by its number, a file beside this page, or a child of this element.
  async #openLesson(lesson) {
    const child = this.querySelector('script[type="text/markdown"]');
    if (lesson === null) return void (child && this.#module.openFor(child.textContent.trim(), 'lesson.md'));
    if (/^\d+$/.test(lesson.trim())) {
      if (!(await this.#module.openLesson(Number(lesson)))) this.complain(`lesson: expected the number of a lesson, got ${lesson.trim()}`);
      return;
    }
    try {
      const text = await this.#fetchLesson(lesson.trim());
      this.#module?.openFor(text, lesson.trim().split(/[/?#]/).filter((part) => part.endsWith('.md')).at(-1) ?? 'lesson.md');
    } catch (error) {
      this.complain(error.message);
    }
  }

  async #fetchLesson(name) {
    const page = new URL(document.baseURI), file = new URL(name, page);
    if (file.origin !== page.origin || !/^https?:$/.test(file.protocol)) throw new Error(`lesson: expected a file of this site, got ${name}`);
    const response = await fetch(file).catch(() => null);
    if (!response?.ok) throw new Error(`lesson: ${name} cannot be read`);
    const text = await response.text();
    if (text.length > LARGEST_FILE) throw new Error(`lesson: ${name} is too large`);
    return text;
  }

  // --- Changes while it runs

  #apply() {
    const changed = [...this.#changed], module = this.#module;
    this.#changed.clear();
    if (!module) return;
    const ask = {panels: (words) => module.setPanels(words), locked: (words) => module.setLocked(words)};
    for (const name of changed.filter((n) => n in ask)) this.complain(ask[name](this.getAttribute(name) ?? ''));
    if (changed.includes('lang')) module.setLanguage(this.#language() || 'en');
    if (changed.includes('scenario')) this.complain(this.#open(this.getAttribute('scenario') || '{"stride": 1}'));
    const afresh = (name) => changed.includes('scenario') && this.hasAttribute(name);
    this.#patch(Object.keys(PATCHES).filter((name) => changed.includes(name) || afresh(name)),
                (scenario) => module.setScenario(scenario));
    if (changed.includes('lesson') && this.hasAttribute('lesson')) this.#openLesson(this.getAttribute('lesson'));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }

  #stopped(message) {
    this.#leave();
    this.#canvas?.remove();
    this.#module = this.#canvas = this.#started = null;
    this.#state = 'failed';
    this.#showPoster();
    this.#say(message);
    this.#tell('error', {type: 'stopped', message});
  }

  // --- Contexts: the lab that has been out of sight and out of use longest gives way to one that is wanted

  #use() {
    this.#leave();
    while (live.length >= MOST_LIVE) (live.find((lab) => !lab.#seen && lab.#state === 'live') ?? live[0]).#rest();
    live.push(this);
  }

  #leave() {
    const at = live.indexOf(this);
    if (at >= 0) live.splice(at, 1);
    resting.delete(this);
  }

  #rest() {
    this.#leave();
    if (this.#state !== 'live') return;
    this.#state = 'resting';
    resting.add(this);
    const picture = this.#module.rest();
    if (!picture) return;
    picture.className = 'picture';
    this.#picture?.remove();
    this.#picture = picture;
    this.#root.append(picture);
  }

  #wake() {
    if (this.#state === 'live') this.#use();
    if (this.#state !== 'resting') return Promise.resolve();
    this.#state = 'live';
    this.#use();
    const picture = this.#picture;
    return this.#module.wake().then(() => picture?.remove());
  }

  /// The module, with its context.
  async #used() {
    await this.start();
    await this.#wake();
    return this.#module;
  }
}

for (const name of ATTRIBUTES.filter((a) => a !== 'lang')) {
  Object.defineProperty(StrideLab.prototype, name, {
    get() { return this.getAttribute(name); },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, typeof value === 'object' ? JSON.stringify(value) : value);
    },
    enumerable: true,
    configurable: true,
  });
}

if (!customElements.get('stride-lab')) customElements.define('stride-lab', StrideLab);
