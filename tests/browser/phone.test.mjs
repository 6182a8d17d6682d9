// A phone: surface, curve and rate together, the sheet, and what fingers do.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {labTests, rate} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const PHONES = [[360, 640], [390, 844], [320, 640], [740, 360]];

/// Fingers, a list of places each, moved together step by step; the first place is where they come down.
async function fingers(lab, ways) {
  const session = await lab.context.newCDPSession(lab.page);
  const tell = (type, at) => session.send('Input.dispatchTouchEvent', {type, touchPoints: at.map(([x, y], id) => ({x, y, id}))});
  await tell('touchStart', ways.map((way) => way[0]));
  await lab.settle();
  for (let i = 1; i < ways[0].length; ++i) {
    await tell('touchMove', ways.map((way) => way[i]));
    await lab.settle();
  }
  return {lift: async () => {
    await tell('touchEnd', []);
    await lab.settle();
  }};
}
const line = (from, to, steps = 6) => Array.from({length: steps + 1}, (_, i) => from.map((x, k) => x + (to[k] - x) * i / steps));

for (const [width, height] of PHONES)
  test(`${width} × ${height}: surface, curve and rate at once, in German too; a thumb drags the rate, a finger pulls the sheet`, () => withLab({width, height, ratio: 2, hasTouch: true, isMobile: true, locale: 'de'}, async (lab) => {
    const one = async (holds) => (await lab.every((c) => c.visible && holds(c))).length;
    assert.equal(await one((c) => /surface\/img loss surface/.test(c.id)), 1);
    assert.equal(await one((c) => /img learning-rate plot/.test(c.id)), 1);
    const slider = (await lab.every((c) => c.visible && /slider Learning rate/.test(c.id)))[0];
    assert.ok(slider && slider.h / 2 >= 32, 'as high as a finger needs');
    await lab.keep(`phone/${width}x${height}.png`);
    const from = lab.at(slider, 0.3), to = lab.at(slider, 0.7), was = await rate(lab);
    await (await fingers(lab, [line([from.x, from.y], [to.x, to.y])])).lift();
    assert.ok(await rate(lab) > (was ?? 0.0015) * 5, `${await rate(lab)}`);
    const tabs = await lab.every((c) => c.group === 'pages' && c.role === 'tab');
    const tab = lab.at(tabs[2]);
    await (await fingers(lab, [line([tab.x, tab.y], [tab.x, tab.y - 100])])).lift();
    assert.equal(await one((c) => /combobox optimizer/.test(c.id)), 1, 'the sheet is up');
    await lab.keep(`phone/${width}x${height}-sheet.png`);
    assert.deepEqual((await lab.every((c) => c.visible && c.clipped)).map((c) => c.id), []);
  }));

test('two fingers zoom and move the surface', () => withLab({width: 390, height: 844, ratio: 2, hasTouch: true, isMobile: true, path: '/?surface=quad_k10'}, async (lab) => {
  const surface = await lab.control('loss surface'), {x, y} = lab.at(surface), view = async () => (await lab.scenario()).view ?? {};
  await (await fingers(lab, [line([x - 30, y], [x - 80, y + 20]), line([x + 30, y], [x + 80, y + 20])])).lift();
  const now = await lab.until(view, (v) => v.zoom > 1.2, 'the zoom', 10000);
  assert.ok(now.zoom < 6, `${now.zoom}`);
}));

test('at 400 % nothing is lost and nothing scrolls sideways', () => withLab({width: 320, height: 256, ratio: 4}, async (lab) => {
  await lab.keep('phone/400-percent.png');
  assert.equal(await lab.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await lab.click('Run', 'pages', 'tab');
  assert.ok((await lab.scrollTo('Learning rate', undefined, 'slider')).visible);
  await lab.keep('phone/400-percent-sheet.png');
}));

test('the size of letters and controls is chosen through the mirror, stays with the person, and is no part of the address', () => withLab({width: 1280, height: 800}, async (lab) => {
  const mirror = lab.page.locator('.mirror'), height = async () => (await lab.control('Learning rate', undefined, 'spinbutton')).h;
  await mirror.getByRole('button', {name: 'size of letters and controls'}).press('Enter');
  await mirror.getByRole('button', {name: '200 %'}).press('Enter');
  await lab.until(() => lab.every((c) => c.group === 'pages'), (tabs) => tabs.length > 0, 'a phone\'s layout, twice as large');
  const large = await height();
  await lab.keep('phone/200-percent.png');
  await lab.page.reload();
  await lab.ready();
  assert.equal(await height(), large);
  assert.doesNotMatch(lab.page.url(), /size|200/);
  await lab.click('Run', 'pages', 'tab');
  await lab.keep('phone/200-percent-sheet.png');
  assert.deepEqual((await lab.every((c) => c.visible && c.clipped)).map((c) => c.id), []);
  // A field that is typed into is the page's own, and as large.
  const field = mirror.getByRole('spinbutton', {name: 'Learning rate'});
  await field.press('3');
  assert.equal(await field.evaluate((node) => getComputedStyle(node).fontSize), '28px');
  await field.press('Escape');
  assert.ok(large > 40, `${large}`);
}));

for (const [width, height] of [[360, 640], [390, 844]])
  test(`${width} × ${height}: a finger that rests on a plot is told what lies there, and lets it go when it lifts`, () => withLab({width, height, ratio: 2, hasTouch: true, isMobile: true}, async (lab) => {
    const said = async () => (await lab.every((c) => c.name === 'values under the pointer' || c.id.endsWith('values under the pointer'))).map((c) => c.value).join();
    for (const [open, name] of [[async () => {}, 'learning-rate plot'], [() => lab.tap('Curves', 'pages', 'tab'), 'learning-rate plot']]) {
      await open();
      const {x, y} = lab.at(await lab.control(name, undefined, 'img'), 0.5, 0.4), finger = await fingers(lab, [[[x, y]]]);
      const words = await lab.until(said, (got) => /^step \d+; .*SGD/.test(got), name);
      const step = Number(/\d+/.exec(words)[0]);
      assert.ok(step > 80 && step < 120, words);
      await finger.lift();
      await lab.until(said, (got) => got === '', 'nothing any more', 10000);
    }
  }));

test('a finger that rests on a field selects what stands there, and what is typed takes its place', () => withLab({width: 390, height: 844, ratio: 2, hasTouch: true, isMobile: true}, async (lab) => {
  const {x, y} = lab.at(await lab.control('Learning rate', undefined, 'spinbutton')), finger = await fingers(lab, [[[x, y]]]);
  await lab.until(() => lab.every((c) => c.name === 'Select all'), (rows) => rows.length === 1, 'the menu', 10000);
  await finger.lift();
  await lab.tap('Select all', undefined, 'menuitem');
  await lab.page.keyboard.type('0.25');
  await lab.press('Enter');
  await lab.until(() => rate(lab), (now) => now === 0.25, 'the rate', 10000);
}));
