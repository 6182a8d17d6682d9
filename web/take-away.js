// What else one takes away, beside the scenario's file that has just been saved: pictures, a film of the run, a table, a link, embedding lines.
import {translated} from './language.js';
import {copyText, download} from './host.js';

const TITLE = 'Saved. Take away more:';
const PICTURE = 'Picture';
const FILM = 'Film';
const TABLE = 'Table';
const LINK = 'Link';
const EMBEDDING = 'Embedding lines';
const CLOSE = 'Close';
const COPIED = 'Copied.';
const WAIT = 'One moment …';
const NO_FILM = 'This browser makes no films.';
const SECONDS = 5, FRAMES = 30;  // of the film, and a second
const GIF = {frames: 40, delay: 12, widest: 640};  // hundredths of a second; pixels

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

/// The run as the page shows it.
async function film(lab) {
  const {canvas} = lab;
  const type = ['video/webm;codecs=vp9', 'video/webm'].find((name) => globalThis.MediaRecorder?.isTypeSupported(name));
  if (!type || !canvas.captureStream) throw new Error(NO_FILM);
  const recorder = new MediaRecorder(canvas.captureStream(FRAMES), {mimeType: type}), parts = [];
  recorder.addEventListener('dataavailable', ({data}) => parts.push(data));
  const stopped = new Promise((done) => recorder.addEventListener('stop', done));
  recorder.start();
  await play(lab, async (seek) => {
    const begin = performance.now();
    for (let share = 0; share < 1;) {
      share = Math.min((performance.now() - begin) / (1000 * SECONDS), 1);
      seek(share);
      await new Promise((next) => requestAnimationFrame(next));
    }
  });
  recorder.stop();
  await stopped;
  return new Blob(parts, {type: 'video/webm'});
}

/// The same where no film can be shown.
async function gif(lab) {
  const {encodeGif} = await import('./gif.js');
  const small = document.createElement('canvas'), share = Math.min(GIF.widest / lab.canvas.width, 1), frames = [];
  const width = small.width = Math.round(lab.canvas.width * share), height = small.height = Math.round(lab.canvas.height * share);
  const context = small.getContext('2d', {willReadFrequently: true});
  await play(lab, async (seek) => {
    for (let i = 0; i < GIF.frames; ++i) {
      seek(i / (GIF.frames - 1));
      lab.drawNow();  // what it has drawn is there until the browser shows it
      context.drawImage(lab.canvas, 0, 0, width, height);
      frames.push(context.getImageData(0, 0, width, height).data);
      await new Promise((next) => setTimeout(next));
    }
  });
  return new Blob([encodeGif(frames, width, height, GIF.delay)], {type: 'image/gif'});
}

const here = (lab, page) => new URL(page, document.baseURI).href.split(/[?#]/)[0] + (lab.link ?? lab.options.link ?? '');
const frame = (address) => `<iframe src="${address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="100%" height="520" title="Stride"></iframe>`;

const WAYS = [
  ...[1, 2, 4].map((scale) => [PICTURE, ` ${scale}×`, (lab) => picture(lab, scale).then((blob) => download(`stride-${scale}x.png`, blob))]),
  [FILM, ' WebM', (lab) => film(lab).then((blob) => download('stride.webm', blob))],
  [FILM, ' GIF', (lab) => gif(lab).then((blob) => download('stride.gif', blob))],
  [TABLE, ' CSV', (lab) => download('stride.csv', new Blob([lab.module.toCSV()], {type: 'text/csv'}))],
  [LINK, '', (lab) => copyText(here(lab, 'index.html')), COPIED],
  [EMBEDDING, '', (lab) => copyText(frame(here(lab, 'embed.html'))), COPIED],
];

let panel;

function button(words, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

/// Shows the ways in a corner of the page, in the lab's language, without taking the focus.
export async function takeAway(lab) {
  const say = (english) => translated(lab.canvas.lang, english);
  const names = await Promise.all([TITLE, CLOSE, ...WAYS.map(([name]) => name)].map(say));
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
      await act(lab);
      said.textContent = done ? await say(done) : names[0];
    } catch (error) {
      said.textContent = await say(error.message);
    }
  })), button(names[1], close));
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  document.body.append(panel);
}
