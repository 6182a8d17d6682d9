// Every surface, optimizer and schedule of the tables, in the page.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {after, before, test} from 'node:test';
import {colourCount, difference, labTests} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const CLI = process.env.STRIDE_CLI ?? fileURLToPath(new URL('../../build/native/stride', import.meta.url));
const tables = JSON.parse(execFileSync(CLI, ['list'], {encoding: 'utf8', maxBuffer: 1 << 26}));
const surface = (lab) => lab.control('loss surface', 'surface', 'img');

for (const theme of ['dark', 'light']) {
  // A small page: what counts is that each surface makes a picture of its own, and every frame is drawn by the processor here.
  test(`every surface draws, ${theme}`, () => withLab({width: 400, height: 480}, async (lab) => {
    const seen = new Map();
    for (const {key} of tables.surfaces) {
      assert.equal(await lab.setScenario({stride: 1, problem: {surface: key}, view: {theme}}), '', key);
      const picture = await lab.pixels(await surface(lab), {width: 80, height: 60});
      assert.ok(colourCount(picture) > 150, `${key}: ${colourCount(picture)} colours`);
      const ground = picture.subarray(0, 3), light = (ground[0] + ground[1] + ground[2]) / 3;
      assert.equal(light > 128, theme === 'light', `${key}: the ground is ${ground}`);
      for (const [other, its] of seen) assert.ok(difference(picture, its) > 0.02, `${key} looks like ${other}`);
      seen.set(key, picture);
    }
    assert.ok(seen.size > 20);
  }));
}

/// Chooses every row in the drop-down by hand; each of its parameters has a control that can be brought into sight.
async function chooseEach(lab, name, rows, words, group, chosen) {
  const faults = [];
  for (const row of rows) {
    if ((await lab.control(name, undefined, 'combobox')).value !== row[words]) await lab.choose(name, row[words]);
    assert.equal((await lab.control(name, undefined, 'combobox')).value, row[words]);
    assert.equal(chosen(await lab.scenario()), row.key);
    assert.match((await lab.control('loss plot', 'loss plot', 'img')).value, /\d/, `${row.key}: a curve`);
    const controls = (await lab.controls()).filter((c) => c.group === group || c.group.startsWith('schedule '));
    faults.push(...controls.filter((c) => c.clipped).map((c) => `${row.key}: ${c.name} is clipped`));
    for (const {key, kind} of row.params) {
      if (key === 'lr' && group === 'optimizer') continue;
      const own = controls.filter((c) => kind === 'schedules' ? c.group.startsWith('schedule ') : c.name.includes(key) || c.name.includes(kind === 'points' ? 'point' : 'from schedule'));
      if (!own.length) faults.push(`${row.key}: no control for ${key}`);
      else if (!own[0].visible) await lab.scrollTo(own[0].name, own[0].group, own[0].role);
    }
    await lab.scrollTo(name, undefined, 'combobox');
  }
  assert.deepEqual(faults, []);
}

test('every optimizer, chosen by hand', () => withLab({width: 900, height: 860}, async (lab) => {
  await lab.click('Parameters of SGD');
  const rows = tables.optimizers.filter((o) => !o.networks_only);
  await chooseEach(lab, 'optimizer', rows, 'key', 'optimizer', (s) => s.runs?.[0].optimizer?.type ?? 'SGD');
}));

test('every schedule, chosen by hand', () => withLab({width: 900, height: 860}, async (lab) => {
  await chooseEach(lab, 'schedule', tables.schedules, 'name', 'schedule', (s) => s.runs?.[0].schedule?.type ?? tables.schedules[0].key);
}));
