// The npm package through bundlers and frameworks, in build/hosts (./test puts their packages there): each project is built by its own tool, served as
// files, and opened in a browser, where the lab has to be German, use a worker, and show what only the full program shows.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {after, before, test as testOf} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {serve} from '../../tools/serve.mjs';
import {launch, WEB} from '../browser/helpers.mjs';
import {freePort, run, start} from './processes.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const PLACE = join(ROOT, 'build/hosts'), PACKAGE = join(PLACE, 'node_modules/stride-lab');
const QUIET = {NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', PARCEL_WORKERS: '1', CI: '1', NO_COLOR: '1', STRIDE_REPOSITORY: 'https://example.org/stride'};
let browser, packed;

/// None waits for ever, whatever a page or a tool does.
const test = (name, act) => testOf(name, {timeout: 400000}, act);

/// Runs a tool of build/hosts in one of its folders; a failure carries what it printed.
function tool(folder, name, ...words) {
  const path = join(PLACE, 'node_modules', name === 'vite5' ? 'vite5/bin/vite.js' : `.bin/${name}`), env = {...process.env, ...QUIET, NODE_ENV: ''};
  return run(path, words, {cwd: join(PLACE, folder), env});
}

before(async () => {
  const out = join(PLACE, 'packages');
  execFileSync('node', [join(ROOT, 'tools/package.mjs'), '--web', WEB, '--out', out], {stdio: 'inherit', env: {...process.env, ...QUIET}});
  packed = join(out, readdirSync(out).find((name) => name.endsWith('.tgz')));
  rmSync(PACKAGE, {recursive: true, force: true});
  mkdirSync(PACKAGE, {recursive: true});
  execFileSync('tar', ['xzf', packed, '-C', PACKAGE, '--strip-components=1']);
  for (const [from, names] of [['tests/hosts/projects', readdirSync(join(ROOT, 'tests/hosts/projects'))], ['examples', ['react', 'vue', 'svelte']]]) {
    for (const name of names) {
      rmSync(join(PLACE, name), {recursive: true, force: true});
      cpSync(join(ROOT, from, name), join(PLACE, name), {recursive: true});
    }
  }
  browser = await launch();
});
after(() => browser?.close());

/// Opens what was built and uses the lab in it.
async function works(folder, act = async () => {}, origin = '') {
  const site = origin ? {origin, close: () => {}} : await serve(join(PLACE, folder)), page = await browser.newPage({viewport: {width: 1000, height: 800}}), wrong = [];
  page.setDefaultTimeout(120000);
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  page.on('request', (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(site.origin) || wrong.push('asks for ' + request.url()));
  try {
    await page.goto(site.origin + '/');
    await page.waitForFunction(() => document.querySelector('stride-lab')?.shadowRoot?.querySelector('canvas.lab[data-ready]')?.stride?.controls, null, {timeout: 60000});
    const {problem, runs} = await page.evaluate(() => document.querySelector('stride-lab').getState());
    assert.deepEqual([problem.surface, runs[0].optimizer], ['beale', {type: 'Adam', lr: 0.1}]);
    const controls = () => page.evaluate(() => document.querySelector('stride-lab').shadowRoot.querySelector('canvas.lab').stride.controls());
    const names = (await controls()).map(({name}) => name);
    assert.ok(names.includes('Lernrate'), 'German');
    assert.ok(names.includes('Lektionen') && !names.includes('teilen'), 'no link where no page opens it');
    await act(page);
    assert.ok(await page.evaluate(async () => {
      const lab = document.querySelector('stride-lab').shadowRoot.querySelector('canvas.lab').stride, scenario = lab.getScenario();
      for (let i = 0; i < 400 && !lab.workersAtWork(); ++i) {
        scenario.steps = 200 + i;
        await lab.runStudy({scenario, run: 0, study: {type: 'sweep', count: 256}});
        await new Promise((go) => setTimeout(go, 50));
      }
      return lab.workersAtWork() > 0;
    }), 'a worker');
    await page.evaluate(() => document.querySelector('stride-lab').setState({stride: 1, problem: {type: 'curve', curve: 'two_valleys'}}));
    assert.equal((await page.evaluate(() => document.querySelector('stride-lab').getState())).problem.type, 'curve');
    await page.evaluate(() => document.querySelector('stride-lab').setState({stride: 1, problem: {type: 'network', data: {type: 'digits'}, layers: [64, 8, 10]}, steps: 2}));
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({name, responseStatus}) => /\.bin$/.test(name) && responseStatus === 200));
    assert.deepEqual(wrong, []);
  } finally {
    await page.close();
    await site.close();
  }
}

/// The page's style sheet of the element has come along.
const styled = async (page) => assert.ok(await page.evaluate(() => [...document.styleSheets].some((sheet) => [...sheet.cssRules].some((rule) => rule.cssText.startsWith('stride-lab')))), 'the style sheet');

test('publint and are-the-types-wrong find nothing', async () => {
  await tool('.', 'publint', 'run', PACKAGE, '--strict', '--pack', 'false');
  await tool('.', 'attw', packed, '--profile', 'esm-only', '--exclude-entrypoints', 'stride-lab.css');
});

test('package.json says where it comes from, custom-elements.json what it has', () => {
  const read = (name) => JSON.parse(readFileSync(join(PACKAGE, name), 'utf8')), about = read('package.json');
  assert.deepEqual([about.repository.url, about.homepage], ['git+https://example.org/stride.git', 'https://example.org/stride#readme']);
  const [{declarations: [element]}] = read(about.customElements.slice(2)).modules, source = readFileSync(join(ROOT, 'web/stride-lab.js'), 'utf8');
  for (const name of ['scenario', 'surface', 'theme', 'workers', 'link-base']) assert.ok(element.attributes.some((a) => a.name === name && a.description), name);
  for (const {name} of element.members) assert.match(source, new RegExp(`^ {2}(async )?${name}\\(`, 'm'));
  assert.deepEqual(element.events.map(({name}) => name), ['ready', 'change', 'progress', 'answered', 'goal', 'error']);
});

test('it can be imported where there is no document', () => {
  const words = "import {StrideLab, scenarioOf} from 'stride-lab'; import 'stride-lab/react'; import {posterOf} from 'stride-lab/posters.js';" +
      "console.log(typeof StrideLab, scenarioOf({surface: 'beale'}).problem.surface, posterOf({surface: 'beale'}).split('/').pop())";
  assert.equal(execFileSync('node', ['--input-type=module', '-e', words], {cwd: PLACE, encoding: 'utf8'}).trim(), 'function beale beale.svg');
});

const CHECKS = {react: ['tsc', '--noEmit'], vue: ['vue-tsc', '--noEmit'], svelte: ['svelte-check', '--fail-on-warnings']};
for (const [name, check] of Object.entries(CHECKS)) {
  test(`the example in ${name} type-checks, is built and works`, async () => {
    await tool(name, ...check);
    await tool(name, 'vite', 'build', '--logLevel', 'warn');
    await works(`${name}/dist`, async (page) => {
      await styled(page);
      await page.getByRole('button', {name: 'Step 40'}).click();
      await page.locator('output', {hasText: '40'}).waitFor();
      await page.getByRole('slider', {name: 'Learning rate'}).fill('0.3');
      await page.waitForFunction(() => document.querySelector('stride-lab').getState().runs[0].optimizer.lr === 0.3);
    });
  });
}

test('Vite 5', async () => {
  await tool('vite5', 'vite5', 'build');
  await works('vite5/dist', styled);
});

test('Vite 5\'s development server, configured as docs/package.md says', async () => {
  const port = await freePort(), origin = `http://127.0.0.1:${port}`, [said] = /optimizeDeps: \{.*?\}/.exec(readFileSync(join(ROOT, 'docs/package.md'), 'utf8'));
  writeFileSync(join(PLACE, 'vite5/dev.mjs'), `export default {${said}, server: {fs: {allow: ['..']}}};\n`);  // the packages of all projects lie above
  const server = start('node', [join(PLACE, 'node_modules/vite5/bin/vite.js'), '--config', 'dev.mjs', '--host', '127.0.0.1', '--port', String(port), '--strictPort'], {cwd: join(PLACE, 'vite5')});
  try {
    for (const end = Date.now() + 60000; !await fetch(origin, {signal: AbortSignal.timeout(5000)}).then(({ok}) => ok, () => false);) {
      if (server.child.exitCode !== null || Date.now() > end) throw new Error(`Vite did not start: ${server.said()}`);
      await new Promise((go) => setTimeout(go, 100));
    }
    await works('', styled, origin);
  } finally {
    server.end();
  }
});

test('docs/package.md shows what is imported here', () => {
  const [, script] = /```js\n([^]*?)```/.exec(readFileSync(join(ROOT, 'docs/package.md'), 'utf8')), own = readFileSync(join(PLACE, 'vite5/main.js'), 'utf8');
  for (const line of script.trim().split('\n')) assert.ok(own.includes(line.split('  //')[0]), line);
});

test('webpack 5', async () => {
  await tool('webpack', 'webpack');
  cpSync(join(PLACE, 'webpack/index.html'), join(PLACE, 'webpack/dist/index.html'));
  await works('webpack/dist', styled);
  for (const name of readdirSync(join(PLACE, 'webpack/dist')).filter((file) => file.endsWith('.js')))
    assert.ok(!readFileSync(join(PLACE, 'webpack/dist', name), 'utf8').includes(PLACE), `${name} tells no path of this machine`);
});

test('Parcel 2', async () => {
  await tool('parcel', 'parcel', 'build', 'index.html', '--no-cache', '--dist-dir', 'dist', '--public-url', './', '--no-source-maps');
  await works('parcel/dist', styled);
});

test('Next 15, made ahead on the server', async () => {
  await tool('next', 'next', 'build');
  await works('next/dist', styled);
});

test('Astro 5, made ahead on the server', async () => {
  await tool('astro', 'astro', 'build');
  await works('astro/dist', styled);
});

// These two leave addresses as they are: beside the bundle lies what docs/package.md's line in the shell puts there.
const [, documented] = /```sh\n([^]*?)```/.exec(readFileSync(join(ROOT, 'docs/package.md'), 'utf8'));
async function beside(folder) {
  rmSync(join(PLACE, 'dist'), {recursive: true, force: true});
  mkdirSync(join(PLACE, 'dist'));
  await run('bash', ['-ec', documented], {cwd: PLACE});
  cpSync(join(PLACE, 'dist'), join(PLACE, folder, 'dist'), {recursive: true});
  cpSync(join(PLACE, folder, 'index.html'), join(PLACE, folder, 'dist/index.html'));
}

test('esbuild', async () => {
  await build({absWorkingDir: join(PLACE, 'esbuild'), entryPoints: ['main.js'], bundle: true, splitting: true, format: 'esm', outdir: 'dist', logLevel: 'error'});
  await beside('esbuild');
  await works('esbuild/dist');
});

test('Rollup', async () => {
  await tool('rollup', 'rollup', '-c', '--silent');
  await beside('rollup');
  await works('rollup/dist');
});
