// What else one takes away, beside the scenario's file that has just been saved: pictures, a film of the run, a table, a link, embedding lines.
import {copyText, download, translated} from './canvas.js';

const TITLE = 'Saved. Take away more:';
const PICTURE = 'Picture';
const FIGURE = 'Figure';
const TRANSPARENT = 'Transparent figure';
const FILM = 'Film';
const CODE = 'Code';
const COPY = 'Copy';
const SAVE = 'Save';
const TABLE = 'Table';
const LINK = 'Link';
const EMBEDDING = 'Embedding lines';
const CLOSE = 'Close';
const COPIED = 'Copied.';
const WAIT = 'One moment …';
const NO_FILM = 'This browser makes no films.';
const SECONDS = 'Seconds of film';
const WIDTH = 'Pixels across';
const OUT_OF_RANGE = '{0}: expected a whole number from {1} to {2}, got {3}';
const FRAMES = 30;     // a second, of the film
const GIF_DELAY = 12;  // hundredths of a second between the frames of a GIF, more where they would be too much to hold
const GIF_PIXELS = 5e7;
/// What may be asked of both: least, most, usual.
const SETTINGS = [[SECONDS, 1, 60, 5], [WIDTH, 64, 1920, 640]];

/// The lab as it would look on a screen with `scale` pixels for each of the page's.
function picture(lab, scale) {
  const {canvas, module, ratio} = lab, {width, height} = canvas;
  canvas.width = Math.round(width / ratio * scale);
  canvas.height = Math.round(height / ratio * scale);
  lab.ratio = scale;
  lab.drawNow();  // what lies where is settled with the second frame, which the picture draws
  const blob = module.toImage();
  Object.assign(canvas, {width, height});
  lab.ratio = ratio;
  lab.drawNow();
  return blob;
}

/// Lets `show` lead the run from its first step (0) to its last (1), and goes back to the step that was shown.
async function play(lab, show) {
  const {module} = lab, {steps = 200, view} = module.getScenario();
  await show((share) => module.seek(Math.round(share * steps)));
  if (view?.cursor >= 0) module.seek(view.cursor);
}

/// A canvas with the lab's picture in it, as wide as asked for but no wider than the lab, even on both sides as coders want it.
function screen(lab, widest) {
  const made = document.createElement('canvas'), share = Math.min(widest / lab.canvas.width, 1);
  const even = (side) => Math.max(2 * Math.round(side * share / 2), 2);
  const width = made.width = even(lab.canvas.width), height = made.height = even(lab.canvas.height);
  const context = made.getContext('2d', {willReadFrequently: true});
  const take = () => {
    lab.drawNow();  // what it has drawn is there until the browser shows it
    context.drawImage(lab.canvas, 0, 0, width, height);
  };
  return {canvas: made, context, width, height, take};
}

/// The run as the page shows it.
async function film(lab, seconds, widest) {
  const {canvas, take} = screen(lab, widest);
  const type = ['video/webm;codecs=vp9', 'video/webm'].find((name) => globalThis.MediaRecorder?.isTypeSupported(name));
  if (!type || !canvas.captureStream) throw new Error(NO_FILM);
  const recorder = new MediaRecorder(canvas.captureStream(FRAMES), {mimeType: type}), parts = [];
  recorder.addEventListener('dataavailable', ({data}) => parts.push(data));
  const stopped = new Promise((done) => recorder.addEventListener('stop', done));
  take();
  recorder.start();
  await play(lab, async (seek) => {
    const begin = performance.now();
    for (let share = 0; share < 1;) {
      share = Math.min((performance.now() - begin) / (1000 * seconds), 1);
      seek(share);
      take();
      await new Promise((next) => requestAnimationFrame(next));
    }
  });
  recorder.stop();
  await stopped;
  return new Blob(parts, {type: 'video/webm'});
}

/// The same where no film can be shown.
async function gif(lab, seconds, widest) {
  const {encodeGif} = await import('./gif.js');
  const {context, width, height, take} = screen(lab, widest), frames = [];
  const count = Math.max(Math.round(Math.min(100 * seconds / GIF_DELAY, GIF_PIXELS / (width * height))), 2);
  await play(lab, async (seek) => {
    for (let i = 0; i < count; ++i) {
      seek(i / (count - 1));
      take();
      frames.push(context.getImageData(0, 0, width, height).data);
      await new Promise((next) => setTimeout(next));
    }
  });
  return new Blob([encodeGif(frames, width, height, Math.round(100 * seconds / count))], {type: 'image/gif'});
}

const SIZE = [1200, 800];  // of figures, pixels

async function figure(lab, transparent) {
  const fault = await lab.grow();
  if (fault) throw new Error(fault);
  return lab.module.toSVG(...SIZE, transparent);
}

/// The figure alone, on no ground, with `scale` pixels for each of its own.
async function cutOut(lab, scale) {
  const image = new Image(), made = document.createElement('canvas'), [width, height] = SIZE.map((side) => side * scale);
  image.src = 'data:image/svg+xml,' + encodeURIComponent(await figure(lab, true));
  await image.decode();
  Object.assign(made, {width, height}).getContext('2d').drawImage(image, 0, 0, width, height);
  return new Promise((done) => made.toBlob(done, 'image/png'));
}

const here = (lab, page) => new URL(page, document.baseURI).href.split(/[?#]/)[0] + (lab.link ?? lab.options.link ?? '');
const frame = (address) => `<iframe src="${address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="100%" height="520" title="Stride"></iframe>`;

const WAYS = [
  ...[1, 2, 4].map((scale) => [PICTURE, ` ${scale}×`, (lab) => picture(lab, scale).then((blob) => download(`stride-${scale}x.png`, blob))]),
  [FIGURE, ' SVG', (lab) => figure(lab, false).then((svg) => download('stride.svg', new Blob([svg], {type: 'image/svg+xml'})))],
  [TRANSPARENT, ' PNG', (lab) => cutOut(lab, 2).then((blob) => download('stride-transparent.png', blob))],
  [FILM, ' WebM', (lab, asked) => film(lab, ...asked).then((blob) => download('stride.webm', blob))],
  [FILM, ' GIF', (lab, asked) => gif(lab, ...asked).then((blob) => download('stride.gif', blob))],
  [TABLE, ' CSV', (lab) => download('stride.csv', new Blob([lab.module.toCSV()], {type: 'text/csv'}))],
  ...['PyTorch', 'Keras', 'Optax'].map((framework) => [CODE, ' ' + framework, (lab) => showCode(lab, framework)]),
  [LINK, '', (lab) => copyText(here(lab, 'index.html')), COPIED],
  [EMBEDDING, '', (lab) => copyText(frame(here(lab, 'embed.html'))), COPIED],
];

// A sheet that is made here needs no file, and no host's policy forbids it.
const style = new CSSStyleSheet();
style.replaceSync(`
.takeaway label { display: flex; align-items: center; gap: 6px; }
.takeaway input { font: inherit; width: 5em; padding: 3px 6px; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--text); }
.code { max-width: min(960px, calc(100vw - 48px)); max-height: calc(100vh - 96px); padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); color: var(--text); }
.code::backdrop { background: #0008; }
.code p { margin: 0 0 8px; font-weight: 600; }
.code pre { margin: 0 0 12px; padding: 12px; overflow: auto; max-height: calc(100vh - 240px); border-radius: 6px; background: var(--ground); font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
.code button { margin-right: 8px; }
.comment { color: var(--muted); }
.keyword { color: var(--accent); }
.string { color: #3fb950; }
.number { color: #d29922; }
@media (prefers-color-scheme: light) {
  :root:not([data-theme=dark]) .string { color: #116329; }
  :root:not([data-theme=dark]) .number { color: #7d4e00; }
}
:root[data-theme=light] .string { color: #116329; }
:root[data-theme=light] .number { color: #7d4e00; }
@media print {
  .code { display: none; }
}
`);
document.adoptedStyleSheets.push(style);

let panel;

const PYTHON = /(#.*)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\b(\d[\w.]*(?:e[-+]?\d+)?)|\b(and|as|def|elif|else|for|from|if|import|in|is|lambda|not|None|or|pass|return|True|False|while|with|yield)\b/g;

/// Python with its comments, strings, numbers and keywords marked.
function highlighted(program) {
  const pre = document.createElement('pre');
  let end = 0;
  for (const found of program.matchAll(PYTHON)) {
    const mark = document.createElement('span');
    mark.className = ['comment', 'string', 'number', 'keyword'][found.slice(1).findIndex((part) => part !== undefined)];
    mark.textContent = found[0];
    pre.append(program.slice(end, found.index), mark);
    end = found.index + found[0].length;
  }
  pre.append(program.slice(end));
  pre.tabIndex = 0;
  return pre;
}

/// The program that makes the same runs, to read, copy and save.
async function showCode(lab, framework) {
  const fault = await lab.grow(), answer = fault || lab.module.toCode(framework.toLowerCase());
  if (!answer.startsWith('+')) throw new Error(answer.replace(/^-/, ''));
  const program = answer.slice(1), dialog = document.createElement('dialog');
  const [copy, copied, save, close] = await Promise.all([COPY, COPIED, SAVE, CLOSE].map((words) => translated(lab.canvas.lang, words)));
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  said.textContent = framework;
  dialog.className = 'code';
  dialog.setAttribute('aria-label', framework);
  dialog.append(said, highlighted(program), button(copy, () => {
    copyText(program);
    said.textContent = copied;
  }), button(save, () => download(`stride_${framework.toLowerCase()}.py`, new Blob([program], {type: 'text/x-python'}))), button(close, () => dialog.close()));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function button(words, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

/// A field for each of SETTINGS, and what stands in them; an Error where that is none.
async function settings(say) {
  const names = await Promise.all(SETTINGS.map(([name]) => say(name))), pattern = await say(OUT_OF_RANGE);
  const fields = SETTINGS.map(([, least, most, usual], i) => {
    const label = document.createElement('label'), field = document.createElement('input');
    Object.assign(field, {type: 'number', min: least, max: most, step: 1, value: usual});
    label.append(names[i] + ' ', field);
    return {label, field, least, most, name: names[i]};
  });
  const asked = () => fields.map(({field, least, most, name}) => {
    const value = field.value === '' ? NaN : Number(field.value);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Error([name, least, most, field.value || '–'].reduce((words, part, i) => words.replace(`{${i}}`, part), pattern));
  });
  return {labels: fields.map(({label}) => label), asked};
}

/// Shows the ways in a corner of the page, in the lab's language, without taking the focus.
export async function takeAway(lab) {
  const say = (english) => translated(lab.canvas.lang, english);
  const names = await Promise.all([TITLE, CLOSE, ...WAYS.map(([name]) => name)].map(say));
  const {labels, asked} = await settings(say);
  panel?.remove();
  panel = document.createElement('div');
  panel.className = 'takeaway';
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', names[0]);
  const close = () => {
    panel.remove();
    lab.canvas.focus({preventScroll: true});
  };
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  said.textContent = names[0];
  panel.append(said, ...WAYS.map(([, ending, act, done], i) => button(names[i + 2] + ending, async () => {
    try {
      said.textContent = await say(WAIT);
      await act(lab, ending === ' WebM' || ending === ' GIF' ? asked() : []);
      said.textContent = done ? await say(done) : names[0];
    } catch (error) {
      said.textContent = await say(error.message);
    }
  })), ...labels, button(names[1], close));
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  document.body.append(panel);
}
