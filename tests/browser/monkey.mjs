// Random use of the page, by pointer, fingers, wheel, keys of four layouts, typing, paste, sizes, themes, languages, lessons and the calls of
// a page around it. The same seed is the same episode; one that fails is cut down to the actions that it needs.
//   node tests/browser/monkey.mjs [--seconds 3600] [--seed N] [--actions 24]   (--seed alone plays that one episode)
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {LabPage, launch, pause, serve} from './helpers.mjs';
import {random} from './host.mjs';

const CLI = process.env.STRIDE_CLI ?? fileURLToPath(new URL('../../build/native/stride', import.meta.url));
const SIZE = {width: 640, height: 480}, REST_MS = 20000;
// What is there whether or not something is being saved, and whatever is shown: the mirror has an element for each control.
const LASTING = ':not(.takeaway, .takeaway *, dialog, dialog *, .mirror, .mirror *)';

const WORDS = ['0.02', '1e-3', '−0,5', '1/50', 'nan', '1e999', 'x²+y²', 'sin(3x)*y', '0*x+5', '1/(x*y)', 'wörld', '"><img src=x onerror=alert(1)>', '=1+1', '', '日本', 'ü[]'];
const KEYS = [
  ['a', 'KeyA'], ['z', 'KeyY'], ['ü', 'BracketLeft'], ['+', 'BracketRight'], ['é', 'Digit2'], ['q', 'KeyA'], ['ы', 'KeyS'], ['щ', 'KeyO'], ['ñ', 'Semicolon'], ['[', 'Digit8'],
  [']', 'Digit9'], ['?', 'Slash'], ['b', 'KeyB'], ['f', 'KeyF'], ['m', 'KeyM'], ['Dead', 'Backquote'], ['Process', 'KeyK'], ['F5', 'F5'],
];
const PRESSED = ['Tab', 'Shift+Tab', 'Enter', 'Escape', 'Space', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageDown', 'Delete', 'Backspace',
                 'Control+a', 'Control+c', 'Control+v', 'Control+x', 'Control+z', 'Control+Shift+z', '[', ']', '?'];
const SIZES = [[640, 480], [390, 844], [844, 390], [1000, 600], [320, 400], [520, 900]];
const LINKS = ['?surface=beale&optimizer=Adam&lr=0.1', '#s=%%%', '?lesson=3', '?lr=nan', '?expression=x^2+y^2', '?surface=', '#', '?steps=1e9', '?lesson=../../secret'];
const SCENARIOS = [
  {stride: 1}, {stride: 1, steps: null}, {stride: 2}, {stride: 1, problem: {expression: '1/(x*y)'}}, {stride: 1, problem: {expression: '0/0'}},
  {stride: 1, problem: {surface: 'rastrigin', noise: {sigma: 3}}, steps: 400, runs: [{optimizer: {type: 'Adam', lr: 0.1}}, {name: '<b>=1</b>', optimizer: {type: 'SGD', lr: 1e300}}]},
  {stride: 1, problem: {expression: 'max(0,x)'}, runs: [{optimizer: {type: 'Prodigy'}, schedule: {type: 'OneCycleLR'}}]},
  {stride: 1, problem: {surface: 'easom', domain: [0, 1e-3, 0, 1e-3]}}, {__proto__: null, stride: 1, ['__proto__']: {steps: 3}},
];

/// What can be done; each gets the page and three numbers from 0 to 1.
const ACTIONS = {
  async move(lab, a, b) { await lab.page.mouse.move(...place(lab, await seen(lab), a, b)); },
  async click(lab, a, b, c) { await lab.page.mouse.click(...place(lab, await seen(lab), a, b), {button: pick(['left', 'left', 'left', 'right', 'middle'], c)}); },
  async double(lab, a, b) { await lab.page.mouse.dblclick(...place(lab, await seen(lab), a, b)); },
  async drag(lab, a, b, c) {
    const all = await seen(lab);
    await lab.page.mouse.move(...place(lab, all, a, b));
    await lab.page.mouse.down();
    await lab.page.mouse.move(...place(lab, all, b, c), {steps: 3});
    await lab.settle();
    await lab.page.mouse.up();
  },
  async wheel(lab, a, b, c) {
    await lab.page.mouse.move(...place(lab, await seen(lab), a, b));
    await lab.page.mouse.wheel((c - 0.5) * 100, (b - 0.5) * 600);
  },
  async tap(lab, a, b) { await lab.page.touchscreen.tap(...place(lab, await seen(lab), a, b)); },
  async fingers(lab, a, b, c) {
    const [x, y] = place(lab, await seen(lab), a, b), reach = 20 + 60 * c;
    const touch = (type, apart) => lab.session.send('Input.dispatchTouchEvent', {type, touchPoints: apart.map(([dx, dy], id) => ({x: x + dx, y: y + dy, id}))});
    await touch('touchStart', [[-reach, 0], [reach, 0]]);
    await touch('touchMove', [[-reach * a, 5], [reach * b, 5]]);
    await touch('touchMove', [[-reach * 2 * b, 9], [reach * 2 * a, -9]]);
    await touch(c < 0.2 ? 'touchCancel' : 'touchEnd', []);
  },
  async press(lab, a) { await lab.page.keyboard.press(pick(PRESSED, a)); },
  async layout(lab, a, b) {
    await lab.page.evaluate(([key, code, ctrlKey, altKey]) => {
      for (const type of ['keydown', 'keyup'])
        document.activeElement.dispatchEvent(new KeyboardEvent(type, {key, code, ctrlKey, altKey, bubbles: true, cancelable: true, composed: true}));
    }, [...pick(KEYS, a), b < 0.2, b > 0.4 && b < 0.5]);
  },
  async type(lab, a, b) {
    await lab.page.keyboard.insertText(pick(WORDS, a));
    if (b < 0.6) await lab.page.keyboard.press('Enter');
  },
  async field(lab, a, b, c) {
    const fields = (await lab.controls()).filter((one) => one.visible && one.enabled && ['spinbutton', 'textbox'].includes(one.role));
    if (!fields.length) return;
    const {x, y} = lab.at(pick(fields, a));
    await lab.page.mouse.click(x, y);
    await lab.settle();
    await lab.page.keyboard.press('Control+a');
    await ACTIONS.type(lab, b, c);
  },
  async compose(lab, a) {
    const text = pick(['に', 'ㅎ', '´', 'nǐ'], a);
    await lab.session.send('Input.imeSetComposition', {text, selectionStart: text.length, selectionEnd: text.length});
    await lab.session.send('Input.insertText', {text});
  },
  async paste(lab, a) {
    await lab.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
    }, pick([...WORDS, 'x'.repeat(5000)], a));
  },
  async resize(lab, a, b) {
    const [width, height] = pick(SIZES, a), deviceScaleFactor = pick([1, 1, 1.5], b);
    await lab.page.setViewportSize({width, height});
    await lab.session.send('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor, mobile: false});
  },
  async theme(lab, a) { await lab.page.emulateMedia({colorScheme: pick(['dark', 'light'], a), reducedMotion: pick(['reduce', 'no-preference'], (a * 7) % 1)}); },
  async language(lab, a) { await lab.call('setLanguage', pick(['en', 'de', 'es', 'fr'], a)); },
  async lesson(lab, a) { await lab.call('openLesson', Math.floor(a * 18)); },
  async scenario(lab, a) { await lab.call('setScenario', JSON.stringify(pick(SCENARIOS, a))); },
  async link(lab, a, b) { await lab.call(pick(['openLink', 'showLink'], b), pick(LINKS, a)); },
  async hash(lab, a) { await lab.page.evaluate((link) => { location.hash = link.slice(1); }, pick(LINKS, a)); },
  async embedding(lab, a, b) {
    const [name, values] = pick([['play', []], ['pause', []], ['seek', [Math.floor(b * 300)]], ['setPanels', [pick(['', 'surface rate', 'controls', 'nonsense'], b)]], ['notice', ['A sentence.']],
                                 ['setLocked', [pick(['', 'optimizer', 'steps surface', 'nonsense'], b)]], ['toCSV', []], ['controls', []], ['computeMs', []]], a);
    await lab.call(name, ...values);
  },
  async request(lab, a, b, c) {
    const all = await lab.call('controls');
    if (all.length) await lab.call('request', pick(all, a).id, pick(['press', 'set', 'move', 'type', 'choose', 'open', 'focus', 'dance'], b), pick(WORDS, c));
  },
  async hide(lab) {
    await lab.page.evaluate(async () => {
      const canvas = document.querySelector('canvas');
      canvas.style.display = 'none';
      await new Promise((done) => setTimeout(done, 50));
      canvas.style.display = '';
    });
  },
  async graphics(lab) {
    await lab.page.evaluate(async () => {
      const trick = document.querySelector('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
      trick.loseContext();
      await new Promise((done) => setTimeout(done, 30));
      trick.restoreContext();
      await new Promise((done) => setTimeout(done, 30));
    });
  },
};
const NAMES = Object.keys(ACTIONS);

function pick(list, share) { return list[Math.min(list.length - 1, Math.floor(share * list.length))]; }

const seen = async (lab) => (await lab.controls()).filter((c) => c.visible);

/// A place on a visible control, now and then anywhere at all.
function place(lab, all, a, b) {
  const {width, height} = lab.page.viewportSize();
  if (all.length === 0 || b < 0.15) return [a * (width - 1), b / 0.15 * (height - 1)];
  const {x, y} = lab.at(pick(all, a), 0.05 + 0.9 * b);
  return [Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y))];
}

export function episode(seed, length) {
  const next = random(seed);
  return Array.from({length}, () => [pick(NAMES, next()), next(), next(), next()]);
}

/// What is wrong with what the page shows, '' where nothing is.
async function look(lab, elements) {
  if (lab.errors.length) return lab.errors[0];
  const shown = await lab.page.evaluate((all) => ({
    state: document.documentElement.dataset.state, elements: document.querySelectorAll(all).length,
    scenario: document.querySelector('canvas').stride.getScenario(), controls: document.querySelector('canvas').stride.controls(),
  }), LASTING);
  if (shown.state !== 'ready') return `the page is ${shown.state}`;
  if (shown.elements > elements + 2) return `${shown.elements} elements, where there were ${elements}`;
  const odd = shown.controls.find((c) => ![c.x, c.y, c.w, c.h].every(Number.isFinite) ||
      (!['textbox', 'spinbutton'].includes(c.role) && /(^|[^a-z])-?(nan|inf)([^a-z]|$)/i.test(`${c.value}`)));
  if (odd) return `${odd.id} shows ${odd.value}`;
  if (!existsSync(CLI)) return '';
  const read = spawnSync(CLI, ['link', '-'], {input: JSON.stringify(shown.scenario), encoding: 'utf8'});
  return read.status === 0 ? '' : `stride refuses the scenario: ${read.stderr}`;
}

/// Hands off: what moves ends, and then no frame is drawn.
async function rest(lab) {
  await lab.call('pause');
  await lab.page.mouse.move(1, 1);
  for (let i = 0; i < 3; ++i) await lab.page.keyboard.press('Escape');
  for (const end = Date.now() + REST_MS; Date.now() < end;) {
    const before = await lab.frames();
    await pause(400);
    if (await lab.frames() === before) return '';
  }
  return 'frames are drawn although nothing happens';
}

/// Plays actions in a fresh page; what went wrong, or ''.
export async function play(browser, origin, actions) {
  const lab = await LabPage.open(browser, origin, {...SIZE, path: '/?workers=1', fast: true, hasTouch: true});
  try {
    lab.session = await lab.context.newCDPSession(lab.page);
    lab.page.on('dialog', (dialog) => { lab.errors.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
    lab.page.on('filechooser', () => {});
    const elements = await lab.page.evaluate((all) => document.querySelectorAll(all).length, LASTING);
    for (const [name, ...numbers] of actions) {
      await ACTIONS[name](lab, ...numbers);
      await lab.settle(3);
      const fault = await look(lab, elements);
      if (fault) return `${name}: ${fault}`;
    }
    return await rest(lab) || await look(lab, elements);
  } catch (error) {
    return lab.errors[0] ?? String(error);
  } finally {
    await lab.close();
  }
}

/// Leaves out ever smaller parts as long as it still fails.
async function fewest(fails, actions) {
  for (let part = Math.ceil(actions.length / 2); part > 0; part = part === 1 ? 0 : Math.ceil(part / 2))
    for (let at = 0; at < actions.length;) {
      const left = actions.toSpliced(at, part);
      if (await fails(left)) actions = left;
      else at += part;
    }
  return actions;
}

/// Episodes from a seed on, for so many seconds, at least one; {episodes, fault}, where a fault tells the seed and the least that it needs.
export async function monkey({seconds, seed = 1, actions = 24, browser, origin, least = true}) {
  const end = Date.now() + seconds * 1000;
  let episodes = 0;
  do {
    const all = episode(seed + episodes, actions), fault = await play(browser, origin, all);
    if (fault) {
      console.error(`seed ${seed + episodes}: ${fault}`);
      const needed = least ? await fewest((some) => play(browser, origin, some), all) : all;
      return {episodes, fault: `seed ${seed + episodes}: ${fault}\n${needed.map((action) => '  ' + JSON.stringify(action)).join('\n')}`};
    }
    ++episodes;
  } while (Date.now() < end);
  return {episodes, fault: ''};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, otherwise) => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? otherwise : Number(process.argv[at + 1]); };
  const seed = option('seed'), server = await serve(), browser = await launch();
  const {episodes, fault} = await monkey({seconds: option('seconds', seed === undefined ? 20 : 0), seed: seed ?? 1, actions: option('actions', 24), browser, origin: server.origin});
  console.log(fault || `${episodes} episodes: nothing was found`);
  await browser.close();
  await server.close();
  process.exit(fault ? 1 : 0);
}
