// Studies in the page: the same bits whoever computes them, and no worker needed.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {after, before, test} from 'node:test';
import {LabPage, launch, serve} from './helpers.mjs';

const CLI = process.env.STRIDE_CLI ?? fileURLToPath(new URL('../../build/native/stride', import.meta.url));

const SCENARIO = {
  stride: 1,
  problem: {surface: 'himmelblau', noise: {sigma: 0.5}},
  steps: 150,
  runs: [{optimizer: {type: 'Adam', lr: 0.05}, schedule: {type: 'StepLR', step_size: 40}}],
};
const OWN = {...SCENARIO, problem: {expression: 'sin(3*x)*cos(2*y) + 0.1*(x^2 + y^2)'}};
const REQUESTS = [
  ...[{type: 'sweep'}, {type: 'compare'}, {type: 'range-test'}, {type: 'basins', size: 96}, {type: 'map', size: 48}]
      .map((study) => ({scenario: SCENARIO, study})),
  {scenario: OWN, study: {type: 'basins', size: 64}},
];

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/// Runs the requests in a page or frame: for each a hash of the bits, and who has done it.
function hashes(frame, requests = REQUESTS) {
  return frame.evaluate(async (all) => {
    const {stride} = document.querySelector('canvas');
    const found = [];
    for (const request of all) {
      const {columns, rows} = await stride.runStudy(request);
      let hash = 0x811c9dc5;  // FNV-1a
      for (const byte of new Uint8Array(rows.buffer)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
      found.push(`${request.study.type} ${rows.length / columns.length} x ${columns.length} ${hash.toString(16)}`);
    }
    return {found, workers: stride.workersAtWork()};
  }, requests);
}

let expected;
async function expectedHashes() {
  if (expected) return expected;
  const lab = await LabPage.open(browser, server.origin, {path: '/?workers=0'});
  expected = (await hashes(lab.page)).found;
  assert.deepEqual(lab.errors, []);
  await lab.close();
  return expected;
}

for (const count of [0, 1, 2, 4]) {
  test(`the same bits with ${count} workers`, async () => {
    const lab = await LabPage.open(browser, server.origin, {path: `/?workers=${count}`});
    await hashes(lab.page);
    await lab.page.waitForFunction((n) => document.querySelector('canvas').stride.workersAtWork() === n, count);
    assert.equal(lab.page.workers().length, count);
    assert.deepEqual((await hashes(lab.page)).found, await expectedHashes());
    assert.deepEqual(lab.errors, []);
    await lab.close();
  });
}

test('the same bits as the native program', {skip: !existsSync(CLI) && `there is no ${CLI}`}, async () => {
  const lab = await LabPage.open(browser, server.origin);
  for (const type of ['sweep', 'range-test']) {
    const input = JSON.stringify(SCENARIO);
    const [header, ...lines] = execFileSync(CLI, ['study', type, '-'], {input, encoding: 'utf8'}).trim().split('\n').map((line) => line.split(','));
    const {columns, rows} = await lab.page.evaluate(async (request) => {
      const result = await document.querySelector('canvas').stride.runStudy(request);
      return {columns: result.columns, rows: [...result.rows].map(String)};
    }, {scenario: SCENARIO, study: {type}});
    assert.equal(rows.length, lines.length * columns.length);
    const numbers = header.filter((name) => columns.includes(name) && name !== 'outcome');
    assert.ok(numbers.length >= 3);
    for (const name of numbers)
      lines.forEach((line, i) => {
        const word = line[header.indexOf(name)], native = Math.fround(word === 'inf' ? Infinity : Number(word));
        assert.equal(Number(rows[i * columns.length + columns.indexOf(name)]), native, `${type}, row ${i}, ${name}`);
      });
  }
  await lab.close();
});

test('what is wrong with a request is said', async () => {
  const lab = await LabPage.open(browser, server.origin);
  const why = (study) => lab.page.evaluate((s) => document.querySelector('canvas').stride.runStudy({study: s}).catch((e) => e.message), study);
  assert.equal(await why({type: 'swep'}), 'study.type: expected the name of a study, got "swep", did you mean "sweep"?');
  assert.match(await why({type: 'sweep', count: -3}), /^study\.count: expected a whole number/);
  await lab.close();
});

test('a newer request supersedes an older one', async () => {
  const lab = await LabPage.open(browser, server.origin, {path: '/?workers=2'});
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

/// A page in which workers go wrong in some way, made before its scripts run.
async function withFault(fault) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(fault);
  await page.goto(server.origin + '/?workers=2');
  await page.waitForSelector('canvas[data-ready]');
  const result = await hashes(page);
  await context.close();
  return result;
}

test('without workers the frame does the work', async () => {
  const {found, workers} = await withFault(() => {
    window.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } };
  });
  assert.equal(workers, 0);
  assert.deepEqual(found, await expectedHashes());
});

test('workers that never answer are not waited for', async () => {
  const {found, workers} = await withFault(() => {
    window.Worker = class { postMessage() {} terminate() {} };
  });
  assert.equal(workers, 0);
  assert.deepEqual(found, await expectedHashes());
});

test('the work of workers that die half way is done by others', async () => {
  const {found, workers} = await withFault(() => {
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
  assert.equal(workers, 0, 'both are gone');
  assert.deepEqual(found, await expectedHashes());
});

test('a host that calls WebAssembly by another type', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({response, headers: {...response.headers(), 'content-type': 'application/octet-stream'}});
  });
  await page.goto(server.origin + '/?workers=1');
  await page.waitForSelector('canvas[data-ready]');
  await hashes(page, REQUESTS.slice(0, 1));
  await page.waitForFunction(() => document.querySelector('canvas').stride.workersAtWork() === 1);
  assert.deepEqual((await hashes(page)).found, await expectedHashes());
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
    const page = await context.newPage();
    await page.setContent(`<iframe sandbox="allow-scripts" width="960" height="640" src="${host.origin}/?workers=2"></iframe>`);
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    await frame.waitForSelector('canvas[data-ready]', {timeout: 30000});
    assert.equal(await frame.evaluate(() => self.origin), 'null');
    await hashes(frame, REQUESTS.slice(0, 1));
    await frame.waitForFunction((n) => document.querySelector('canvas').stride.workersAtWork() === n, workers);
    assert.deepEqual((await hashes(frame)).found, await expectedHashes());
    await context.close();
    await host.close();
  });
}
