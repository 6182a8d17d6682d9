// The gallery for teachers: labs to copy, and one to put together. The three texts (element, frame, link) say the same thing.
import {posterOf} from './posters.js';
import {scenarioOf} from './stride-lab.js';

const PARTS = ['surface', 'rate', 'loss', 'controls', 'instruments', 'problem', 'transport', 'bar', 'lessons'];
const LOCKS = ['surface', 'start', 'steps', 'noise', 'runs', 'optimizer', 'lr', 'schedule'];
const KINDS = ['curve', 'fit', 'network', 'data', 'layers'];  // what no query of a link names
const NAMES = ['surface', ...KINDS, 'optimizer', 'lr', 'schedule', 'lesson', 'panels', 'locked', 'theme', 'lang', 'reveal'];
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
  {title: 'A lesson', say: 'The third lesson, with its question and its task.', lesson: '3'},
  {title: 'For the lecture hall', say: 'Larger type and stronger contrast.', surface: 'two_wells', lr: '0.02', panels: 'surface rate', theme: 'projector'},
];

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const here = (path) => new URL(path, location.href).href;
const named = (choice, names) => names.filter((name) => choice[name]);

function address(page, choice, names) {
  const url = new URL(here(page));
  for (const name of named(choice, names)) url.searchParams.set(name, choice[name]);
  return url.href;
}

const texts = {
  snippet: (choice) => {
    const attributes = named(choice, NAMES).map((name) => ` ${name}="${escaped(choice[name])}"`).join('');
    const poster = posterOf(choice);
    return `<link rel="stylesheet" href="${here('stride-lab.css')}">\n<script type="module" src="${here('stride-lab.js')}"></script>\n` +
        `<stride-lab${attributes}${poster && ` poster="${poster}"`}><a href="${escaped(texts.link(choice))}">` +
        `${poster && `<img src="${poster}" alt="">`}Open the learning-rate lab</a></stride-lab>`;
  },
  frame: (choice) => `<iframe src="${escaped(address('embed.html', choice, NAMES))}" width="100%" height="520" title="Stride"></iframe>`,
  link: (choice) => {
    if (!KINDS.some((name) => choice[name])) return address('index.html', choice, OF_A_LINK);
    const bytes = new TextEncoder().encode(JSON.stringify(scenarioOf(Object.fromEntries(named(choice, NAMES).map((name) => [name, choice[name]])))));
    const packed = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    return `${address('index.html', choice, ['lesson', 'lang'])}#s=${packed}`;
  },
};

const said = document.getElementById('said');
function copier(area) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = 'Copied.';
    } catch {
      said.textContent = 'It is selected: copy it with Ctrl C.';
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

function build() {
  const form = document.getElementById('form'), preview = document.getElementById('preview');
  const show = () => {
    const choice = chosen(form);
    for (const [id, text] of Object.entries(texts)) document.getElementById(id).value = text(choice);
    for (const name of NAMES.filter((n) => n !== 'reveal')) {
      if (choice[name]) preview.setAttribute(name, choice[name]);
      else preview.removeAttribute(name);
    }
  };
  boxes('panels', PARTS);
  boxes('locked', LOCKS);
  for (const id of Object.keys(texts)) document.getElementById(id).after(copier(document.getElementById(id)));
  form.addEventListener('change', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  preview.addEventListener('error', ({detail}) => { said.textContent = detail.message; });
  preview.addEventListener('change', () => { said.textContent = ''; });
  show();
}

function card(choice) {
  const box = document.createElement('article'), heading = document.createElement('h3'), words = document.createElement('p');
  const lab = document.createElement('stride-lab'), area = document.createElement('textarea');
  box.className = 'card';
  heading.textContent = choice.title;
  words.textContent = choice.say;
  for (const name of named(choice, NAMES)) lab.setAttribute(name, choice[name]);
  lab.setAttribute('poster', posterOf(choice));
  lab.setAttribute('reveal', 'interaction');
  Object.assign(area, {value: texts.snippet(choice), rows: 5, readOnly: true});
  area.setAttribute('aria-label', choice.title + ', to copy');
  box.append(heading, words, lab, area, copier(area));
  return box;
}

build();
document.getElementById('cards').append(...CARDS.map(card));
