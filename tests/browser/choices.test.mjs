// Every optimizer and schedule of the tables in the page, many chosen by hand.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {after, before, test} from 'node:test';
import {labTests} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const CLI = process.env.STRIDE_CLI ?? fileURLToPath(new URL('../../build/native/stride', import.meta.url));
const tables = JSON.parse(execFileSync(CLI, ['list'], {encoding: 'utf8', maxBuffer: 1 << 26}));
// Parameters whose controls are called by what they do.
const SPOKEN = {schedulers: ['add a schedule'], milestones: ['from schedule', 'add a schedule'], points: ['point']};

/// Shows every row, each third one chosen in the drop-down by hand; each of its parameters has a control that can be brought into sight.
async function chooseEach(lab, name, rows, words, run, chosen) {
  const group = name;
  const faults = [];
  for (const [i, row] of rows.entries()) {
    if (i % 3) assert.equal(await lab.setScenario({stride: 1, runs: [run(row.key)]}), '', row.key);
    else if ((await lab.control(name, 'run 1', 'combobox')).value !== row[words]) await lab.choose(name, row[words], 'run 1');
    assert.equal((await lab.control(name, 'run 1', 'combobox')).value, row[words]);
    assert.equal(chosen(await lab.scenario()), row.key);
    assert.match((await lab.control('loss plot', 'loss plot', 'img')).value, /\d/, `${row.key}: a curve`);
    const controls = (await lab.controls()).filter((c) => c.group === group || c.group.startsWith('schedule '));
    faults.push(...controls.filter((c) => c.clipped).map((c) => `${row.key}: ${c.name} is clipped`));
    for (const {key} of row.params) {
      if (key === 'lr' && group === 'optimizer') continue;
      const own = controls.filter((c) => c.name.includes(key) || (SPOKEN[key] ?? []).some((words) => c.name.includes(words)));
      if (!own.length) faults.push(`${row.key}: no control for ${key}`);
      else if (!own[0].visible) await lab.scrollTo(own[0].name, own[0].group, own[0].role);
    }
    await lab.scrollTo(name, 'run 1', 'combobox');
  }
  assert.deepEqual(faults, []);
}

test('every optimizer, by hand and by name', () => withLab({width: 900, height: 860, path: '/?optimizer=Prodigy'}, async (lab) => {  // in the full program, which has them all
  await lab.click('Parameters of Prodigy');
  const rows = tables.optimizers.filter((o) => !o.networks_only && !o.descents_only && o.key !== 'Custom');  // full.test.mjs chooses these
  await chooseEach(lab, 'optimizer', rows, 'key', (type) => ({optimizer: {type}}), (s) => s.runs?.[0].optimizer?.type ?? 'SGD');
}));

// What a schedule cannot do without.
const NEEDED = {SequentialLR: {schedulers: [{type: 'ExponentialLR'}], milestones: []}, ChainedScheduler: {schedulers: [{type: 'ExponentialLR'}]}};
const schedule = (type) => ({optimizer: {type: 'SGD'}, ...type !== tables.schedules[0].key && {schedule: {type, ...NEEDED[type]}}});

test('every schedule, by hand and by name', () => withLab({width: 900, height: 860}, async (lab) => {
  await chooseEach(lab, 'schedule', tables.schedules, 'name', schedule, (s) => s.runs?.[0].schedule?.type ?? tables.schedules[0].key);
}));
