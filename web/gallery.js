// The gallery for teachers: labs to copy, and one to put together. The three texts (element, frame, link) say the same thing: what is shown.
import {CARDS_SAY, SAY} from './gallery-words.js';
import {chooseLanguage} from './language.js';
import {posterOf} from './posters.js';
import {scenarioOf} from './stride-lab.js';

const PARTS = ['surface', 'rate', 'loss', 'controls', 'instruments', 'problem', 'transport', 'bar', 'lessons', 'data', 'boundary'];
const LOCKS = ['surface', 'start', 'steps', 'noise', 'runs', 'optimizer', 'lr', 'schedule'];
const KINDS = ['curve', 'fit', 'network', 'data', 'layers'];  // what no query of a link names
const NAMES = ['surface', ...KINDS, 'optimizer', 'lr', 'schedule', 'lesson', 'panels', 'locked', 'theme', 'lang', 'reveal'];
const PRESENTATION = ['lesson', 'panels', 'locked', 'theme', 'lang', 'reveal'];  // what a scenario does not say
const OF_A_LINK = ['surface', 'optimizer', 'lr', 'schedule', 'lesson', 'theme', 'lang'];

const CARDS = [
  {title: 'One number', say: 'A valley and its learning rate, nothing else: where does it begin to bounce?',
   surface: 'quad_k10', lr: '0.05', panels: 'surface rate', locked: 'surface start'},
  {title: 'A bare surface', say: 'A picture that can be turned, for a text about what is descended.', surface: 'himmelblau', panels: 'surface'},
  {title: 'Momentum or Adam', say: 'The whole lab on a ravine, without the ways out of it.',
   surface: 'ravine', optimizer: 'Adam', panels: 'surface controls rate loss transport', locked: 'surface'},
  {title: 'A schedule', say: 'A rate that falls in steps, with its handles on the curve.',
   surface: 'rosenbrock', optimizer: 'Adam', lr: '0.3', schedule: 'StepLR', panels: 'surface rate loss', locked: 'surface optimizer'},
  {title: 'A ball on a curve', say: 'One weight: the slope, the step it makes, and the rate at which it jumps across.',
   curve: 'parabola', lr: '0.9', panels: 'surface rate transport'},
  {title: 'A shallow valley first', say: 'A small rate stays in the first valley, a larger one leaves it.', curve: 'two_valleys', panels: 'surface rate loss'},
  {title: 'A line through data', say: 'The stopping distances of cars: the line swings in while the walker descends.',
   fit: 'line', panels: 'surface data rate transport'},
  {title: 'Points of one\'s own', say: 'Click to add a point, drag it, erase it: the model follows.',
   fit: 'sigmoid', data: '{"type":"points","points":[[0,0],[1,0],[2,1],[3,0],[4,1],[5,1]]}', panels: 'data rate transport'},
  {title: 'A network finds a border', say: 'Two moons: scrub through the training, and see the border move.',
   network: 'tanh', data: 'moons', optimizer: 'Adam', lr: '0.03', panels: 'boundary rate loss transport'},
  {title: 'Handwritten digits', say: 'A small network learns 1,797 real digits while you watch; wrong answers have a red frame.',
   network: 'relu', data: 'digits', layers: '64 32 10', optimizer: 'Adam', lr: '0.005', panels: 'boundary rate loss transport'},
  {title: 'A lesson', say: 'The third lesson, with its question and its task.', lesson: '3'},
  {title: 'For the lecture hall', say: 'Larger type and stronger contrast.', surface: 'two_wells', lr: '0.02', panels: 'surface rate', theme: 'projector'},
];

const code = chooseLanguage({link: location.href}), say = {...SAY.en, ...SAY[code]};
document.documentElement.lang = code;
document.title = say.page;
document.getElementById('unstarted').remove();
document.getElementById('near').hidden = !/^(localhost|127\..*|\[::1\])$/.test(location.hostname);
for (const node of document.querySelectorAll('[data-say]')) node.textContent = say[node.dataset.say];
for (const name of ['curve', 'lesson', 'lr']) document.getElementById(name).placeholder = say[`no_${name}`];
document.getElementById('preview').setAttribute('aria-label', say.preview);

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const here = (path) => new URL(path, location.href).href;
const named = (choice, names) => names.filter((name) => choice[name]);

function address(page, choice, names) {
  const url = new URL(here(page));
  for (const name of named(choice, names)) url.searchParams.set(name, choice[name]);
  return url.href;
}

const packed = (scenario) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(scenario)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/// A choice has the attributes that say it, or a whole `scenario`, which then says everything about the numbers.
const texts = {
  snippet: (choice) => {
    const attributes = named(choice, [...NAMES, 'scenario']).map((name) => ` ${name}="${escaped(choice[name])}"`).join('');
    const poster = posterOf(choice.scenario ? choice.known : choice);
    return `<link rel="stylesheet" href="${here('stride-lab.css')}">\n<script type="module" src="${here('stride-lab.js')}"></script>\n` +
        `<stride-lab${attributes}${poster && ` poster="${poster}"`}><a href="${escaped(texts.link(choice))}">` +
        `${poster && `<img src="${poster}" alt="">`}Open the learning-rate lab</a></stride-lab>`;
  },
  frame: (choice) => {
    const link = address('embed.html', choice, NAMES) + (choice.scenario ? `#s=${packed(JSON.parse(choice.scenario))}` : '');
    return `<iframe src="${escaped(link)}" width="100%" height="520" title="Stride"></iframe>`;
  },
  link: (choice) => {
    if (!choice.scenario && !KINDS.some((name) => choice[name])) return address('index.html', choice, OF_A_LINK);
    const scenario = choice.scenario ? JSON.parse(choice.scenario) : scenarioOf(Object.fromEntries(named(choice, NAMES).map((name) => [name, choice[name]])));
    return `${address('index.html', choice, ['lesson', 'lang'])}#s=${packed(scenario)}`;
  },
};

const said = document.getElementById('said');
function copier(area) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = say.copy;
  button.addEventListener('click', async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = say.copied;
    } catch {
      said.textContent = say.selected;
    }
  });
  return button;
}

function boxes(name, values) {
  for (const value of values) {
    const label = document.createElement('label'), box = document.createElement('input');
    Object.assign(box, {type: 'checkbox', name, value});
    label.append(box, ' ' + value);
    document.getElementById(name).append(label);
  }
}

function chosen(form) {
  const data = new FormData(form), choice = {};
  for (const name of NAMES) choice[name] = data.getAll(name).map((value) => value.trim()).filter(Boolean).join(' ');
  return choice;
}

const form = document.getElementById('form'), preview = document.getElementById('preview'), fault = document.getElementById('fault');
const field = (id) => document.getElementById(id);

/// Beside the form, above the lab: what is wrong, and the field that it is in, "lr" of "runs[0].optimizer.lr: expected ...".
function complain(sentence) {
  fault.textContent = sentence;
  const words = sentence.split(':')[0].split(/[.[\]]+/).filter((word) => word && word !== 'type');
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  const wrong = sentence && words.reverse().map((word) => field(word === 'sigma' ? 'noise' : word)).find((found) => found?.form === form);
  if (wrong) wrong.setAttribute('aria-invalid', 'true');
}

/// What the lab shows, without how it is looked at.
function shown() {
  const {view, ...numbers} = preview.getState() ?? {};
  return numbers;
}

let byHand = false;  // something in the lab that no attribute says

/// The texts say what the lab shows: by attributes as long as these say all of it and nothing is wrong with them.
function write() {
  const choice = chosen(form), short = choice.lesson || !(byHand || fault.textContent) || !preview.getState();
  const told = short ? choice : {...Object.fromEntries(PRESENTATION.map((name) => [name, choice[name]])), scenario: JSON.stringify(shown()), known: {surface: shown().problem?.surface ?? ''}};
  for (const [id, text] of Object.entries(texts)) field(id).value = text(told);
}

/// The attributes as the form has them.
async function apply() {
  const choice = chosen(form), leaves = preview.hasAttribute('lesson') && !choice.lesson;
  complain('');
  for (const name of NAMES.filter((n) => n !== 'reveal')) {
    if (choice[name]) preview.setAttribute(name, choice[name]);
    else preview.removeAttribute(name);
  }
  if (leaves) await afresh();
  write();
}

/// Out of a lesson, and of what was done by hand: what the attributes say.
async function afresh() {
  byHand = false;
  for (const id of Object.keys(INTO)) field(id).value = '';
  preview.destroy();
  await preview.start().catch((error) => complain(error.message));
  write();
}

const numberOf = (text) => text.trim() === '' || !Number.isFinite(Number(text)) ? text.trim() : Number(text);
/// What no attribute says: put into the scenario that is shown.
const INTO = {
  steps: (scenario, text) => { scenario.steps = text ? numberOf(text) : undefined; },
  start: (scenario, text) => { scenario.problem = {...scenario.problem, start: text ? text.split(/[\s,;]+/).filter(Boolean).map(numberOf) : undefined}; },
  noise: (scenario, text) => { scenario.problem = {...scenario.problem, noise: text ? {...scenario.problem?.noise, sigma: numberOf(text)} : undefined}; },
};

async function put(id) {
  const scenario = shown();
  INTO[id](scenario, field(id).value.trim());
  complain('');
  await preview.setState(scenario).then(() => { byHand = true; }, (error) => complain(error.message));
  write();
}

function build() {
  boxes('panels', PARTS);
  boxes('locked', LOCKS);
  for (const id of Object.keys(texts)) field(id).after(copier(field(id)));
  form.addEventListener('change', ({target}) => INTO[target.id] ? put(target.id) : apply());
  form.addEventListener('submit', (event) => event.preventDefault());
  field('afresh').addEventListener('click', () => {
    form.reset();
    apply().then(afresh);
  });
  preview.addEventListener('error', ({detail}) => {
    complain(detail.message);
    write();
  });
  preview.addEventListener('ready', write);
  preview.addEventListener('change', ({detail}) => {
    said.textContent = '';
    byHand ||= detail.userInitiated;
    write();
  });
  apply();
}

function card(choice, number) {
  const [title, sentence] = CARDS_SAY[code]?.[number] ?? [choice.title, choice.say];
  const box = document.createElement('article'), heading = document.createElement('h3'), words = document.createElement('p');
  const lab = document.createElement('stride-lab'), area = document.createElement('textarea');
  box.className = 'card';
  heading.textContent = title;
  words.textContent = sentence;
  for (const name of named(choice, NAMES)) lab.setAttribute(name, choice[name]);
  lab.setAttribute('poster', posterOf(choice));
  lab.setAttribute('reveal', 'interaction');
  Object.assign(area, {value: texts.snippet(choice), rows: 5, readOnly: true});
  area.setAttribute('aria-label', say.to_copy.replace('{title}', title));
  box.append(heading, words, lab, area, copier(area));
  return box;
}

build();
document.getElementById('cards').append(...CARDS.map(card));
