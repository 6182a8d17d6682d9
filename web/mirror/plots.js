// A plot for those who do not see it: step by step with the arrows, in words and, where that is switched on, as a tone that rises and falls
// with the loss; and as a table.
import {describe, keepsPresses, lay, make, set} from './elements.js';

const TABLE = 'Table of the curves';
const SOUND = 'Sound of the loss';
const LOSS = 'Loss';
const RATE = 'Learning rate';
const STEP = 'Step';
const MOST_ROWS = 41;
const LOWEST = 160, OCTAVES = 3, SECONDS = 0.15, LOUDNESS = 0.15;  // of the tone: hertz, from the least loss to the most, length

let sounds = false, audio;  // for every plot of the page

/// The curves of the runs: [{name, steps: Map(step → {loss, lr})}], from the table that the lab writes.
function curvesOf(module) {
  const [head, ...lines] = module.toCSV().trim().split('\n'), place = (name) => head.split(',').indexOf(name);
  const [run, step, loss, rate] = ['run', 'step', 'loss', 'lr'].map(place), runs = [];
  for (const line of lines) {
    const cells = line.split(',');
    (runs[cells[run]] ??= new Map()).set(Number(cells[step]), {loss: cells[loss], rate: cells[rate]});
  }
  const given = module.getScenario().runs ?? [];
  return runs.map((steps, i) => ({name: given[i]?.name ?? given[i]?.optimizer?.type ?? `${i + 1}`, steps}));
}

const short = (number) => number === '' || number === undefined ? '–' : String(Number(Number(number).toPrecision(4)));

async function makeTable(hands) {
  const runs = curvesOf(hands.module);
  const [step, loss, rate, caption] = await Promise.all([STEP, LOSS, RATE, TABLE].map(hands.say));
  const last = Math.max(...runs.map(({steps}) => Math.max(...steps.keys())));
  const shown = Array.from({length: Math.min(last + 1, MOST_ROWS)}, (_, i) => Math.round(last * i / Math.max(Math.min(last, MOST_ROWS - 1), 1)));
  const table = make('table'), row = (cells, tag) => {
    const line = make('tr');
    line.append(...cells.map((words, i) => Object.assign(make(i === 0 ? 'th' : tag), {textContent: words, scope: tag === 'th' ? 'col' : i === 0 ? 'row' : ''})));
    return line;
  };
  table.append(Object.assign(make('caption'), {textContent: caption}), row([step, ...runs.flatMap(({name}) => [`${name}: ${loss}`, `${name}: ${rate}`])], 'th'));
  for (const at of shown) table.append(row([String(at), ...runs.flatMap(({steps}) => [short(steps.get(at)?.loss), short(steps.get(at)?.rate)])], 'td'));
  return table;
}

/// Plays a loss between the least and the most of its run.
function play(losses, loss) {
  const all = losses.filter((x) => x > 0).map(Math.log), [least, most] = [Math.min(...all), Math.max(...all)];
  const share = loss > 0 && most > least ? (Math.log(loss) - least) / (most - least) : loss > 0 ? 0 : 1;
  audio ??= new AudioContext();
  const tone = audio.createOscillator(), gain = audio.createGain(), now = audio.currentTime;
  tone.frequency.value = LOWEST * 2 ** (OCTAVES * share);
  gain.gain.setValueAtTime(LOUDNESS, now);
  gain.gain.exponentialRampToValueAtTime(0.001, now + SECONDS);
  tone.connect(gain).connect(audio.destination);
  tone.start(now);
  tone.stop(now + SECONDS);
}

export function plot(control, hands) {
  const node = make('div'), curve = make('div', 'slider', {tabIndex: 0}), board = make('div', 'group', {className: 'board', hidden: true, tabIndex: 0});
  const own = (role) => make('button', role, {type: 'button', className: 'own'});
  const table = own(), sound = own('switch');
  let spoken = '', known = '', losses = [], last;
  table.addEventListener('click', async () => {
    if (board.hidden) board.replaceChildren(await makeTable(hands));
    board.hidden = !board.hidden;
    set(table, 'aria-expanded', String(!board.hidden));
  });
  sound.addEventListener('click', () => {
    sounds = !sounds;
    set(sound, 'aria-checked', String(sounds));
  });
  board.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    table.click();
    table.focus();
  });
  for (const button of [table, sound]) keepsPresses(button);
  sound.addEventListener('focus', () => set(sound, 'aria-checked', String(sounds)));
  node.append(curve, table, sound, board);
  const hear = (c) => {
    if (known !== c.value) {
      losses = [...curvesOf(hands.module)[0]?.steps.values() ?? []].map(({loss}) => Number(loss));
      known = c.value;
    }
    play(losses, losses[Math.min(c.now, losses.length - 1)]);
  };
  return {node, target: curve, update: (c, box) => {
    describe(curve, c, c.value, c.help);
    for (const [name, value] of [['min', c.min], ['max', c.max], ['now', c.now], ['text', c.detail]]) set(curve, `aria-value${name}`, value);
    set(sound, 'aria-checked', String(sounds));
    set(table, 'aria-expanded', String(!board.hidden));
    set(board, 'aria-label', c.name);
    for (const each of [curve, table, sound, board]) lay(each, c, box);
    if (spoken !== hands.canvas.lang) {
      spoken = hands.canvas.lang;
      for (const [button, words] of [[table, TABLE], [sound, SOUND]])
        hands.say(words).then((said) => { button.textContent = said; });
    }
    if (sounds && last !== undefined && last !== c.now && curve.matches(':focus')) hear(c);
    last = c.now;
  }};
}
