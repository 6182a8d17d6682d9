// What is written can be read: measured on the pixels, in every theme and in what the browser asks for.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {contrast, labTests, TWO} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const WRITTEN = ['text', 'heading', 'tab', 'switch', 'combobox', 'spinbutton', 'button'];
// A run's tab is a mark: 3:1, from the table (tests/ui/test_themes.cpp). What is disabled need not be read.
const isMark = ({id}) => /^runs\/tab run/.test(id);
const LOOKS = {
  dark: {scenario: {view: {theme: 'dark'}}, least: 4.5},
  light: {scenario: {view: {theme: 'light'}}, least: 4.5},
  projector: {scenario: {view: {theme: 'projector'}}, least: 6},
  'more contrast, dark': {options: {contrast: 'more', dark: true}, least: 6},
  'more contrast, light': {options: {contrast: 'more', dark: false}, least: 6},
  'forced colours': {options: {forcedColors: 'active', dark: true}, least: 6},
};

/// In each box of one picture of the canvas: its commonest colour, and all others.
const coloursIn = (lab, boxes) => lab.page.evaluate(async (places) => {
  const picture = await globalThis.pictureNow();
  return places.map((place) => {
    const counts = new Map();
    for (const colour of new Uint32Array(picture.getImageData(...place).data.buffer)) counts.set(colour, (counts.get(colour) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => [colour & 255, colour >> 8 & 255, colour >> 16 & 255]);
  });
}, boxes);

// By the pixels of the screen for one of the page: on strokes as thin as a pixel no pixel has the whole colour.
const WINDOWS = {2: [[360, 640], [740, 360], [820, 1180], [1280, 800], [1440, 900]], 1: [[2560, 1440], [3840, 2160]]};

/// What is written anywhere, and cannot be read.
async function unreadable(lab, least) {
  const written = (await lab.every((c) => c.visible && c.enabled && !isMark(c) && WRITTEN.includes(c.role) && c.w > 8 && c.h > 8));
  const found = await coloursIn(lab, written.map((c) => [Math.round(c.x) + 1, Math.round(c.y) + 1, Math.round(c.w) - 2, Math.round(c.h) - 2]));
  const best = found.map(([ground, ...others]) => Math.max(...others.map((colour) => contrast(colour, ground))));
  return {count: written.length, faults: written.flatMap((c, i) => best[i] >= least ? [] : [`${c.id}: ${best[i].toFixed(2)}`])};
}

for (const [name, {scenario = {}, options = {}, least}] of Object.entries(LOOKS))
  for (const [ratio, windows] of Object.entries(WINDOWS))
    test(`text of ${least}:1 at least in every window: ${name}, ${ratio} pixels for one`, () => withLab({width: 1280, height: 800, ratio: Number(ratio), ...options}, async (lab) => {
      assert.equal(await lab.setScenario({...TWO, ...scenario}), '');
      for (const [width, height] of windows) {
        await lab.page.setViewportSize({width, height});
        await lab.page.mouse.move(2, 2);
        await lab.settle(12);
        const pages = await lab.every((c) => c.group === 'pages' && c.role === 'tab');
        for (const page of [undefined, ...pages]) {
          if (page) {
            await lab.call('request', page.id, 'press');
            await lab.settle();
          }
          const {count, faults} = await unreadable(lab, least);
          const where = `${width} × ${height}, ${page?.name ?? 'as it begins'}`;
          assert.ok(count > (width < 800 ? 8 : 25), `${where}: ${count} things are written`);
          assert.deepEqual(faults, [], where);
        }
        if (pages.length) {  // the sheet down again
          await lab.call('request', pages.at(-1).id, 'press');
          await lab.settle();
        }
      }
      await lab.keep(`contrast/${name.replaceAll(/[ ,]+/g, '-')}-${ratio}.png`);
    }));

/// The rows of a part of the canvas: how many pixels of the ground's colour are in each, and the best contrast to it.
const rowsOf = (lab, place, ground) => lab.page.evaluate(([box, own]) => {
  const canvas = document.querySelector('canvas');
  globalThis.isLookedAt = true;
  canvas.stride.requestFrame();
  return new Promise((done) => requestAnimationFrame(() => {
    globalThis.isLookedAt = false;
    const [w, h] = box.slice(2), copy = new OffscreenCanvas(w, h), draw = copy.getContext('2d');
    draw.drawImage(canvas, ...box, 0, 0, w, h);
    const {data} = draw.getImageData(0, 0, w, h), rows = [];
    for (let y = 0; y < h; ++y) {
      const pixels = Array.from({length: w}, (_, x) => [...data.subarray(4 * (y * w + x), 4 * (y * w + x) + 3)]);
      rows.push({ground: pixels.filter((p) => p.join() === own.join()).length, others: pixels.filter((p) => p.join() !== own.join())});
    }
    done(rows);
  }));
}, [place, ground]);

for (const [name, {scenario = {}, options = {}, least}] of Object.entries(LOOKS))
  test(`the numbers of the surface's axes where they lie on the picture, ${least}:1 at least: ${name}`, () => withLab({width: 1280, height: 800, ratio: 2, ...options}, async (lab) => {
    // From the left edge of the map, where its start is, a zoom follows that brings the edge beneath the numbers.
    const show = async (zoom) => {
      const view = {...scenario.view, flat: true, zoom};
      assert.equal(await lab.setScenario({stride: 1, problem: {surface: 'eggholder', start: [-512, 100]}, steps: 1, runs: [{optimizer: {type: 'SGD', lr: 0.00001}}], view}), '');
      await lab.page.mouse.move(2, 2);
      await lab.settle();
      const all = await lab.controls(), start = all.find((c) => c.id.endsWith('slider start')), area = all.find((c) => c.id.endsWith('img loss surface'));
      return {area, edge: start.x + start.w / 2 - area.x};
    };
    const wanted = 2 * 22, [first, second] = [await show(1), await show(1.1)];
    const {area, edge} = await show(1 + 0.1 * (wanted - first.edge) / (second.edge - first.edge)), half = area.w / 2;
    assert.ok(Math.abs(edge - wanted) < 3, `${edge}`);
    await lab.keep(`contrast/axes-${name.replaceAll(/[ ,]+/g, '-')}.png`);
    const [ground] = await coloursIn(lab, [[Math.round(area.x + half), Math.round(area.y + area.h) - 12, 8, 8]]);
    const rows = await rowsOf(lab, [Math.round(area.x + edge) + 2, Math.round(area.y + area.h * 0.5), 10, Math.round(area.h * 0.4)], ground[0]);
    assert.ok(rows.filter((row) => row.ground === 0).length > rows.length / 2, 'the picture lies there');
    const backed = rows.filter((row) => row.ground > 3), best = Math.max(...backed.flatMap((row) => row.others.map((colour) => contrast(colour, ground[0]))));
    assert.ok(backed.length > 40, `${backed.length} rows behind numbers`);
    assert.ok(best >= least, `${best}`);
  }));

test('who asks for more contrast while the lab is open is heard at once', () => withLab({dark: true, looks: true}, async (lab) => {
  const corner = async () => [...await lab.pixels({x: 300, y: 4, w: 1, h: 1}, {width: 1, height: 1})].slice(0, 3);
  const was = await corner();
  await lab.page.emulateMedia({contrast: 'more'});
  await lab.until(corner, (now) => now.every((x) => x === 0), 'black');
  await lab.page.emulateMedia({contrast: null});
  await lab.until(corner, (now) => now.join() === was.join(), 'as before');
}));

test('nothing moves of its own where no motion is wanted', () => withLab({reducedMotion: 'reduce'}, async (lab) => {
  assert.equal(await lab.page.evaluate(() => document.getAnimations().length), 0);
  const before = await lab.frames();
  await new Promise((done) => setTimeout(done, 600));
  assert.equal(await lab.frames(), before);
}));
