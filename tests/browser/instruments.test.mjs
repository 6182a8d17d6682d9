// The instruments in the page: the strip that knows, basins and the comparison, with the workers at work.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {labTests} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const ONE = {
  stride: 1,
  problem: {surface: 'himmelblau'},
  steps: 100,
  runs: [{optimizer: {type: 'SGD', lr: 0.002}, schedule: {type: 'StepLR', step_size: 30, gamma: 0.5}}],
};
const rate = async (lab) => (await lab.scenario()).runs[0].optimizer.lr;

/// The control once `holds` is true of it.
async function until(lab, name, group, role, holds) {
  for (let i = 0; i < 200; ++i) {
    const [found] = (await lab.controls()).filter((c) => c.name === name && c.group === group && c.role === role);
    if (found && holds(found)) return found;
    await lab.page.waitForTimeout(50);
  }
  throw new Error(`${group} / ${role} ${name} does not come to that`);
}

test('the strip follows what it studies, and its tick takes the best rate', () => withLab({}, async (lab) => {
  assert.equal(await lab.setScenario(ONE), '');
  const first = await until(lab, 'rates strip', 'run 1', 'img', (c) => c.now >= 128);
  assert.match(first.value, /best .*, diverges from /);
  await lab.dragSlider('gamma', 0.9);
  const second = await until(lab, 'rates strip', 'run 1', 'img', (c) => c.now >= 128 && c.value !== first.value);
  assert.notEqual(second.value, first.value);
  const best = await lab.control('take the best rate', 'run 1', 'button');
  await lab.click('take the best rate', 'run 1', 'button');
  assert.ok(Math.abs(await rate(lab) / best.now - 1) < 0.01, `${await rate(lab)} for ${best.now}`);
}));

test('basins name the four minima of Himmelblau', () => withLab({}, async (lab) => {
  assert.equal(await lab.setScenario(ONE), '');
  await lab.click('basins', 'surface', 'button');
  const basins = await until(lab, 'basins', 'surface', 'status', (c) => c.now >= 64);
  for (const minimum of ['(3, 2)', '(−2.805, 3.131)', '(−3.779, −3.283)', '(3.584, −1.848)']) assert.ok(basins.value.includes(minimum), basins.value);
}));

test('every run gets its own best rate, and the runs are ranked', () => withLab({}, async (lab) => {
  assert.equal(await lab.setScenario({...ONE, runs: [...ONE.runs, {optimizer: {type: 'Adam'}}]}), '');
  await lab.click('Compare', 'tools', 'tab');
  const before = (await lab.scenario()).runs.map((r) => r.optimizer.lr);
  await lab.click('give best rates');
  for (let i = 0; i < 200 && !(await lab.controls()).some((c) => c.name === 'rank 2'); ++i) await lab.page.waitForTimeout(50);
  await lab.settle();
  const now = (await lab.scenario()).runs.map((r) => r.optimizer.lr);
  now.forEach((lr, i) => assert.notEqual(lr, before[i]));
}));

test('every tool is opened in turn, and the lab goes on', () => withLab({}, async (lab) => {
  const tools = (await lab.call('controls')).filter((c) => c.role === 'tab' && c.group === 'tools').map((c) => c.id);
  assert.ok(tools.length >= 5, `${tools.length} tools`);
  for (const optimizer of [{type: 'SGD', lr: 0.001, momentum: 0.9, weight_decay: 0.01}, {type: 'Adam', lr: 0.001}]) {
    await lab.setScenario({stride: 1, runs: [{optimizer}]});
    for (const id of tools) {
      assert.equal(await lab.call('request', id, 'press'), '');
      await lab.settle();
      const before = (await lab.scenario()).runs[0].optimizer.lr;
      await lab.press(']');
      assert.notEqual((await lab.scenario()).runs[0].optimizer.lr, before, id);
    }
  }
}));
