// The page's own times in headless Chromium, medians and 95th percentiles: what a drag recomputes, the frame's CPU time while dragging, the
// strip's sweep, and basins with one worker and with two.
//   ./run --build && npm ci && node tests/bench/page.mjs
import {LabPage, launchWhole, serve} from '../browser/helpers.mjs';

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[values.length >> 1];
const p95 = (values) => sorted(values)[Math.floor(values.length * 0.95)];
const row = (name, value) => console.log(`| ${name} | ${value} |`);

const optimizers = ['SGD', 'Adam', 'AdamW', 'RMSprop', 'Adagrad', 'NAdam', 'RAdam', 'Lion'];
const eight = {
  stride: 1, problem: {type: 'surface', surface: 'rosenbrock'}, steps: 2000,
  runs: optimizers.map((type) => ({optimizer: {type, lr: 0.001}, schedule: {type: 'CosineAnnealingLR'}})),
};

async function dragging(lab) {
  await lab.page.waitForSelector('.mirror button', {state: 'attached'});
  const slider = await lab.control('Learning rate', undefined, 'slider');
  const from = lab.at(slider, 0.2), to = lab.at(slider, 0.6);
  await lab.page.mouse.move(from.x, from.y);
  await lab.page.mouse.down();
  const compute = [], frames = [], looks = (await lab.call('mirrorMs')).length;
  for (let i = 0; i <= 20; ++i) {
    await lab.page.mouse.move(from.x + (to.x - from.x) * i / 20, from.y);
    await lab.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    compute.push(await lab.call('computeMs'));
    frames.push((await lab.call('frameMs')).at(-1));
  }
  const mirror = (await lab.call('mirrorMs')).slice(looks);
  await lab.page.mouse.up();
  for (let i = 0; i < 20; ++i) {
    await lab.page.keyboard.press(']');
    await new Promise((done) => setTimeout(done, 300));
  }
  return {compute, frames, mirror: mirror.reduce((sum, ms) => sum + ms, 0) / frames.length, looks: (await lab.call('mirrorMs')).slice(looks)};
}

/// Every run changes: what a new number of steps asks for.
async function recomputing(lab) {
  const times = [];
  for (let i = 0; i < 15; ++i) {
    await lab.setScenario({...eight, steps: 2000 - (i & 1)});
    times.push(await lab.call('computeMs'));
  }
  return times;
}

function study(lab, request, rounds) {
  return lab.page.evaluate(async ([r, n]) => {
    const {stride} = document.querySelector('canvas');
    const times = [];
    for (let i = 0; i < n; ++i) {
      const begin = performance.now();
      // Another start each time: the same question would be answered from memory.
      r.scenario.problem.start = [-1.2 + i * 1e-3, 1];
      await stride.runStudy(r);
      times.push(performance.now() - begin);
    }
    return times;
  }, [request, rounds]);
}

const server = await serve(), browser = await launchWhole();
const adam = {stride: 1, problem: {type: 'surface', surface: 'rosenbrock'}, steps: 200, runs: [{optimizer: {type: 'Adam', lr: 0.01}}]};
console.log('| page, headless Chromium | ms |\n| --- | --: |');
const lab = await LabPage.open(browser, server.origin, {path: '/?workers=1'});
await lab.setScenario(eight);
row('recompute 8 runs × 2,000 steps, median', median(await recomputing(lab)).toFixed(2));
const drag = await dragging(lab);
row('recompute the dragged run of 2,000 steps, median', median(drag.compute).toFixed(2));
row('a frame’s CPU time while dragging, p95', p95(drag.frames).toFixed(2));
row('what the mirror adds to that', drag.mirror.toFixed(2));
row('the mirror, once the lab rests after a change, median', median(drag.looks).toFixed(2));
await lab.setScenario(adam);
row('sweep of 256 rates × 500 steps, one worker, median',
    median(await study(lab, {scenario: {...adam, steps: 500}, run: 0, study: {type: 'sweep', count: 256}}, 15)).toFixed(2));
const basins = {scenario: adam, run: 0, study: {type: 'basins', size: 512}};
const pair = await LabPage.open(browser, server.origin, {path: '/?workers=2'});
// Once to start the workers, and until the browser has its fast code for them.
for (const page of [lab, pair]) await study(page, basins, 10);
const one = [], two = [];
for (let round = 0; round < 7; ++round) {  // in turn, so that a slow minute of the machine hits both alike
  one.push(...await study(lab, basins, 3));
  two.push(...await study(pair, basins, 3));
}
row('basins 512 × 512 × 200 Adam steps, one worker', median(one).toFixed(0));
row(`the same, two workers (${(median(one) / median(two)).toFixed(2)} times as fast)`, median(two).toFixed(0));
await browser.close();
await server.close();
