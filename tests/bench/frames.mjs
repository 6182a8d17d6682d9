// The longest frames of the page in headless Chromium, whatever is asked of it: the longest formula, the deepest, eight runs of as many steps
// as may be, on the surface and on the map, with each tool open, while a rate is dragged.
//   ./run --build && npm ci && node tests/bench/frames.mjs
import {LabPage, launchWhole, serve} from '../browser/helpers.mjs';

const OPTIMIZERS = ['SGD', 'Adam', 'AdamW', 'RMSprop', 'Adagrad', 'NAdam', 'RAdam', 'Lion'];
const LONGEST = 'x^y+'.repeat(248) + 'x', DEEPEST = '('.repeat(60) + 'x' + ')'.repeat(60);
const runs = (count) => OPTIMIZERS.slice(0, count).map((type) => ({optimizer: {type, lr: 1e-5}}));
const problem = (expression) => ({expression, domain: [-2, 2, -2, 2], start: [1.5, 1.5]});
const CASES = {
  'as it begins': {stride: 1},
  'the longest formula, 1 run': {stride: 1, problem: problem(LONGEST), steps: 100000, runs: runs(1)},
  'the longest formula, 8 runs': {stride: 1, problem: problem(LONGEST), steps: 100000, runs: runs(8)},
  'the same on the map': {stride: 1, problem: problem(LONGEST), steps: 100000, runs: runs(8), view: {flat: true}},
  'the deepest formula': {stride: 1, problem: problem(DEEPEST), steps: 100000, runs: runs(1)},
  '8 runs of 100,000 steps': {stride: 1, steps: 100000, runs: runs(8)},
};

const server = await serve(), browser = await launchWhole();
console.log('| longest frame, ms | opened | with each tool | dragged |\n| --- | --: | --: | --: |');
for (const [name, scenario] of Object.entries(CASES)) {
  const lab = await LabPage.open(browser, server.origin, {path: '/?workers=1', fast: true, looks: true});
  const times = [];
  const longest = async (use) => {
    await lab.settle(30);
    const known = (await lab.call('frameMs')).length;
    await use();
    await lab.settle(30);
    const all = await lab.call('frameMs');
    times.push(Math.max(...all.slice(all.length < 240 ? known : 0)));
  };
  await longest(() => lab.setScenario(scenario));
  const tools = (await lab.call('controls')).filter((c) => c.role === 'tab' && c.group === 'tools').map((c) => c.id);
  await longest(async () => {
    for (const id of tools) {
      await lab.call('request', id, 'press');
      await lab.settle(10);
    }
  });
  await longest(() => lab.dragSlider('Learning rate', 0.4, undefined));
  console.log(`| ${name} | ${times.map((t) => t.toFixed(0)).join(' | ')} |`);
  await lab.context.close();
}
await browser.close();
await server.close();
