// Surfaces, runs and files in the page, by mouse, finger and keyboard.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, test} from 'node:test';
import {colourCount, difference, labTests, notice, pause, rate, surface, TWO} from './helpers.mjs';

const withLab = labTests({before, after, assert});

test('the picker of surfaces, and an expression of one’s own', () => withLab({width: 1000, height: 800}, async (lab) => {
  const first = await lab.pixels(await surface(lab));
  await lab.click('surface', 'bar');
  const tiles = await lab.every((c) => c.group === 'surfaces');
  assert.ok(tiles.length > 20, `${tiles.length} pictures`);
  assert.deepEqual(tiles.filter((c) => c.checked).map((c) => c.name), ['Rosenbrock']);
  for (const name of ['Beale', 'Himmelblau'])
    assert.ok(colourCount(await lab.pixels(await lab.control(name, 'surfaces'), {width: 40, height: 40})) > 20, `a picture of ${name}`);
  await lab.scrollTo('Easom', 'surfaces', 'option');
  await lab.click('Easom', 'surfaces', 'option');
  assert.equal((await lab.scenario()).problem.surface, 'easom');
  assert.equal((await lab.every((c) => c.group === 'surfaces')).length, 0, 'the popup closes');
  const easom = await lab.pixels(await surface(lab));
  assert.ok(difference(first, easom) > 0.1);

  await lab.click('Surface, noise and steps');
  await lab.scrollTo('your own f(x, y)', 'problem', 'textbox');
  await lab.type('your own f(x, y)', 'x^2 + qq', 'problem', 'textbox');
  const complaints = () => lab.every((c) => c.role === 'status' && /column/.test(c.name));
  const faults = await complaints();
  assert.equal(faults.length, 1);
  assert.match(faults[0].name, /qq/);
  assert.equal((await lab.scenario()).problem.surface, 'easom', 'the last good surface stays');
  await lab.type('your own f(x, y)', 'x^2 + 10*sin(y)^2', 'problem', 'textbox');
  assert.equal((await lab.scenario()).problem.expression, 'x^2 + 10*sin(y)^2');
  assert.deepEqual(await complaints(), []);
  assert.ok(difference(easom, await lab.pixels(await surface(lab))) > 0.1, 'it is drawn');
}));

test('help comes where the pointer rests, and not again after a number was typed there', () => withLab({}, async (lab) => {
  const help = () => lab.every((c) => c.role === 'tooltip');
  await lab.hover('Learning rate', undefined, 'spinbutton');
  await lab.until(help, (all) => all.length === 1, 'help');
  await lab.type('Learning rate', '0.002', undefined, 'spinbutton');
  assert.equal(await rate(lab), 0.002);
  await pause(1500);
  assert.deepEqual(await help(), []);
}));

test('runs: added, named, hidden, chosen by their cards, removed', () => withLab({}, async (lab) => {
  await lab.click('add a run', 'runs');
  await lab.click('rename', 'runs');
  await lab.type('name', 'the other', 'run 2', 'textbox');
  assert.equal((await lab.scenario()).runs[1].name, 'the other');
  const card = await lab.control('the other', 'run 2', 'button');
  assert.match(card.value, /loss|diverged/);
  const both = await lab.pixels(await surface(lab));
  await lab.click('visible', 'run 2', 'switch');
  assert.deepEqual((await lab.scenario()).view.hidden, [1]);
  assert.ok(difference(both, await lab.pixels(await surface(lab))) > 0.001, 'its path is gone');
  await lab.click('SGD', 'run 1', 'button');
  assert.equal((await lab.control('run 1', 'runs', 'tab')).checked, true);
  await lab.click('remove', 'runs');
  assert.equal((await lab.scenario()).runs.length, 1);
}));

test('scenarios are saved as files, opened and dropped; a bad one is named', () => withLab({}, async (lab) => {
  const {page} = lab;
  await lab.setScenario(TWO);
  const waiting = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const download = await waiting;
  assert.equal(download.suggestedFilename(), 'scenario.json');
  const saved = await readFile(await download.path(), 'utf8');
  assert.deepEqual(JSON.parse(saved), await lab.scenario());

  await lab.setScenario({stride: 1});
  const choosing = page.waitForEvent('filechooser');
  await lab.click('open a scenario', 'bar');
  await (await choosing).setFiles({name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(saved)});
  await lab.until(() => lab.scenario(), (s) => s.runs?.length === 2, 'the opened scenario');

  const drop = (name, words) => page.evaluate(([n, w]) => {
    const data = new DataTransfer();
    data.items.add(new File([w], n));
    document.querySelector('canvas').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
  }, [name, words]);
  const kept = await lab.scenario();
  await drop('bad.json', '{"stride": 1, "runs": [{"optimizer": {"type": "Adam", "lr": -1}}]}');
  const said = await lab.until(() => notice(lab), (n) => n.length > 0, 'a sentence');
  assert.equal(said[0].name, 'bad.json: runs[0].optimizer.lr: expected a number > 0, got -1');
  assert.deepEqual(await lab.scenario(), kept);
  await drop('good.json', '{"stride": 1, "problem": {"surface": "booth"}}');
  await lab.until(() => lab.scenario(), (s) => s.problem?.surface === 'booth', 'the dropped scenario');
  await lab.until(() => notice(lab), (n) => n.length === 0, 'the complaint is over');
}));

test('a phone opens and saves from its sheet', () => withLab({width: 390, height: 844, hasTouch: true}, async (lab) => {
  await lab.tap('help', 'bar');
  await lab.until(() => lab.every((c) => c.group === 'help'), (all) => all.length > 0, 'the sheet');
  const waiting = lab.page.waitForEvent('download');
  await lab.tap('save the scenario', 'help', 'button');
  assert.equal((await waiting).suggestedFilename(), 'scenario.json');
  assert.equal((await lab.control('open a scenario', 'help', 'button')).enabled, true);
}));

test('names in any writing are drawn by the browser, whole where letters in a row do not make them, and stay as they were typed', () => withLab({}, async (lab) => {
  await lab.page.evaluate(() => {
    const own = CanvasRenderingContext2D.prototype.fillText, drawn = globalThis.drawn = new Set();
    CanvasRenderingContext2D.prototype.fillText = function(letter, ...place) {
      drawn.add(letter);
      return own.call(this, letter, ...place);
    };
  });
  const name = '漢字 שלום 🙂';
  await lab.setScenario({stride: 1, runs: [{name, optimizer: {type: 'SGD', lr: 0.01}}]});
  const drawn = await lab.page.evaluate(() => [...globalThis.drawn]);
  assert.deepEqual(['漢', '字', 'שלום', '🙂'].filter((letter) => !drawn.includes(letter)), []);
  assert.equal((await lab.control(name, 'run 1', 'button')).name, name);
  await lab.click('rename', 'runs');
  await lab.click('name', 'run 1', 'textbox');
  await lab.page.keyboard.press('Control+A');
  await lab.page.keyboard.insertText('🚀 fast');
  await lab.press('Enter');
  assert.equal((await lab.scenario()).runs[0].name, '🚀 fast');
  assert.ok(await lab.page.evaluate(() => globalThis.drawn.has('🚀')));
}));

test('flat ground has one colour, also where a contour has its loss', () => withLab({}, async (lab) => {
  for (const [expression, x] of [['3', 0], ['1', 0], ['0', 0], ['max(0,x)', -0.25]]) {
    await lab.setScenario({stride: 1, problem: {expression, start: [-1, 1], domain: [-2, 2, -2, 2]}, view: {flat: true}});
    const all = await surface(lab), side = 40;
    const part = {x: all.x + (0.5 + x) * all.w - side, y: all.y + 0.5 * all.h + 9, w: side, h: side};
    const pixels = await lab.pixels(part, {width: side, height: side}), first = Uint8Array.from({length: pixels.length}, (_, i) => pixels[i % 4]);
    assert.equal(difference(pixels, first, 24), 0, expression);
  }
}));
