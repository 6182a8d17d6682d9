// embed.html: the lab in an <iframe>. What it shows comes from the address, what it does from messages of the page around it.
// docs/embedding.md documents both; whatever is not in the tables of parameters and of messages is not listened to.
import {titleIn} from './stride-lab.js';
import {PARAMETERS, readAddress} from './embed-address.js';
import {interactionOf} from './interaction.js';

const VERSION = 1;
const LONGEST = 300 << 10;
const RATIO = 10 / 16, LOWEST = 360, HIGHEST = 900;  // of the height that is asked of the host
const EVENTS = ['ready', 'change', 'progress', 'answered', 'goal', 'error'];

const ATTRIBUTES = ['curve', 'fit', 'network', 'data', 'layers', 'panels', 'locked', 'theme', 'lang', 'lesson', 'reveal', 'workers'];
const {page, faults, scenario} = readAddress(location.search, location.hash);
const lab = document.querySelector('stride-lab');
for (const name of ATTRIBUTES) if (page[name] !== undefined) lab.setAttribute(name, page[name]);
if (scenario) lab.setAttribute('scenario', scenario);
lab.setAttribute('loading', 'eager');

// --- Messages

const none = (value) => value === undefined;
const string = (value) => typeof value === 'string' && value.length <= LONGEST;
const attribute = (name) => ({
  fits: (value) => string(value) && PARAMETERS[name].fits(value), expected: PARAMETERS[name].expected,
  run: (value) => { lab.setAttribute(name, value); },
});

/// What the host may ask: the value it sends along has to fit; what `run` returns is the reply's.
const MESSAGES = {
  hello: {fits: none, run: () => ({version: VERSION, ready: isReady, messages: Object.keys(MESSAGES), events: EVENTS})},
  getState: {fits: none, run: () => lab.getState()},
  setState: {
    expected: 'a scenario or a link', fits: (value) => string(value) || (isPlain(value) && length(value) <= LONGEST),
    run: (value) => lab.setState(value),
  },
  play: {fits: none, run: () => lab.play()},
  pause: {fits: none, run: () => lab.pause()},
  seek: {expected: 'a step from 0', fits: (value) => Number.isInteger(value) && value >= 0 && value <= 1e6, run: (value) => lab.seek(value)},
  toImage: {fits: none, run: () => lab.toImage()},
  toCSV: {fits: none, run: () => lab.toCSV()},
  start: {fits: none, run: () => lab.start()},
  resize: {fits: none, run: () => askForHeight()},
  panels: attribute('panels'),
  locked: attribute('locked'),
  theme: attribute('theme'),
  lang: attribute('lang'),
};

/// The page says in which language it is, and what it is called in that.
function speak() {
  const code = lab.getAttribute('lang') ?? '';
  if (!code) return;
  document.documentElement.lang = code;
  document.title = titleIn(code);
}
new MutationObserver(speak).observe(lab, {attributeFilter: ['lang']});
speak();

/// Of an object as JSON; what cannot be written has no end.
const length = (value) => {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
};
const isPlain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value) => value === undefined || (typeof value === 'string' && value.length <= 100) || Number.isFinite(value);

/// The message, or null where it is none of ours.
function readMessage(data) {
  if (!isPlain(data) || data.stride !== VERSION || typeof data.type !== 'string' || !isId(data.id)) return null;
  return Object.hasOwn(MESSAGES, data.type) ? data : null;
}

let host = page.origin ?? '';  // whom we speak with: named in the address, else whoever greets first
let isReady = false;

/// A page without an origin of its own (a file, a sandbox) cannot be named; it is still only our parent that hears.
const post = (message) => { if (host) parent.postMessage(message, host === 'null' ? '*' : host); };

async function answer({id, type, value}) {
  const {fits, expected = 'no value', run} = MESSAGES[type];
  const reply = {stride: VERSION, type: 'reply', to: type, id};
  if (!fits(value)) return post({...reply, ok: false, error: `${type}: expected ${expected}`});
  try {
    post({...reply, ok: true, value: await run(value)});
  } catch (error) {
    post({...reply, ok: false, error: error.message});
  }
}

addEventListener('message', (event) => {
  if (event.source !== parent || parent === window) return;
  const message = readMessage(event.data);
  if (!message) return;
  if (!host && message.type === 'hello') host = event.origin;
  if (event.origin !== host) return;
  answer(message);
  if (message.type === 'hello' && page.resize === '1') askForHeight();
});

// --- Events

/// A UUID of version 4; randomUUID is there only where the connection is secure.
function makeId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return [...bytes].map((byte, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
}

/// In the shape of xAPI, but for the actor, whom only the host knows.
function statement(type, detail) {
  const verb = {answered: 'answered', goal: 'completed'}[type];
  if (!verb) return undefined;
  const {correct, part, score, lesson, title, step} = detail, lang = document.documentElement.lang;
  const address = new URL(location.pathname, location.href), place = address.href;
  if (lesson) address.search = `lesson=${lesson}`;
  const id = address.href, about = {id: makeId(), verb: {id: `http://adlnet.gov/expapi/verbs/${verb}`, display: {en: verb}}, timestamp: new Date().toISOString()};
  const object = {objectType: 'Activity', id, definition: {name: {[lang]: title}, type: 'http://adlnet.gov/expapi/activities/lesson'}};
  if (verb === 'completed') return {...about, object, result: {success: true, completion: true, extensions: {[place + '#step']: step}}};
  const {definition, response} = interactionOf(detail, lang);
  return {
    ...about, object: {objectType: 'Activity', id: `${id}#${part}`, definition: {name: {[lang]: title}, ...definition}},
    result: {success: correct, score: {scaled: score}, response}, context: {contextActivities: {parent: [object]}},
  };
}

for (const type of EVENTS) {
  lab.addEventListener(type, ({detail}) => {
    if (type === 'ready') isReady = true;
    post({stride: VERSION, type: 'event', event: type, detail, statement: statement(type, detail)});
  });
}
lab.addEventListener('ready', () => {
  for (const fault of faults) lab.complain(fault);
  if (page.resize === '1') askForHeight();
});

/// Tells the host how high the frame should be: in our words, and in those of Canvas.
function askForHeight() {
  const height = Math.round(Math.min(Math.max(innerWidth * RATIO, LOWEST), HIGHEST));
  post({stride: VERSION, type: 'event', event: 'resize', subject: 'stride.resize', height, detail: {height}});
  post({subject: 'lti.frameResize', height});
  return {height};
}
