// <stride-lab>: the lab as an element of any page. This file is all that a page loads before the lab is wanted. docs/embedding.md
// describes attributes, methods and events; stride-lab.d.ts types them. The page's build puts the files of element/ into this one.
import {isDark, lostScenario, watchPage} from './element/around.js';
import {choice, choiceFaults, linkBase} from './element/choices.js';
import {fetchLesson} from './element/lesson.js';
import {makeCanvas, makeOffers, makePoster, style} from './element/look.js';
import {PATCHES, written} from './element/scenario.js';
import {WORDS} from './element/words.js';

export {scenarioOf} from './element/scenario.js';
export {titleIn} from './element/words.js';

const MOST_STARTING = 4, PATIENCE = 4000;  // at a time, and milliseconds that a lab waits for others to have started
const LATE = 8000, AWAY = 5000;  // milliseconds until a start is called late, and until an element that has left the page is emptied
const MOST_LIVE = 8;  // WebGL contexts: browsers take the oldest away beyond about sixteen, whoever uses it
const NEARLY_SEEN = '200px';
const ATTRIBUTES = ['scenario', 'lesson', ...Object.keys(PATCHES), 'panels', 'locked', 'lang', 'reveal', 'loading', 'poster', 'workers', 'link-base'];
const PROPERTIES = ATTRIBUTES.filter((name) => name !== 'lang' && name !== 'link-base');  // every element has lang

const ENDED = 'The lab was ended before it had started.';

// The labs of this page that hold a context, the one used last at the end; and those that have given theirs up.
const live = [], resting = new Set();
const starting = new Set();
let looking = 0;

/// Waits while enough others start, but not for ever: one that has no size yet may take long.
async function turn() {
  for (let late = false; starting.size >= MOST_STARTING && !late;)
    late = await Promise.race([...starting, new Promise((done) => setTimeout(done, PATIENCE, true))]);
}

// Where pages are made ahead, on a server, there are no elements: there the class is only a name.
export class StrideLab extends (globalThis.HTMLElement ?? Object) {
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
  #leaving = 0;  // what empties it once it has been away for long
  #emptied = false;  // that has happened
  #dark = undefined;  // of the page around
  #unwatch = null;

  connectedCallback() {
    clearTimeout(this.#leaving);
    // Properties that were set before this script had run lie in front of those below.
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    if (!this.#root.adoptedStyleSheets.length) this.#root.adoptedStyleSheets = [style()];
    this.#follow();
    this.#unwatch = watchPage(() => this.#follow());
    if (!this.#canvas) this.#showPoster();
    this.#seenBy = new IntersectionObserver((entries) => this.#look(entries.at(-1)), {rootMargin: NEARLY_SEEN});
    this.#seenBy.observe(this);
    if (this.#emptied) this.start().catch(() => {});
    this.#emptied = false;
    this.#consider();
  }

  disconnectedCallback() {
    this.#seenBy.disconnect();
    this.#unwatch();
    this.#seen = false;
    // An element that is only moved is back at once.
    setTimeout(() => { if (!this.isConnected) this.#rest(); });
    this.#leaving = setTimeout(() => this.#empty(), AWAY);
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
    const fault = await this.#open(state);
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
    this.#end('waiting');
    this.#given = null;
    this.#showPoster();
  }

  #end(state) {
    this.#leave();
    this.#module?.end();
    this.#canvas?.remove();
    this.#picture?.remove();
    this.#module = this.#canvas = this.#picture = this.#started = this.#attempt = null;
    this.#state = state;
    this.#emptied = false;
  }

  /// Out of the page for long: all that stays is what it showed, for the case that it comes back.
  #empty() {
    if (this.isConnected || !this.#started) return;
    this.#given = this.getState();
    this.#end('waiting');
    this.#showPoster();
    this.#emptied = true;
  }

  /// Takes the page's own light or dark.
  #follow() {
    const was = this.#dark;
    this.#dark = isDark(this);
    if (was !== this.#dark && this.#state === 'live') this.#module.setPanels(this.getAttribute('panels') ?? '');  // which draws
  }

  // --- The poster

  #showPoster() {
    const poster = makePoster(this.getAttribute('poster'));
    if (this.#dark !== undefined && choice(this, 'theme') === 'auto') poster.classList.add(this.#dark ? 'dark' : 'light');
    poster.addEventListener('click', () => {
      if (this.#state === 'starting') this.#end('failed');  // it is late: what is there may hang for ever
      this.start().then(() => this.#canvas?.focus({preventScroll: true}), () => {});
    });
    this.#poster?.remove();
    this.#poster = poster;
    this.#root.append(poster);
    this.#say(this.#words().start);
  }

  /// `offers`: where it has not come to anything, to try again or to go where it may work.
  #say(words, offers = false) {
    const poster = this.#poster;
    if (!poster) return;
    const waits = this.#state === 'waiting' && choice(this, 'reveal') !== 'manual', {again, open, start} = this.#words();
    poster.disabled = !waits && !offers;
    poster.setAttribute('aria-label', offers ? `${words} ${again}` : words || start);
    const said = poster.querySelector('.words');
    said.textContent = waits || this.#state !== 'waiting' ? words : '';
    this.#root.querySelector('.open')?.remove();
    if (!offers) return;
    const {retry, link} = makeOffers(again, open, linkBase(this));
    said.append(retry);
    if (link.href) poster.after(link);
  }

  #language() {
    return (this.getAttribute('lang') ?? this.closest('[lang]')?.lang ?? '').toLowerCase().split('-')[0];
  }
  #words() { return WORDS[this.#language()] ?? WORDS.en; }

  // --- Starting

  /// Starts where nothing is to be waited for.
  #consider() {
    if (this.#state !== 'waiting' || choice(this, 'reveal') !== 'auto') return;
    if (this.#seen || choice(this, 'loading') === 'eager') this.start().catch(() => {});
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
    const attempt = this.#attempt = {}, again = this.#state === 'failed';
    this.#state = 'starting';
    this.#say(this.#words().loading);
    let done;
    const started = new Promise((resolve) => { done = resolve; });
    await turn();
    if (this.#attempt !== attempt) throw new Error(ENDED);
    starting.add(started);
    this.#use();
    const late = setTimeout(() => { if (this.#attempt === attempt) this.#say(this.#words().late, true); }, LATE);
    try {
      const {startLab} = await import('./canvas.js').catch((error) => {
        console.error(error);
        throw new Error(this.#words().unreached);
      });
      if (this.#attempt !== attempt) throw new Error(ENDED);
      await this.#begin(startLab, again);
    } catch (error) {
      if (this.#attempt !== attempt) throw error;
      this.#end('failed');
      this.#say(error.message, true);
      this.#tell('error', {type: 'start', message: error.message});
      throw error;
    } finally {
      clearTimeout(late);
      starting.delete(started);
      done();
    }
    if (!this.isConnected) this.#rest();
    this.#tell('ready', {});
  }

  async #begin(startLab, again) {
    const lesson = this.getAttribute('lesson');
    const options = {
      link: this.#base(), lang: this.#language() || undefined, panels: this.getAttribute('panels') ?? '', locked: this.getAttribute('locked') ?? '',
      linkBase: linkBase(this), workers: this.getAttribute('workers') ?? (live.length > 1 ? 1 : undefined),
      onEvent: ({type, ...detail}) => this.#tell(type, type === 'error' ? {type: 'input', ...detail} : detail),
      onFail: (message, link) => this.#stopped(message, link), again, isDark: () => this.#dark,
      label: (usual) => this.getAttribute('aria-label') || this.#numbered(usual),
    };
    const canvas = makeCanvas();
    for (const type of ['pointerdown', 'focus']) canvas.addEventListener(type, () => this.#wake().catch(() => {}));
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
    await this.#patch(Object.keys(PATCHES).filter((name) => this.hasAttribute(name)), (scenario) => module.begin(scenario));
    for (const fault of [...choiceFaults(this), lostScenario(this)]) this.complain(fault);
    await this.#openLesson(lesson);
    if (this.#module !== module) throw new Error(ENDED);
    this.#say('');
    this.#poster?.remove();
    this.#poster = null;
  }

  /// A page's second lab has another name than its first.
  #numbered(name) {
    const place = [...document.querySelectorAll('stride-lab')].indexOf(this);
    return place > 0 ? `${name} (${place + 1})` : name;
  }

  /// What the lab begins with: what was set, the attribute, a child, or what an empty page shows.
  #base() {
    const child = this.querySelector('script[type="application/json"]');
    const given = this.#given ?? this.getAttribute('scenario') ?? child?.textContent ?? '';
    return typeof given === 'string' ? given.trim() : written(given);
  }

  /// Applies attributes to what is shown, one by one: a wrong one keeps none of the others from counting.
  async #patch(names, show) {
    for (const name of names) {
      const scenario = this.#module?.getScenario();
      if (!scenario) return;
      PATCHES[name](scenario, this.getAttribute(name));
      this.complain(await show(scenario));
    }
  }

  async #open(state) {
    const text = typeof state === 'string' ? state.trim() : written(state);
    if (!text) return 'expected a scenario or a link, got nothing';
    const fault = await (text.startsWith('{') ? this.#module.setScenario(text) : this.#module.showLink(text));
    // The page's theme stays, unless the scenario has one of its own.
    const own = this.#module?.getScenario().view?.theme;
    if (!fault && !own && this.hasAttribute('theme')) await this.#patch(['theme'], (scenario) => this.#module.setScenario(scenario));
    return fault;
  }

  /// A lesson by its number, a file beside this page, or a child of this element.
  async #openLesson(lesson) {
    const child = this.querySelector('script[type="text/markdown"]');
    if (lesson === null) return void (child && this.#module.openFor(child.textContent.trim(), 'lesson.md'));
    if (/^\d+$/.test(lesson.trim())) {
      if (await this.#module.openLesson(Number(lesson)) === false) this.complain(`lesson: expected the number of a lesson, got ${lesson.trim()}`);
      return;
    }
    try {
      const text = await fetchLesson(lesson.trim());
      this.#module?.openFor(text, lesson.trim().split(/[/?#]/).filter((part) => part.endsWith('.md')).at(-1) ?? 'lesson.md');
    } catch (error) {
      this.complain(error.message);
    }
  }

  // --- Changes while it runs

  async #apply() {
    const changed = [...this.#changed], module = this.#module;
    this.#changed.clear();
    if (!module) return;
    const ask = {panels: (words) => module.setPanels(words), locked: (words) => module.setLocked(words)};
    for (const name of changed.filter((n) => n in ask)) this.complain(ask[name](this.getAttribute(name) ?? ''));
    if (changed.includes('lang')) module.setLanguage(this.#language() || 'en');
    if (changed.includes('scenario')) this.complain(await this.#open(this.getAttribute('scenario') || '{"stride": 1}'));
    const afresh = (name) => changed.includes('scenario') && this.hasAttribute(name);
    await this.#patch(Object.keys(PATCHES).filter((name) => changed.includes(name) || afresh(name)),
                      (scenario) => module.setScenario(scenario));
    if (changed.includes('lesson') && this.hasAttribute('lesson')) this.#openLesson(this.getAttribute('lesson'));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }

  #stopped(message, link) {
    try {
      this.#given = link ?? this.getState();
    } catch {
      // What has stopped answers no more: it starts again as it began.
    }
    this.#end('failed');
    this.#showPoster();
    this.#say(message, true);
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

for (const name of PROPERTIES) {
  Object.defineProperty(StrideLab.prototype, name, {
    get() { return this.getAttribute(name); },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, typeof value === 'object' ? written(value) : value);
    },
    enumerable: true,
    configurable: true,
  });
}

if (globalThis.customElements && !customElements.get('stride-lab')) customElements.define('stride-lab', StrideLab);
