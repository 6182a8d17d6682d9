// Logs of real trainings dropped on the page: drawn beside the runs, told in words, gone on with.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, test} from 'node:test';
import {labTests} from './helpers.mjs';

const withLab = labTests({before, after, assert});

const drop = (lab, files) => lab.page.evaluate((all) => {
  const carried = new DataTransfer();
  for (const [name, text] of all) carried.items.add(new File([text], name));
  dispatchEvent(new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true}));
}, files);
const stepped = () => 'step,lr,loss\n' + Array.from({length: 300}, (_, t) => `${t},${0.5 ** Math.floor(t / 50)},${2 * Math.exp(-t / 60) + 0.1}`).join('\n');

test('two logs are dropped: their curves, what they show, a schedule to go on with; the scenario stays', () => withLab({width: 1280, height: 800}, async (lab) => {
  const before = await lab.scenario();
  await drop(lab, [['mine.csv', stepped()], ['trainer_state.json', await readFile(new URL('../logs/trainer_state.json', import.meta.url), 'utf8')]]);
  const region = (name) => lab.until(() => lab.call('controls'), (all) => all.some((c) => c.role === 'region' && c.name === name), name);
  await region('mine.csv');
  await region('trainer_state.json');
  assert.deepEqual(await lab.scenario(), before);
  await lab.keep('log-panel.png');
  assert.ok((await lab.every((c) => /The rate is that of .*StepLR/.test(c.value ?? '') || /The rate is that of .*StepLR/.test(c.name))).length > 0);
  await lab.click('Make it a run', undefined, 'button').catch(async () => {
    const [button] = await lab.every((c) => c.name === 'Make it a run');
    assert.equal(await lab.call('request', button.id, 'press'), '');
    await lab.settle();
  });
  const {runs} = await lab.scenario();
  assert.equal(runs.at(-1).schedule.type, 'StepLR');
  await lab.click('Curves', 'tools', 'tab');
  await lab.settle();
  await lab.keep('log-curves.png');
}));

test('a log that cannot be read is told and changes nothing', () => withLab({}, async (lab) => {
  const before = await lab.scenario();
  await drop(lab, [['broken.jsonl', '{"step": 1, "loss": ']]);
  await lab.until(() => lab.every((c) => c.group === 'notice' && /broken\.jsonl/.test(c.name + c.value)), (all) => all.length > 0, 'the sentence', 30000);
  assert.deepEqual(await lab.scenario(), before);
}));
