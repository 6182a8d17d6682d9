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
