// What others carry away: the offline file from a disk and in a sandbox, the npm package from a plain folder and through a bundler.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {serve as serveFolder} from '../../tools/serve.mjs';
import {launch, serve, WEB} from './helpers.mjs';

const TOOL = fileURLToPath(new URL('../../tools/package.mjs', import.meta.url));
const ADAM = {stride: 1, problem: {type: 'surface', surface: 'rosenbrock'}, steps: 200, runs: [{optimizer: {type: 'Adam', lr: 0.01}}]};
let folder, browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stride-package-'));
  execFileSync('node', [TOOL, '--web', WEB, '--out', folder], {stdio: 'inherit'});
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  mkdirSync(join(folder, 'site/node_modules/stride-lab'), {recursive: true});
  execFileSync('tar', ['xzf', join(folder, packed), '-C', join(folder, 'site/node_modules/stride-lab'), '--strip-components=1']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, {recursive: true, force: true});
});

/// Opens an address; `requests` are those that go beyond it.
async function open(address, frame = () => undefined) {
  const page = await browser.newPage({viewport: {width: 900, height: 600}});
  const requests = [], errors = [];
  page.on('request', (request) => /^(data|blob):/.test(request.url()) || requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(address);
  const place = frame(page) ?? page;
  await place.waitForSelector('canvas[data-ready]', {timeout: 60000});
  return {page, place, requests, errors};
}

/// A sweep until workers have taken part in one: they start with the first.
const sweep = (place, least) => place.evaluate(async ([scenario, wanted]) => {
  const lab = document.querySelector('canvas').stride;
  for (let i = 0;; ++i) {
    scenario.problem.start = [-1.2 + i * 1e-3, 1];
    const {rows} = await lab.runStudy({scenario, run: 0, study: {type: 'sweep', count: 256}});
    if (lab.workersAtWork() >= wanted || i > 400) return {numbers: rows.length, workers: lab.workersAtWork()};
    await new Promise((go) => setTimeout(go, 50));
  }
}, [ADAM, least]);

test('the offline file opens from a disk, with workers, lessons and languages, and asks for nothing', async () => {
  const address = pathToFileURL(join(folder, 'stride-lab-offline.html')).href;
  const {page, requests, errors} = await open(address + '?lang=de&lesson=3&workers=2');
  const names = await page.evaluate(() => document.querySelector('canvas').stride.controls().map((c) => c.name));
  assert.ok(names.includes('3 · Zu hoch'), 'the third lesson in German');
  assert.deepEqual(await sweep(page, 2), {numbers: 256 * 5, workers: 2});
  assert.deepEqual(requests, [address + '?lang=de&lesson=3&workers=2']);
  assert.deepEqual(errors, []);
  await page.close();
});

test('the offline file in a sandbox that allows scripts alone', async () => {
  writeFileSync(join(folder, 'sandbox.html'), '<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" width="860" height="560" src="stride-lab-offline.html?workers=1"></iframe>');
  const server = await serveFolder(folder);  // a host without a policy of its own: the file holds its scripts itself
  const {page, place, requests, errors} = await open(server.origin + '/sandbox.html', (p) => p.frames()[1]);
  assert.equal((await sweep(place, 1)).workers, 1, 'a worker made from text');
  assert.deepEqual(requests.map((url) => new URL(url).pathname), ['/sandbox.html', '/stride-lab-offline.html']);
  assert.deepEqual(errors, []);
  await page.close();
  await server.close();
});

const ELEMENT = '<stride-lab surface="beale" optimizer="Adam" lr="0.1" loading="eager"></stride-lab>';
const started = (page) => page.evaluate(async () => {
  const lab = document.querySelector('stride-lab');
  await new Promise((done, failed) => {
    lab.addEventListener('error', ({detail}) => failed(new Error(detail.message)));
    lab.addEventListener('ready', done);
    if (lab.shadowRoot.querySelector('canvas[data-ready]')) done();
  });
  return lab.getState();
});

async function opensElement(address) {
  const page = await browser.newPage({viewport: {width: 900, height: 600}});
  await page.goto(address);
  const scenario = await started(page);
  assert.equal(scenario.problem.surface, 'beale');
  assert.equal(scenario.runs[0].optimizer.lr, 0.1);
  await page.close();
}

test('the npm package from a plain folder, whose sums are as it says', async () => {
  const site = join(folder, 'site'), lab = join(site, 'node_modules/stride-lab');
  writeFileSync(join(site, 'plain.html'), `<!doctype html><script type="module" src="node_modules/stride-lab/stride-lab.js"></script>${ELEMENT}`);
  const server = await serve(site);
  await opensElement(server.origin + '/plain.html');
  await server.close();
  const sums = JSON.parse(readFileSync(join(lab, 'integrity.json'), 'utf8'));
  assert.ok(Object.keys(sums).length > 10);
  for (const [name, sum] of Object.entries(sums))
    assert.equal('sha384-' + createHash('sha384').update(readFileSync(join(lab, name))).digest('base64'), sum, name);
});

test('the npm package through a bundler', async () => {
  const site = join(folder, 'site'), lab = join(site, 'node_modules/stride-lab');
  writeFileSync(join(site, 'main.js'), "import 'stride-lab';\n");
  await build({entryPoints: [join(site, 'main.js')], bundle: true, splitting: true, format: 'esm', outdir: join(site, 'bundle'), logLevel: 'error'});
  for (const name of ['stride-program.wasm', 'stride-program-full.wasm', 'digits.bin', 'stride-worker.js', 'languages']) cpSync(join(lab, name), join(site, 'bundle', name), {recursive: true});
  writeFileSync(join(site, 'bundled.html'), `<!doctype html><script type="module" src="bundle/main.js"></script>${ELEMENT}`);
  const server = await serve(site);
  await opensElement(server.origin + '/bundled.html');
  await server.close();
});
