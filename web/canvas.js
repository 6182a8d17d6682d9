// A canvas with the lab in it: input, size, frames, and what the lab asks of the browser. The program (stride-program.wasm) never listens to
// anything itself; everything reaches it through the calls below, so that any number of labs can share a page with anything else.
import createStrideLab from './stride-program.js';
import {listenForText} from './text-input.js';
import {makeHost} from './host.js';
import {forgetPrograms, instantiation} from './program.js';
import {addEmbedding} from './embedding.js';
import {addFull, needsFull} from './full.js';
import {addStudies} from './studies.js';
import {countWorkers, makeWorkers} from './workers.js';
import {chooseLanguage, directionOf, fetchLanguage, isOurs, translated} from './language.js';

// What its neighbours take from here: all the modules above become one file.
export {copyText, download, openFiles} from './host.js';
export {translated};

const LONGEST = 300 << 10;  // characters handed over in one string: more than any document may have
const SETTLE_FRAMES = 3;  // what ImGui takes to come to rest after an input
const GL_ATTRIBUTES = {alpha: false, antialias: true, depth: true, stencil: false, preserveDrawingBuffer: false};
const NO_WEBGL = 'Stride draws with WebGL 2, which this browser does not offer. A current version of Firefox, Chrome, Edge or Safari does; ' +
    'if yours is current, hardware acceleration may be switched off in its settings.';
const NO_WASM = 'Stride could not be loaded: this browser offers no WebAssembly. A current version of Firefox, Chrome, Edge or Safari does.';
const FORBIDDEN = 'Stride could not be loaded: the security policy of this page forbids WebAssembly. ' +
    'Whoever runs the site can allow it: wasm-unsafe-eval in script-src.';
const UNREACHED = 'Stride could not be loaded: {0} cannot be fetched. The connection may be down, or a filter may keep the file away.';
const DAMAGED = 'Stride could not be loaded: its files are damaged or of different versions. Reload the page past the cache, with Ctrl Shift R.';
const STOPPED = 'Stride has stopped because of a fault of its own. Reload the page to go on; the link in the address bar holds your scenario.';
const NO_MEMORY = 'The browser has no more memory for Stride. Close other tabs, or take fewer runs and steps, and try again.';
const NO_CONTEXT = 'The browser has taken the graphics away from Stride and not given them back. Try again, or reload the page.';
const TITLE = 'Stride: a learning-rate laboratory';
const LABEL = 'Stride: loss surface, learning-rate curve and controls';
const LANGUAGE_PATIENCE = 3000;  // milliseconds that the first picture waits for another language than English
const LOST_PATIENCE = 5000;      // and that a lost context is waited for
const MIRROR_AFTER = 100;        // and from the first picture to the elements that mirror it

// Whether Ctrl is down, wherever it was pressed: a pinch on a touchpad arrives as a wheel that says so too, without any key.
let ctrlHeld = false;
for (const type of ['keydown', 'keyup', 'pointermove']) addEventListener(type, (event) => { ctrlHeld = event.ctrlKey; }, true);

/// Starts a lab in `canvas`. Options:
///   link      what to show first: a query, a hash or both; or a scenario as JSON
///   fills     true where the lab fills the page: wheel and touch are always its own; otherwise only while it has the focus
///   onLink    called with "#s=..." when the scenario has changed
///   linkBase  what a copied link begins with
///   lang      the code of a language; otherwise the link's ?lang=, what was chosen last time, what the browser prefers
///   workers   how many share the heavy work, 0 .. 8; otherwise as many as suit the machine
///   isDark    whether the page around is dark; otherwise, or where it answers undefined, what the browser prefers
///   panels    the parts to show, with spaces between them; otherwise all
///   locked    what a learner may not change
///   onEvent   called with {type, ...} when something has happened: see embedding.js
///   onFail    called with a sentence when there can be no picture; where memory has run out also with the link of what last was at rest
///   onBack    called when there is one again all the same
///   label     given what the lab is called in the language that is spoken: another name, where there is one
///   onLanguage  called with the code of the language that is spoken from now on, and the page's title in it
///   again     true where an earlier start came to nothing: what it fetched is fetched afresh
/// Resolves to the module, ready and drawn; rejects with an Error whose message is a sentence for the user.
export async function startLab(canvas, given = {}) {
  const options = {...given};
  const spoken = chooseLanguage(options);
  const context = canvas.getContext('webgl2', GL_ATTRIBUTES);
  if (!context) throw new Error(await translated(spoken, NO_WEBGL));
  answerAtOnce(context);
  const lab = {canvas, context, options, focused: false, frameTimes: [], end: new AbortController()};
  lab.setLanguage = (code, lessons) => lab.speaking = setLanguage(lab, code, lessons);
  lab.finish = () => {
    lab.dead = true;
    lab.end.abort();
    lab.workers?.stop();
  };
  const host = makeHost(lab), asksLesson = () => /[?&]lesson=\d/.test(options.link ?? '');
  if (options.again) forgetPrograms();
  fetchLanguage(spoken, asksLesson());  // while the program comes
  let fault = '';
  host.fail = (words) => { fault = words; };
  /// Starts a program, first or full, with what options.link says, on the canvas. It takes the place of another when all has gone well.
  lab.load = async (which) => {
    fault = '';
    const {instantiateWasm, failure} = instantiation(which), workers = makeWorkers(countWorkers(options.workers), which);
    const program = await Promise.race([createStrideLab({context, host, workers, instantiateWasm}), failure]);
    if (fault) throw new Error('Stride could not draw: ' + fault);
    lab.workers?.stop();
    lab.workers = workers;
    lab.which = which;
    // What is added to the module stays; what the program brings lies behind it.
    lab.module = Object.setPrototypeOf(lab.module ?? {}, program);
  };
  try {
    await lab.load(needsFull(options.link ?? '') ? 'full' : 'first');
  } catch (error) {
    console.error(error);
    throw fault ? error : new Error((await translated(spoken, reason(lab, error))).replace('{0}', error.file));
  }
  lab.stop = (error) => {
    if (!lab.dead) {
      // What the memory was not enough for may have been shown, but has never come to rest: back to what has.
      const link = lab.exhausted ? lab.rested ?? options.link : undefined;
      if (link !== undefined) options.onLink?.(link);
      translated(canvas.lang || spoken, lab.exhausted ? NO_MEMORY : STOPPED).then((words) => options.onFail?.(words, link));
    }
    lab.finish();
    throw error;
  };
  const speak = async () => await lab.setLanguage(spoken, asksLesson()) || isOurs(spoken) || lab.setLanguage(chooseLanguage({}), asksLesson());
  await Promise.race([speak(), new Promise((late) => setTimeout(late, LANGUAGE_PATIENCE))]);
  canvas.lang ||= 'en';
  const frames = makeFrames(lab);
  lab.ask = frames.ask;
  lab.drawNow = frames.drawNow;
  lab.rests = frames.rests;
  listenForText(lab);
  listenForPointers(lab);
  listenForContext(lab, context);
  lab.module.ready = watchSize(lab, context).then(() => {
    canvas.dataset.ready = '';
    performance.mark('stride-ready');  // what tests/bench/load.mjs measures
    return lab.module;
  });
  watchVisibility(lab);
  lab.module.ready.then(() => setTimeout(() => import('./mirror.js').then((more) => more.mirror(lab)).catch(console.warn), MIRROR_AFTER));
  for (const asked of ['prefers-color-scheme: dark', 'prefers-contrast: more', 'forced-colors: active'])
    matchMedia(`(${asked})`).addEventListener('change', () => lab.ask(), {signal: lab.end.signal});
  lab.call = (...all) => call(lab, ...all);
  addCalls(lab);
  return lab.module.ready;
}

/// Why the program cannot run here.
function reason(lab, error) {
  if (lab.exhausted || /memory/i.test(error.message)) return NO_MEMORY;
  if (typeof WebAssembly === 'undefined') return NO_WASM;
  if (error.file) return UNREACHED;
  return /unsafe-eval|content.security|CSP/i.test(error.message) ? FORBIDDEN : DAMAGED;
}

// ImGui's renderer asks for the state that it will put back after drawing, and every such question waits until the GPU has drawn what came
// before: most of a frame's time. Each frame asks at the same place, and whoever draws sets these for itself, so the first answer serves.
function answerAtOnce(context) {
  const ask = context.getParameter.bind(context);
  const kept = new Map(['SCISSOR_BOX', 'VIEWPORT', 'BLEND_SRC_RGB', 'BLEND_DST_RGB', 'BLEND_SRC_ALPHA', 'BLEND_DST_ALPHA',
                        'BLEND_EQUATION_RGB', 'BLEND_EQUATION_ALPHA'].map((name) => [context[name], null]));
  context.getParameter = (name) => {
    if (!kept.has(name)) return ask(name);
    if (kept.get(name) === null) kept.set(name, ask(name));
    return kept.get(name);
  };
}

/// Calls an exported function; a string is passed as one and, where wanted, answered.
function call(lab, name, returns, types = [], values = []) {
  try {
    const given = values.map((v) => typeof v === 'string' ? v.slice(0, LONGEST) : v);
    return lab.module.ccall('stride_' + name, returns, types, given);
  } catch (error) {
    return lab.stop(error);
  }
}

/// Speaks a language, fetched where it isn't here yet, with its lessons where they are needed (English has them in a file of their own; one
/// may be open whenever the language is switched). The last one asked for wins, and whoever asked for another waits for it; one that can't be
/// had changes nothing and is told. Resolves to whether all of it is here.
async function setLanguage(lab, code, lessons = Boolean(lab.canvas.lang)) {
  const {canvas, options} = lab;
  lab.wantedLanguage = code;
  const json = await fetchLanguage(code, lessons);
  // A language without lessons has the English ones, which lie in a file of their own.
  const spare = lessons && /"lessons": ?\{\}/.test(json ?? '') ? await fetchLanguage('en', true) : '';
  if (lab.dead) return false;
  if (lab.wantedLanguage !== code) return lab.speaking;
  if (spare) call(lab, 'read_language', 'string', ['string'], [spare]);
  const fault = json && call(lab, 'read_language', 'string', ['string'], [json]);
  if (fault) console.warn(`Stride: languages/${code}.json: ${fault}`);
  const came = json !== null && !fault;
  // The texts in English are here in any case.
  if (came || code === 'en') call(lab, 'set_language', null, ['string'], [code]);
  if (!came && isOurs(code)) call(lab, 'language_missing', null, ['string'], [code]);
  const spoken = lab.wantedLanguage = call(lab, 'language', 'string');
  lab.ask?.();
  if (spoken === canvas.lang) return came;
  canvas.lang = spoken;
  canvas.dir = directionOf(spoken);
  canvas.setAttribute('aria-label', options.label?.(await translated(spoken, LABEL)) ?? await translated(spoken, LABEL));
  options.onLanguage?.(spoken, await translated(spoken, TITLE));
  return came;
}

// Frames: one is asked of the browser only when something here has asked for one.
function makeFrames(lab) {
  let waiting = 0, scheduled = 0;
  const schedule = () => {
    if (!scheduled && waiting > 0 && !lab.hidden && !lab.lost && !lab.dead) scheduled = requestAnimationFrame(tick);
  };
  const draw = () => {
    const {canvas} = lab;
    if (!canvas.width || !canvas.height || lab.lost || lab.dead || lab.changing || lab.context.isContextLost()) return;
    const start = performance.now();
    const again = call(lab, 'frame', 'number', ['number', 'number', 'number', 'number'],
                       [start / 1000, canvas.width, canvas.height, lab.ratio]);
    lab.frameTimes.push(performance.now() - start);
    if (lab.frameTimes.length > 240) lab.frameTimes.shift();
    if (again) waiting = Math.max(waiting, 1);
    lab.drawn?.();
  };
  const tick = () => {
    scheduled = 0;
    if (lab.hidden || lab.lost) return;
    --waiting;
    draw();
    if (waiting <= 0) lab.rested = lab.link;
    schedule();
  };
  const ask = (n = SETTLE_FRAMES) => {
    waiting = Math.max(waiting, n);
    schedule();
  };
  return {ask, drawNow: () => { draw(); ask(); }, rests: () => waiting <= 0};
}

// Size: the canvas has as many pixels as it covers on the screen, and is drawn again before the browser shows its new size.
function watchSize(lab, context) {
  const {canvas} = lab;
  const largest = context.getParameter(context.MAX_RENDERBUFFER_SIZE);
  return new Promise((drawn) => {
    const resize = (width, height) => {
      const over = Math.max(width, height) / largest;
      if (over > 1) width /= over, height /= over;
      lab.ratio = devicePixelRatio / Math.max(over, 1);
      width = Math.round(width), height = Math.round(height);
      if (!width || !height) return;
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      lab.drawNow();
      drawn();
    };
    // The exact number of device pixels, where the browser tells it; screens that developer tools emulate report CSS pixels there.
    const exact = (told, computed) => Math.abs(told - computed) < 2 ? told : computed;
    const measure = (entry) => {
      const rect = canvas.getBoundingClientRect(), box = entry?.devicePixelContentBoxSize?.[0];
      const width = rect.width * devicePixelRatio, height = rect.height * devicePixelRatio;
      resize(exact(box?.inlineSize ?? width, width), exact(box?.blockSize ?? height, height));
    };
    const observer = new ResizeObserver(([entry]) => measure(entry));
    try {
      observer.observe(canvas, {box: 'device-pixel-content-box'});
    } catch {
      observer.observe(canvas);
    }
    const watchRatio = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      measure();
      watchRatio();
    }, {once: true, signal: lab.end.signal});
    watchRatio();
    lab.end.signal.addEventListener('abort', () => observer.disconnect());
  });
}

function watchVisibility(lab) {
  const observer = new IntersectionObserver((entries) => {
    lab.hidden = !entries.at(-1).isIntersecting;
    if (!lab.hidden) lab.ask();
  });
  observer.observe(lab.canvas);
  lab.end.signal.addEventListener('abort', () => observer.disconnect());
}

// Mouse, pen, fingers and wheel.
const SLOP = 10, REST_MS = 500;  // CSS pixels and milliseconds: a finger that stays so near taps; one that stays so long rests
const NUMBER = 2;                // what stride_takes_text_at says of a field for numbers

function listenForPointers(lab) {
  const {canvas} = lab;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  const PHASES = {pointerdown: 0, pointermove: 1, pointerup: 2, pointercancel: 3};
  const tell = (event) =>
    call(lab, 'touch', null, ['number', 'number', 'number', 'number'], [PHASES[event.type], event.pointerId, ...place(event)]);
  // Without the focus one finger is the page's: the lab hears of it when it has tapped, or when a second one joins it.
  const held = new Map();
  const isHeld = (event) => {
    const {type, pointerId} = event;
    if (type === 'pointerdown' && !lab.options.fills && !lab.focused) {
      held.set(pointerId, event);
      if (held.size < 2) return true;
    }
    if (!held.has(pointerId) || type === 'pointermove') return held.has(pointerId);
    if (type === 'pointercancel') return held.delete(pointerId);
    for (const down of held.values()) if (down !== event) tell(down);
    held.clear();
    return false;
  };
  let down = null, resting = 0;
  const isNear = (event) => down?.pointerId === event.pointerId &&
      Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < SLOP;
  const touch = (event) => {
    if (event.type !== 'pointermove' || !isNear(event)) clearTimeout(resting);
    if (event.type === 'pointerdown') {
      down = event;
      resting = setTimeout(() => {
        if (held.size === 0) call(lab, 'finger_rests', null, ['number', 'number'], place(down)), lab.ask();
      }, REST_MS);
    }
    if (isHeld(event)) return;
    tell(event);
    if (event.type !== 'pointerup' || !isNear(event)) return;
    const typing = call(lab, 'takes_text_at', 'number', ['number', 'number'], place(event));
    if (typing) lab.expectText(typing === NUMBER ? 'decimal' : 'text');
  };
  const mouse = (event) => {
    call(lab, 'mouse_at', null, ['number', 'number', 'number'], [...place(event), Number(event.pointerType === 'pen')]);
    // Further buttons arrive as moves; what counts is which are down.
    for (const [bit, button] of [[1, 0], [2, 1], [4, 2]]) {
      if ((event.buttons & bit) === (lab.buttons & bit)) continue;
      call(lab, 'mouse_button', null, ['number', 'number'], [button, Number((event.buttons & bit) !== 0)]);
    }
    lab.buttons = event.buttons;
  };
  lab.buttons = 0;
  const pointer = (event) => {
    if (event.type === 'pointerdown') canvas.setPointerCapture(event.pointerId);
    // A finger that scrolls the page passes over the lab; one that taps it means it.
    const meant = event.type === (event.pointerType === 'touch' ? 'pointerup' : 'pointerdown');
    if (meant && !lab.focused) canvas.focus({preventScroll: true});
    if (event.pointerType === 'touch') touch(event);
    else mouse(event);
    lab.ask();
  };
  for (const type of Object.keys(PHASES)) canvas.addEventListener(type, pointer);
  canvas.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'touch') return;
    call(lab, 'mouse_left', null);
    lab.ask();
  });
  // A press must neither take the focus from the field that a tap has just opened nor begin to scroll the page (the middle button does).
  for (const type of ['mousedown', 'contextmenu']) canvas.addEventListener(type, (event) => event.preventDefault());
  // One finger scrolls the page, two are the lab's; once it has the focus, one is too.
  lab.adaptTouch = () => { canvas.style.touchAction = lab.options.fills || lab.focused ? 'none' : 'pan-x pan-y'; };
  lab.adaptTouch();

  const NOTCH = [100, 3, 1];  // what one notch of a wheel reports in pixels, lines, pages
  canvas.addEventListener('wheel', (event) => {
    // Elsewhere the wheel scrolls the page; with Ctrl held down (not a pinch on a touchpad, which says the same) it zooms the page.
    if (!(lab.options.fills || lab.focused) || (event.ctrlKey && ctrlHeld)) return;
    event.preventDefault();
    const notch = NOTCH[event.deltaMode] / (event.ctrlKey ? 10 : 1);
    call(lab, 'wheel', null, ['number', 'number'], [-event.deltaX / notch, -event.deltaY / notch]);
    lab.ask();
  }, {passive: false});
}

function listenForContext(lab, context) {
  const {canvas, options} = lab;
  let timer = 0, gone = false;
  lab.awaitContext = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!lab.lost || lab.dead || lab.resting) return;
      if (lab.hidden || document.hidden) return lab.awaitContext();  // nobody misses it, and browsers give it back when somebody looks
      gone = true;
      const words = await translated(canvas.lang, NO_CONTEXT);
      lab.gaveUp?.(new Error(words));
      options.onFail?.(words);
    }, LOST_PATIENCE);
  };
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();  // asks for its return
    if (lab.dead) return;
    if (!lab.lost) call(lab, 'context_lost', null);
    lab.lost = true;
    lab.awaitContext();
  });
  canvas.addEventListener('webglcontextrestored', () => {
    if (lab.dead || context.isContextLost()) return;  // it may be gone again before its return is told
    lab.lost = false;
    const fault = call(lab, 'context_restored', 'string');
    if (fault && !context.isContextLost()) lab.stop(new Error(fault));
    lab.ask();
    if (gone) options.onBack?.();
    gone = false;
  });
}

/// What the module offers to tests and to the page around it.
function addCalls(lab) {
  const {module} = lab;
  const changed = (result) => (lab.ask(), result);
  const told = (result) => (call(lab, 'report', null), changed(result));
  Object.defineProperty(module, 'frames', {get: () => call(lab, 'frames', 'number')});
  module.controls = () => JSON.parse(call(lab, 'controls', 'string'));
  module.request = (...all) => changed(call(lab, 'request', 'string', ['string', 'string', 'string'], all.concat('')));
  module.getScenario = () => JSON.parse(call(lab, 'scenario', 'string'));
  module.setScenario = (scenario) => {
    const json = typeof scenario === 'string' ? scenario : JSON.stringify(scenario);
    return told(call(lab, 'set_scenario', 'string', ['string'], [json]));
  };
  /// A file's text, which may be too long for a string on the program's stack.
  module.openDocument = (text, name) => {
    const bytes = new TextEncoder().encode(text), at = lab.module._malloc(bytes.length);
    new Uint8Array(lab.module.HEAPF32.buffer).set(bytes, at);
    call(lab, 'open_document', null, ['number', 'number', 'string'], [at, bytes.length, name]);
    lab.module._free(at);
    lab.ask();
  };
  /// The full program's alone: see lab.grow.
  module.toCode = (target) => call(lab, 'code', 'string', ['string'], [target]);
  module.toSVG = (width, height, transparent) => call(lab, 'figure', 'string', ['number', 'number', 'number'], [width, height, Number(transparent)]);
  module.openLink = (link) => told(call(lab, 'open_link', null, ['string'], [link]));
  module.setLanguage = (code) => lab.setLanguage(code);
  module.computeMs = () => call(lab, 'compute_ms', 'number');
  module.frameMs = () => lab.frameTimes.slice();
  module.requestFrame = () => lab.ask();
  addStudies(lab, (...all) => call(lab, ...all));
  addEmbedding(lab, (...all) => call(lab, ...all));
  addFull(lab, (...all) => call(lab, ...all));
  lab.canvas.stride = module;
}
