// Studies in the page: the same bits whoever computes them, and no worker needed.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {after, before, test} from 'node:test';
import {CLI, studiesOf, stepsOf} from '../bits/page.mjs';
import {IN_PAGES, reference} from '../bits/questions.mjs';
import {drawsLittle, LabPage, launch, serve} from './helpers.mjs';

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const atWork = (frame) => frame.evaluate(() => document.querySelector('canvas').stride.workersAtWork());
const expected = reference();

const TRAINING = {stride: 1, problem: {type: 'network', data: {type: 'moons', samples: 60, validation: 0.2}, layers: [2, 5, 1], batch_size: 16}, steps: 40,
                  runs: [{optimizer: {type: 'Adam', lr: 0.02}}]};
const native = (...words) => execFileSync(CLI, [...words, '-'], {input: JSON.stringify(TRAINING), encoding: 'utf8'});
const numbers = (csv, column) => csv.trim().split('\n').slice(1).map((row) => Math.fround(Number(row.split(',')[column])));

for (const count of [0, 1, 2, 4]) {
  test(`the same bits with ${count} workers`, async () => {
    const lab = await LabPage.open(browser, server.origin, {fast: true, path: `/?workers=${count}`});
    await studiesOf(lab.page);
    await lab.page.waitForFunction((n) => document.querySelector('canvas').stride.workersAtWork() === n, count);
    await lab.until(() => lab.page.workers().length, (n) => n === count, `${count} workers`);
    assert.equal(await studiesOf(lab.page), expected.studies);
    assert.equal(await lab.setScenario(TRAINING), '');
    await lab.until(async () => (await lab.every((c) => c.name === 'network'))[0]?.value ?? '', (value) => value.startsWith('step 40: '), 'the end of the training');
    assert.equal(await lab.call('toCSV'), native('run'), 'a training');
    const rows = await lab.page.evaluate(async (scenario) => [...(await document.querySelector('canvas').stride.runStudy({scenario, study: {type: 'sweep', count: 9}})).rows], TRAINING);
    assert.deepEqual(rows.filter((_, i) => i % 5 === 1), numbers(native('study', 'sweep', '--count', '9'), 1), 'networks side by side');
    assert.deepEqual(lab.errors, []);
    await lab.close();
  });
}

test('a training comes to its end whichever worker it began with', async () => {
  const lab = await LabPage.open(browser, server.origin, {fast: true, path: '/?workers=2'});
  const scenario = (lr) => ({...TRAINING, problem: {type: 'network', data: {type: 'moons', samples: 512}}, steps: 1000, runs: [{optimizer: {type: 'Adam', lr}}]});
  for (let i = 0; i < 8; ++i) {
    assert.equal(await lab.setScenario(scenario(0.01 + i / 1000)), '');
    await lab.until(async () => (await lab.every((c) => c.name === 'network'))[0]?.value ?? '', (value) => value.startsWith('step 1000: '), `training ${i}`, 10000);
  }
  await lab.close();
});

test('the same steps as every other build', async () => {
  const lab = await LabPage.open(browser, server.origin, {fast: true});
  assert.equal(await stepsOf(lab.page), expected[IN_PAGES]);
  assert.deepEqual(lab.errors, []);
  await lab.close();
});

test('what is wrong with a request is said', async () => {
  const lab = await LabPage.open(browser, server.origin, {fast: true});
  const why = (study) => lab.page.evaluate((s) => document.querySelector('canvas').stride.runStudy({study: s}).catch((e) => e.message), study);
  assert.equal(await why({type: 'swep'}), 'study.type: expected the name of a study, got "swep", did you mean "sweep"?');
  assert.match(await why({type: 'sweep', count: -3}), /^study\.count: expected a whole number/);
  await lab.close();
});

test('a newer request supersedes an older one', async () => {
  const lab = await LabPage.open(browser, server.origin, {fast: true, path: '/?workers=2'});
  const results = await lab.page.evaluate(async () => {
    const {stride} = document.querySelector('canvas');
    const scenario = (lr) => ({stride: 1, steps: 2000, runs: [{optimizer: {type: 'Adam', lr}}]});
    const drag = [];
    for (let i = 1; i <= 200; ++i) drag.push(stride.runStudy({scenario: scenario(i / 1000), study: {type: 'basins', size: 256}}));
    return (await Promise.all(drag)).map((result) => result && result.rows.length);
  });
  assert.deepEqual(results, [...Array(199).fill(null), 256 * 256 * 2]);
  await lab.close();
});

/// A page in which workers go wrong in some way, made before its scripts run. `wanted`: how many are at work in the end.
async function withFault(fault, wanted) {
  const context = await browser.newContext();
  await drawsLittle(context);
  const page = await context.newPage();
  await page.addInitScript(fault);
  await page.goto(server.origin + '/?workers=2');
  await page.waitForSelector('canvas[data-ready]');
  const found = await studiesOf(page);
  if (wanted) await page.waitForFunction((n) => document.querySelector('canvas').stride.workersAtWork() === n, wanted);
  const workers = await atWork(page);
  await context.close();
  return {found, workers};
}

test('without workers the frame does the work', async () => {
  const {found, workers} = await withFault(() => {
    window.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } };
  });
  assert.equal(workers, 0);
  assert.equal(found, expected.studies);
});

test('workers that never answer are not waited for', async () => {
  const {found, workers} = await withFault(() => {
    window.Worker = class { postMessage() {} terminate() {} };
  });
  assert.equal(workers, 0);
  assert.equal(found, expected.studies);
});

test('the work of workers that die half way is done by others', async () => {
  const {found} = await withFault(() => {
    const Real = window.Worker;
    let answers = 0;
    window.Worker = class extends Real {
      set onmessage(hear) {
        super.onmessage = (event) => {
          if (!event.data.ready && ++answers > 3) this.onerror(new Event('error', {cancelable: true}));
          else hear(event);
        };
      }
      set onerror(hear) { this.fail = hear; }
      get onerror() { return this.fail; }
    };
  });
  assert.equal(found, expected.studies);
});

test('workers that fail are replaced', async () => {
  const {found} = await withFault(() => {
    const Real = window.Worker;
    let made = 0;
    window.Worker = class extends Real {
      constructor(...given) {
        super(...given);
        this.fails = ++made <= 2;
      }
      set onmessage(hear) {
        super.onmessage = (event) => {
          if (this.fails && !event.data.ready) this.onerror(new Event('error', {cancelable: true}));
          else hear(event);
        };
      }
      set onerror(hear) { this.fail = hear; }
      get onerror() { return this.fail; }
    };
  }, 2);
  assert.equal(found, expected.studies);
});

test('a worker that comes late is taken', async () => {
  const {found} = await withFault(() => {
    const Real = window.Worker;
    window.Worker = class extends Real {
      postMessage(message, ...more) { setTimeout(() => super.postMessage(message, ...more), message.program ? 9000 : 0); }
    };
  }, 2);
  assert.equal(found, expected.studies);
});

test('a host that calls WebAssembly by another type', async () => {
  const context = await browser.newContext();
  await drawsLittle(context);
  const page = await context.newPage();
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({response, headers: {...response.headers(), 'content-type': 'application/octet-stream'}});
  });
  await page.goto(server.origin + '/?workers=1');
  await page.waitForSelector('canvas[data-ready]');
  await studiesOf(page);
  await page.waitForFunction(() => document.querySelector('canvas').stride.workersAtWork() === 1);
  assert.equal(await studiesOf(page), expected.studies);
  await context.close();
});

for (const [words, headers, workers] of [
  ['workers from their text', {}, 2],
  ['no worker at all', {'content-security-policy': "worker-src 'none'"}, 0],
]) {
  test(`in a sandboxed frame: ${words}`, async () => {
    // A frame without an origin may read nothing of a host that doesn't allow everyone to.
    const host = await serve(undefined, {'access-control-allow-origin': '*', ...headers});
    const context = await browser.newContext({viewport: {width: 1000, height: 700}});
    await drawsLittle(context);
    const page = await context.newPage();
    await page.setContent(`<iframe sandbox="allow-scripts" width="960" height="640" src="${host.origin}/?workers=2"></iframe>`);
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    await frame.waitForSelector('canvas[data-ready]', {timeout: 60000});
    assert.equal(await frame.evaluate(() => self.origin), 'null');
    await studiesOf(frame);
    await frame.waitForFunction((n) => document.querySelector('canvas').stride.workersAtWork() === n, workers);
    assert.equal(await studiesOf(frame), expected.studies);
    await context.close();
    await host.close();
  });
}
