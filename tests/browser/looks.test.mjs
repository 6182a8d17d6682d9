// Pictures of the lab at the sizes people have (STRIDE_PICTURES=1 keeps them in build/artifacts); what a look at them would fault is tested: cut or escaping words.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {labTests} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const SIZES = [[1440, 900, 1], [820, 1180, 2], [390, 844, 2], [1280, 800, 1], [360, 640, 2]];
const SCENARIO = {
  stride: 1,
  steps: 200,
  runs: [
    {optimizer: {type: 'SGD', lr: 0.0015}},
    {optimizer: {type: 'Adam', lr: 0.2}, schedule: {type: 'CosineAnnealingLR', T_max: 100}},
    {name: 'too far', optimizer: {type: 'SGD', lr: 0.02}},
  ],
};

async function assertSound(lab, where) {
  const [width, height] = await lab.page.evaluate(() => { const c = document.querySelector('canvas'); return [c.width, c.height]; });
  for (const c of await lab.every((k) => k.visible)) {
    assert.ok(!c.clipped, `${where}: ${c.role} ${c.name} is cut`);
    assert.ok(c.x >= -1 && c.x + c.w <= width + 1 && c.y >= -1 && c.y <= height, `${where}: ${c.role} ${c.name} leaves the page`);
  }
}

for (const [width, height, ratio] of SIZES)
  for (const dark of [true, false]) {
    const where = `${width}x${height}@${ratio}-${dark ? 'dark' : 'light'}`;
    test(`looks at ${where}`, () => withLab({width, height, ratio, dark, fast: false, looks: false}, async (lab) => {
      assert.equal(await lab.setScenario(SCENARIO), '');
      const pages = (await lab.every((c) => c.group === 'pages')).map((c) => c.name);
      await assertSound(lab, where);
      await lab.keep(`looks/${where}.png`);
      for (const page of dark ? pages.slice(1) : []) {
        await lab.click(page, 'pages');
        await assertSound(lab, `${where}, ${page}`);
        await lab.keep(`looks/${where}-${page}.png`);
      }
    }));
  }
