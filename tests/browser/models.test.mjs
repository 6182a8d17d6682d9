// Models in the lab: fits, with the data beside the surface, by hand.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {labTests, notice} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const link = (scenario) => '/#s=' + Buffer.from(JSON.stringify(scenario)).toString('base64url');
const OWN = {type: 'points', points: [[0, 1], [1, 2], [2, 3]]};

test('a line swings in with the cursor; a point added changes surface and run', () => withLab({
  width: 1280, height: 800, path: link({stride: 1, problem: {type: 'fit', data: OWN}, steps: 300, runs: [{optimizer: {type: 'SGD', lr: 0.1}}], view: {cursor: 0}}),
}, async (lab) => {
  assert.deepEqual(await notice(lab), []);
  assert.match((await lab.control('data')).value, /^0 · x \+ 0, loss 4\.667/);
  await lab.press('End');
  await lab.settle();
  assert.match((await lab.control('data')).value, /^(0\.99\d*|1|1\.0\d*) · x \+ /);
  await lab.screenshot('fit-dark.png');
  const data = await lab.control('data');
  const at = lab.at(data);
  await lab.page.mouse.move(at.x, at.y - 60);
  await lab.settle();
  await lab.page.mouse.down();
  await lab.settle();
  await lab.page.mouse.up();
  await lab.settle();
  assert.equal((await lab.scenario()).problem.data.points.length, 4);
  await lab.screenshot('fit-point.png');
}));

test('models are chosen in the menu of problems', () => withLab({width: 1280, height: 800, dark: false}, async (lab) => {
  await lab.click('surface', 'bar', 'button');
  await lab.click('losses of one weight');
  await lab.until(async () => (await lab.scenario()).problem?.type, (type) => type === 'curve', 'the full program');
  await lab.settle();
  await lab.click('surface', 'bar', 'button');
  await lab.scrollTo('Line', 'models', 'option');
  await lab.click('Line', 'models', 'option');
  await lab.until(async () => (await lab.scenario()).problem?.type, (type) => type === 'fit', 'a fit');
  await lab.settle();
  await lab.screenshot('fit-cars-light.png');
}));

test('a fit on a phone', () => withLab({
  width: 390, height: 844, path: link({stride: 1, problem: {type: 'fit', model: 'sigmoid', batch_size: 16}, view: {cursor: 20}}),
}, async (lab) => {
  assert.ok(await lab.control('data'));
  await lab.screenshot('fit-phone.png');
}));
