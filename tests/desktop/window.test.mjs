// The desktop program under Xvfb: the same picture as the page, a real window that takes keys, and exact sentences for bad files.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {after, before, test} from 'node:test';
import {ARTIFACTS, difference, LabPage, launch, serve} from '../browser/helpers.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = resolve(process.env.STRIDE_LAB ?? join(ROOT, 'build/native/stride-lab'));
const SCENARIO = {
  stride: 1,
  problem: {surface: 'himmelblau'},
  steps: 80,
  runs: [{optimizer: {type: 'SGD', lr: 0.01, momentum: 0.8}}, {optimizer: {type: 'Adam', lr: 0.2}, schedule: {type: 'StepLR', step_size: 20}}],
  view: {theme: 'dark', cursor: 40},
};
const SIZE = [1000, 700];

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stride-'));
  await mkdir(ARTIFACTS, {recursive: true});
});
after(() => rm(folder, {recursive: true, force: true}));

/// The program, on a screen of its own.
function onScreen(...given) {
  return ['xvfb-run', ['-a', '-s', '-screen 0 1280x1024x24', 'env', 'LIBGL_ALWAYS_SOFTWARE=1', ...given]];
}

function shoot(file, picture) {
  const [command, given] = onScreen(PROGRAM, file, '--screenshot', picture, '--size', SIZE.join('x'), '--pixel-ratio', '1');
  const done = spawnSync(command, given, {encoding: 'utf8', timeout: 120000});
  assert.equal(done.status, 0, done.stderr);
}

/// A PNG as small RGBA rows of the part [x, y, w, h] of it, and its size; decoded by the browser.
async function decode(page, path, part, [w, h] = [96, 72]) {
  const found = await page.evaluate(async ([data, from, to]) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]));
    const copy = new OffscreenCanvas(...to), draw = copy.getContext('2d');
    draw.drawImage(picture, ...from, 0, 0, ...to);
    return {size: [picture.width, picture.height], pixels: [...draw.getImageData(0, 0, ...to).data]};
  }, [(await readFile(path)).toString('base64'), part, [w, h]]);
  return {size: found.size, pixels: Uint8Array.from(found.pixels)};
}

function meanDifference(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += Math.abs(a[i] - b[i]);
  return sum / a.length / 255;
}

test('the desktop draws what the page draws', async () => {
  const file = join(folder, 'scenario.json'), picture = join(ARTIFACTS, 'desktop-himmelblau.png');
  await writeFile(file, JSON.stringify(SCENARIO));
  shoot(file, picture);
  const server = await serve(), browser = await launch();
  try {
    const lab = await LabPage.open(browser, server.origin, {width: SIZE[0], height: SIZE[1]});
    assert.equal(await lab.setScenario(SCENARIO), '');
    await lab.screenshot('page-himmelblau.png');
    const area = await lab.control('loss surface', 'surface', 'img'), part = [area.x, area.y, area.w, area.h];
    const page = await decode(lab.page, join(ARTIFACTS, 'page-himmelblau.png'), part), desktop = await decode(lab.page, picture, part);
    assert.deepEqual(desktop.size, SIZE);
    assert.deepEqual(page.size, SIZE);
    const away = meanDifference(page.pixels, desktop.pixels);
    assert.ok(away < 0.02, `${away} of full range between page and desktop`);
    await writeFile(file, JSON.stringify({...SCENARIO, problem: {surface: 'booth'}}));
    const other = join(folder, 'other.png');
    shoot(file, other);
    const else_ = meanDifference(page.pixels, (await decode(lab.page, other, part)).pixels);
    assert.ok(else_ > 3 * Math.max(away, 0.005), `another surface is as near: ${else_} to ${away}`);
  } finally {
    await browser.close();
    await server.close();
  }
});

const runs = [{optimizer: {type: 'Adam', lr: 0.02}}];
const MODELS = {
  fit: [{type: 'fit', model: 'sigmoid'}, 'data'],
  moons: [{type: 'network', data: {type: 'moons'}}, 'network'],
  digits: [{type: 'network', data: {type: 'digits', samples: 600, validation: 0.2}, layers: [64, 16, 10], batch_size: 32}, 'network'],
};
test('the desktop draws the models that the page draws', async () => {
  const server = await serve(), browser = await launch();
  try {
    const lab = await LabPage.open(browser, server.origin, {width: SIZE[0], height: SIZE[1]});
    for (const [name, [problem, control]] of Object.entries(MODELS)) {
      const scenario = {stride: 1, problem, steps: 60, runs, view: {theme: 'dark'}};
      const file = join(folder, `${name}.json`), picture = join(ARTIFACTS, `desktop-${name}.png`);
      await writeFile(file, JSON.stringify(scenario));
      shoot(file, picture);
      assert.equal(await lab.setScenario(scenario), '');
      if (control === 'network')
        await lab.until(async () => (await lab.every((c) => c.name === control))[0]?.value ?? '', (value) => value.startsWith('step 60: '), 'the end of the training', 30000);
      await lab.settle();
      await lab.screenshot(`page-${name}.png`);
      const area = await lab.control(control, undefined, 'img'), part = [area.x, area.y, area.w, area.h];
      const page = await decode(lab.page, join(ARTIFACTS, `page-${name}.png`), part), desktop = await decode(lab.page, picture, part);
      const away = meanDifference(page.pixels, desktop.pixels);
      assert.ok(away < 0.03, `${name}: ${away} of full range between page and desktop`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});

test('a bad file: one sentence, exit status 2, no window', async () => {
  const file = join(folder, 'bad.json');
  const cases = [
    ['{"stride": 1, "runs": [{"optimizer": {"type": "Adam", "lr": -1}}]}', `${file}: runs[0].optimizer.lr: expected a number > 0, got -1`],
    ['{"stride": 2}', `${file}: stride: `],
  ];
  for (const [words, sentence] of cases) {
    await writeFile(file, words);
    const done = spawnSync(PROGRAM, [file], {encoding: 'utf8', timeout: 20000, env: {PATH: process.env.PATH}});
    assert.equal(done.status, 2, words);
    assert.equal(done.stdout, '');
    assert.equal(done.stderr.trimEnd().split('\n').length, 1);
    assert.ok(done.stderr.includes(sentence), `${done.stderr} lacks ${sentence}`);
  }
  const missing = spawnSync(PROGRAM, [join(folder, 'none.json')], {encoding: 'utf8', timeout: 20000});
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, /none\.json: cannot open the file/);
});

const tools = ['xdotool', 'import'].every((name) => spawnSync('which', [name]).status === 0);
test('a window opens, takes keys, and closes', {skip: tools ? false : 'xdotool and ImageMagick are not installed'}, async () => {
  const script = join(folder, 'window.sh');
  // Everything happens on the screen that xvfb-run makes; the program and the hand on its keys share it.
  await writeFile(script, `set -e
"$1" "$2" --size 1000x700 & program=$!
window=""
for i in $(seq 100); do
  window=$(xdotool search --pid $program --name '^Stride' 2>/dev/null | head -n 1) && [ -n "$window" ] && break
  sleep 0.2
done
[ -n "$window" ] || { echo "no window"; kill $program; exit 1; }
sleep 3
import -window "$window" "$3/window-relief.png"
xdotool windowfocus "$window" || true
xdotool key m
sleep 3
import -window "$window" "$3/window-map.png"
kill $program
wait $program || true
`);
  const file = join(folder, 'scenario.json');
  await writeFile(file, JSON.stringify(SCENARIO));
  const [command, given] = onScreen('bash', script, PROGRAM, file, ARTIFACTS);
  const done = await new Promise((end) => {
    const child = spawn(command, given, {stdio: ['ignore', 'pipe', 'pipe']});
    let words = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { words += data; });
    child.on('close', (status) => end({status, words}));
  });
  assert.equal(done.status, 0, done.words);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const part = [0, 60, 500, 560];
    const relief = await decode(page, join(ARTIFACTS, 'window-relief.png'), part), map = await decode(page, join(ARTIFACTS, 'window-map.png'), part);
    assert.deepEqual(relief.size, SIZE);
    assert.ok(difference(relief.pixels, map.pixels) > 0.1, 'the key M shows the flat map');
  } finally {
    await browser.close();
  }
});

const OWN = {type: 'fit', data: {type: 'points', points: [[0, 1], [1, 2], [2, 3]]}}, MOONS = {type: 'network', data: {type: 'moons', validation: 0.2}};
// What a hand does: a key, or a click on a control, at a share of its width. Then that control's picture, or the one named, is another one.
const HANDS = {
  ball: [{type: 'curve', curve: 'parabola'}, {type: 'SGD', lr: 0.9}, [['key', 'Right']], 'loss curve'],
  line: [OWN, {type: 'SGD', lr: 0.1}, [['key', 'End']], 'data'],
  point: [OWN, {type: 'SGD', lr: 0.1}, [['click', 'data', 0.7, 0.3]], 'loss surface'],
  boundary: [MOONS, {type: 'Adam', lr: 0.02}, [['key', 'End']], 'network'],
  landscape: [MOONS, {type: 'Adam', lr: 0.02}, [['click', 'loss landscape', 0.5, 0.5]], 'network'],
  rate: [MOONS, {type: 'Adam', lr: 0.02}, [['key', 'space'], ['wait'], ['click', 'Learning rate', 0.2, 0.5], ['key', 'space']], 'learning-rate plot'],
};
test('models in the window: the ball overshoots, a line swings in, a point is added, the boundary moves, the landscape, the rate in the hand', {skip: tools ? false : 'xdotool and ImageMagick are not installed'}, async () => {
  const server = await serve(), browser = await launch();
  try {
    const lab = await LabPage.open(browser, server.origin, {width: SIZE[0], height: SIZE[1]});
    const parts = {}, lines = [];
    for (const [name, [problem, optimizer, hand, shown]] of Object.entries(HANDS)) {
      const file = join(folder, `${name}.json`), scenario = {stride: 1, problem, steps: 300, runs: [{optimizer}], view: {theme: 'dark', cursor: 0}};
      await writeFile(file, JSON.stringify(scenario));
      assert.equal(await lab.setScenario(scenario), '');
      await lab.settle();
      const where = async (control) => (await lab.every((c) => c.name === control && (control !== 'Learning rate' || c.role === 'slider')))[0];
      const {x, y, w, h} = await where(shown);
      parts[name] = [x, y, w, h].map(Math.round);
      lines.push(`begin "${file}"`, `shoot "${ARTIFACTS}/window-${name}-before.png"`);
      for (const [what, control, across, down] of hand) {
        if (what === 'wait') lines.push('sleep 1');
        if (what === 'key') lines.push(`xdotool key ${control}`);
        if (what !== 'click') continue;
        const c = await where(control);
        lines.push(`xdotool mousemove --window $window ${Math.round(c.x + across * c.w)} ${Math.round(c.y + down * c.h)}`, 'sleep 0.3', 'xdotool mousedown 1', 'sleep 0.3', 'xdotool mouseup 1', 'sleep 0.3');
      }
      lines.push('xdotool mousemove --window $window 1 1', 'sleep 2', `shoot "${ARTIFACTS}/window-${name}-after.png"`, 'kill $program; wait $program || true');
    }
    const script = join(folder, 'hands.sh');
    await writeFile(script, `begin() {
  "${PROGRAM}" "$1" --size ${SIZE.join('x')} & program=$!
  window=""
  for i in $(seq 100); do
    window=$(xdotool search --pid $program --name '^Stride' 2>/dev/null | head -n 1) && [ -n "$window" ] && break
    sleep 0.2
  done
  sleep 2
  xdotool windowfocus $window || true
}
shoot() {
  for i in $(seq 20); do import -window $window "$1" && return; sleep 0.5; done
}
${lines.join('\n')}
`);
    const [command, given] = onScreen('bash', script);
    const done = spawnSync(command, given, {encoding: 'utf8', timeout: 120000});
    assert.equal(done.status, 0, done.stderr);
    for (const [name, part] of Object.entries(parts)) {
      const [before, after] = await Promise.all(['before', 'after'].map((when) => decode(lab.page, join(ARTIFACTS, `window-${name}-${when}.png`), part)));
      assert.deepEqual(before.size, SIZE);
      assert.ok(difference(before.pixels, after.pixels) > 0.005, `${name}: the picture is the same`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
