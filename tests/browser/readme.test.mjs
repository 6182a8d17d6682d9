// The README's picture, made from the page as it is: build/artifacts/screenshot.jpg; `cp` it to docs/ when the page has changed.
import assert from 'node:assert/strict';
import {mkdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'node:test';
import {ARTIFACTS, LabPage, launch, serve} from './helpers.mjs';

const scenario = {
  stride: 1,
  problem: {type: 'surface', surface: 'himmelblau', start: [-0.4, -1]},
  steps: 150,
  runs: [
    {optimizer: {type: 'SGD', lr: 0.02}, schedule: {type: 'StepLR', step_size: 30, gamma: 0.5}},
    {optimizer: {type: 'Adam', lr: 0.3}, schedule: {type: 'CosineAnnealingLR'}},
    {name: 'SGD, rate 0.05', optimizer: {type: 'SGD', lr: 0.05}},
  ],
};

test('the picture of the README', async () => {
  const server = await serve();
  const browser = await launch();
  try {
    const lab = await LabPage.open(browser, server.origin);
    assert.equal(await lab.setScenario(scenario), '');
    await lab.page.waitForTimeout(1000);  // the strip's finest stage
    await lab.settle();
    await mkdir(ARTIFACTS, {recursive: true});
    const path = join(ARTIFACTS, 'screenshot.jpg');
    await lab.page.screenshot({path, type: 'jpeg', quality: 88});
    const {size} = await stat(path);
    assert.ok(size > 60_000 && size < 300_000, `${size} bytes`);
    assert.deepEqual(lab.errors, []);
  } finally {
    await browser.close();
    await server.close();
  }
});
