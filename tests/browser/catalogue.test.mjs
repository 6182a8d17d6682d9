// Every surface of the table, in the page.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {after, before, test} from 'node:test';
import {colourCount, difference, labTests} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const CLI = process.env.STRIDE_CLI ?? fileURLToPath(new URL('../../build/native/stride', import.meta.url));
const tables = JSON.parse(execFileSync(CLI, ['list'], {encoding: 'utf8', maxBuffer: 1 << 26}));
const surface = (lab) => lab.control('loss surface', 'surface', 'img');

for (const [theme, every] of [['dark', 4], ['light', 1]]) {
  // A small page: what counts is that each surface makes a picture of its own, and every frame is drawn by the processor here.
  test(`${every > 1 ? `every ${every}th` : 'every'} surface draws, ${theme}`, () => withLab({width: 400, height: 480}, async (lab) => {
    const seen = new Map();
    for (const {key} of tables.surfaces.filter((_, i) => i % every === 0)) {
      assert.equal(await lab.setScenario({stride: 1, problem: {surface: key}, view: {theme}}), '', key);
      const picture = await lab.pixels(await surface(lab), {width: 80, height: 60});
      assert.ok(colourCount(picture) > 150, `${key}: ${colourCount(picture)} colours`);
      const ground = picture.subarray(0, 3), light = (ground[0] + ground[1] + ground[2]) / 3;
      assert.equal(light > 128, theme === 'light', `${key}: the ground is ${ground}`);
      for (const [other, its] of seen) assert.ok(difference(picture, its) > 0.02, `${key} looks like ${other}`);
      seen.set(key, picture);
    }
    assert.ok(seen.size > 20 / every);
  }));
}
