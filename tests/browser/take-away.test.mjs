// What saving offers beside the scenario's file: each way out, and that none of them changes what is shown.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, test} from 'node:test';
import {keepPicture, labTests, TWO} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const PNG = '89504e470d0a1a0a', EBML = '1a45dfa3';

async function save(lab) {
  await lab.page.focus('canvas');
  const file = lab.page.waitForEvent('download');
  await lab.page.keyboard.press('Control+s');
  await file;
  await lab.page.waitForSelector('.takeaway button');
}

async function take(lab, words) {
  const waiting = lab.page.waitForEvent('download', {timeout: 300000});
  await lab.page.click(`.takeaway button:text-is("${words}")`);
  const file = await waiting;
  return {name: file.suggestedFilename(), bytes: await readFile(await file.path())};
}

const seen = (lab) => lab.page.evaluate(() => { const {width, height} = document.querySelector('canvas'); return [width, height]; });

test('pictures of every size, films and the table; the lab stays as it was', () => withLab({looks: true, width: 800, height: 600}, async (lab) => {
  await lab.setScenario({...TWO, view: {cursor: 3}});
  await save(lab);
  const scenario = await lab.scenario(), size = await seen(lab);
  for (const scale of [1, 2, 4]) {
    const {name, bytes} = await take(lab, `Picture ${scale}×`);
    assert.equal(name, `stride-${scale}x.png`);
    assert.equal(bytes.subarray(0, 8).toString('hex'), PNG);
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [800 * scale, 600 * scale]);
  }
  await lab.page.fill('.takeaway input >> nth=0', '0');
  await lab.page.click('.takeaway button:text-is("Film GIF")');
  await lab.page.waitForSelector('.takeaway p:text-is("Seconds of film: expected a whole number from 1 to 60, got 0")');
  await lab.page.fill('.takeaway input >> nth=0', '1');
  const film = await take(lab, 'Film WebM');
  assert.equal(film.bytes.subarray(0, 4).toString('hex'), EBML);
  const moving = await take(lab, 'Film GIF');
  assert.equal(moving.bytes.subarray(0, 6).toString(), 'GIF89a');
  assert.deepEqual([moving.bytes.readUInt16LE(6), moving.bytes.readUInt16LE(8)], [640, 480]);
  await lab.page.fill('.takeaway input >> nth=1', '100');
  const smaller = await take(lab, 'Film GIF');
  assert.deepEqual([smaller.bytes.readUInt16LE(6), smaller.bytes.readUInt16LE(8)], [100, 76]);
  const table = await take(lab, 'Table CSV');
  assert.equal(table.bytes.toString(), await lab.call('toCSV'));
  const figure = (await take(lab, 'Figure SVG')).bytes.toString();
  assert.match(figure, /^<svg [^>]*width='1200' height='800'.*<\/svg>\s*$/s);
  assert.match(figure, /<rect width='1200' height='800'/, 'a ground');
  const cut = await take(lab, 'Transparent figure PNG');
  assert.deepEqual([cut.bytes.readUInt32BE(16), cut.bytes.readUInt32BE(20), cut.bytes[25]], [2400, 1600, 6], 'RGBA');
  await lab.settle();
  assert.deepEqual(await lab.scenario(), scenario);
  assert.deepEqual(await seen(lab), size);
}));

test('the code of each framework is shown, copied and saved', () => withLab({width: 800, height: 600}, async (lab) => {
  await lab.page.evaluate(() => { navigator.clipboard.writeText = async (words) => { globalThis.copied = words; }; });
  await lab.setScenario(TWO);
  await save(lab);
  for (const [framework, imported] of [['PyTorch', 'import torch'], ['Keras', 'import keras'], ['Optax', 'import optax']]) {
    await lab.page.click(`.takeaway button:text-is("Code ${framework}")`);
    const shown = await lab.page.locator('dialog.code pre').textContent();
    assert.ok(shown.includes(imported), framework);
    assert.ok(await lab.page.locator('dialog.code .keyword').count() > 3);
    await lab.page.click('dialog.code button:text-is("Copy")');
    assert.equal(await lab.page.evaluate(() => globalThis.copied), shown);
    const saving = lab.page.waitForEvent('download');
    await lab.page.click('dialog.code button:text-is("Save")');
    const file = await saving;
    assert.equal(file.suggestedFilename(), `stride_${framework.toLowerCase()}.py`);
    assert.equal(await readFile(await file.path(), 'utf8'), shown);
    if (framework === 'PyTorch') await keepPicture(lab.page, 'code.png');
    await lab.page.keyboard.press('Escape');
    await lab.page.waitForSelector('dialog.code', {state: 'detached'});
  }
  assert.deepEqual((await lab.scenario()).runs.length, 2);
}));

test('a screen of two pixels for each of the page: a picture has the size that it names', () => withLab({looks: true, width: 600, height: 500, ratio: 2}, async (lab) => {
  await save(lab);
  const {bytes} = await take(lab, 'Picture 1×');
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [600, 500]);
  assert.deepEqual(await seen(lab), [1200, 1000]);
}));

test('link and embedding lines are copied; the ways speak the language of the lab, and close', () => withLab({path: '/?lang=de'}, async (lab) => {
  await lab.page.evaluate(() => { navigator.clipboard.writeText = async (words) => { globalThis.copied = words; }; });
  const copied = async (words) => {
    await lab.page.click(`.takeaway button:text-is("${words}")`);
    await lab.page.waitForSelector('.takeaway p:text-is("Kopiert.")');
    return lab.page.evaluate(() => globalThis.copied);
  };
  await lab.setScenario(TWO);
  await save(lab);
  const link = await copied('Link');
  assert.match(link, /^http.*index\.html[?#]/);
  await save(lab);
  const frame = await copied('Zeilen zum Einbetten');
  assert.match(frame, /^<iframe src="http[^"<>]*embed\.html[?#][^"<>]*" .*><\/iframe>$/);
  await lab.page.goto(link);
  await lab.ready();
  assert.equal((await lab.scenario()).runs.length, TWO.runs.length);
  await save(lab);
  await lab.page.focus('.takeaway button');
  await lab.page.keyboard.press('Escape');
  assert.equal(await lab.page.$('.takeaway'), null);
}));
