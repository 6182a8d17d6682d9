// The page in three engines: the same checks in each, and the same numbers as in the first.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {studiesOf, stepsOf} from '../bits/page.mjs';
import {IN_PAGES, reference} from '../bits/questions.mjs';
import {ARTIFACTS, WEB, LabPage, colourCount, difference, serve} from '../browser/helpers.mjs';
import {chromium} from './chromium.mjs';
import {firefox} from './firefox.mjs';
import {PATIENCE} from './page.mjs';
import {webkit} from './webkit.mjs';

const ENGINES = [chromium, firefox, webkit];
const SIZE = {width: 1000, height: 700};
const HERE = fileURLToPath(new URL('.', import.meta.url)), PACKAGE = join(HERE, '../../tools/package.mjs');
const ON_DEBIAN = existsSync('/etc/debian_version');

let server, course, packages;
before(async () => {
  packages = mkdtempSync(join(tmpdir(), 'stride-engines-'));
  execFileSync('node', [PACKAGE, '--web', WEB, '--out', packages], {stdio: 'inherit'});
  await mkdir(ARTIFACTS, {recursive: true});
  server = await serve();
  course = await serve(HERE, {'content-security-policy': `frame-src ${server.origin}`});
});
after(async () => {
  await course?.close();
  await server?.close();
  rmSync(packages, {recursive: true, force: true});
});

/// What is wrong with an engine's installation, '' where nothing is.
function missing({name, program, installed, needsDisplay}) {
  if (!existsSync(program)) return `${name} is not at ${program}: install ${installed}.`;
  if (needsDisplay && !process.env.DISPLAY) return `${name} needs a display: run this under xvfb-run.`;
  return '';
}

/// A page of an engine, with the lab's controls found and used by name as in the browser tests.
class EnginePage extends LabPage {
  static async start(engine) {
    return Object.assign(new EnginePage(), {page: await engine.start(SIZE), ratio: 1, name: engine.name.toLowerCase()});
  }

  async ready() {
    await this.untilPage(() => document.querySelector('canvas')?.dataset.ready !== undefined, 'the lab is ready');
    this.ratio = await this.page.evaluate(() => document.querySelector('canvas').width / innerWidth);
    await this.settle();
  }

  async visit(path) {
    await this.page.goto(server.origin + path);
    await this.ready();
  }

  untilPage(ask, what) { return this.until(() => this.page.evaluate(ask), Boolean, what, PATIENCE); }

  /// Waits until the scenario is as wanted.
  untilScenario(holds, what) { return this.until(() => this.scenario(), holds, what, PATIENCE); }

  async value(name, group, role) { return (await this.control(name, group, role)).value; }

  /// The surface with its path, small.
  async picture() { return this.pixels(await this.control('loss surface', 'surface')); }

  /// Everything that the page has fetched.
  fetched() { return this.page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name)); }

  async keep(name) { await this.page.screenshot({path: join(ARTIFACTS, `engine-${this.name}-${name}.png`)}); }
}

const BITS = reference();
const rate = (scenario) => scenario.runs[0].optimizer.lr;

/// [what is checked, how]. A check may answer with facts: they have to be the same in every engine.
const CHECKS = [
  ['starts and draws', async (lab) => {
    await lab.visit('/?lang=en');
    await lab.keep('start');
    assert.ok(await lab.colours() > 100, 'a picture, not one colour');
    assert.ok(colourCount(await lab.picture()) > 50, 'a surface');
    const fetched = await lab.fetched();
    assert.ok(fetched.includes(server.origin + '/stride-program.wasm'), `the program is among ${fetched}`);
    assert.deepEqual(fetched.filter((url) => !url.startsWith(server.origin)), [], 'nothing from elsewhere');
    return lab.scenario();
  }],
  ['follows a link', async (lab) => {
    await lab.visit('/?surface=beale&optimizer=Adam&lr=0.1&lang=en');
    const scenario = await lab.scenario();
    assert.equal(scenario.problem.surface, 'beale');
    assert.deepEqual(scenario.runs[0].optimizer, {type: 'Adam', lr: 0.1});
    await lab.keep('link');
    const loss = await lab.value('loss plot', 'loss plot');
    assert.match(loss, /^Adam: \S+ falling to \S+ over 200 steps$/);
    return {loss, run: await lab.value('Adam', 'run 1'), said: await lab.value('narration', 'surface')};
  }],
  ['follows a change of the address', async (lab) => {
    const before = await lab.page.evaluate(() => performance.timeOrigin);
    const scenario = {stride: 1, problem: {surface: 'rosenbrock'}, runs: [{optimizer: {type: 'SGD', lr: 0.002}}]};
    const link = '#s=' + Buffer.from(JSON.stringify(scenario)).toString('base64url');
    await lab.page.evaluate((hash) => { location.hash = hash; }, link);
    await lab.untilScenario((shown) => rate(shown) === 0.002, 'the link is followed');
    await lab.settle();
    assert.equal(await lab.page.evaluate(() => performance.timeOrigin), before, 'without loading the page again');
    return {loss: await lab.value('loss plot', 'loss plot')};
  }],
  ['a slider follows the mouse', async (lab) => {
    await lab.visit('/?surface=beale&optimizer=Adam&lr=0.001&lang=en');
    const before = await lab.picture();
    await lab.dragSlider('Learning rate', 0.75, 'run 1');
    const lr = rate(await lab.untilScenario((scenario) => rate(scenario) > 0.01, 'the rate is larger'));
    assert.ok(lr < 10, `${lr}`);
    await lab.settle();
    const changed = difference(before, await lab.picture());
    assert.ok(changed > 0.002, `${changed} of the picture has changed`);
    await lab.keep('slider');
    return {lr, loss: await lab.value('loss plot', 'loss plot')};
  }],
  ['the keyboard moves through the steps', async (lab) => {
    const place = () => lab.value('step', 'transport', 'slider');
    const last = await place();
    await lab.page.keyboard.press('Home');
    await lab.until(place, (words) => words !== last, 'the step changes', PATIENCE);
    return {first: await place(), last};
  }],
  ['speaks German', async (lab) => {
    await lab.visit('/?lang=de');
    assert.equal(await lab.page.evaluate(() => document.querySelector('canvas').lang), 'de');
    await lab.keep('german');
    return {names: [...new Set((await lab.every((control) => control.role === 'tab')).map((control) => control.name))].sort()};
  }],
  ['studies in workers and every step: the bits of every other build', async (lab) => {
    await lab.visit('/?lang=en&workers=1');
    assert.equal(await studiesOf(lab.page), BITS.studies);
    await lab.untilPage(() => document.querySelector('canvas').stride.workersAtWork() === 1, 'a worker is at work');
    assert.equal(await studiesOf(lab.page), BITS.studies);
    assert.equal(await stepsOf(lab.page), BITS[IN_PAGES]);
  }],
  ['an element in a page', async (lab) => {
    await lab.page.goto(server.origin + '/examples/plain.html');
    await lab.untilPage(() => document.querySelector('stride-lab')?.shadowRoot?.querySelector('canvas.lab[data-ready]') != null, 'the element');
    const told = await lab.page.evaluate(async () => {
      const element = document.querySelector('stride-lab');
      return {bytes: (await element.toImage()).size, path: await element.toCSV(), state: element.getState()};
    });
    await lab.keep('element');
    assert.ok(told.bytes > 10000, `${told.bytes} bytes of picture`);
    assert.equal(told.state.problem.surface, 'quad_k10');
    return {path: told.path};
  }],
  ['an element that is taken out of the page and put back', async (lab) => {
    await lab.page.goto(server.origin + '/examples/plain.html');
    await lab.untilPage(() => document.querySelector('stride-lab')?.shadowRoot?.querySelector('canvas.lab[data-ready]') != null, 'the element');
    const before = await lab.page.evaluate(async () => {
      const element = globalThis.element = document.querySelector('stride-lab');
      globalThis.place = element.nextElementSibling;
      globalThis.lost = () => element.shadowRoot.querySelector('canvas.lab').getContext('webgl2').isContextLost();
      await element.seek(7);
      element.remove();
      return element.getState();
    });
    assert.equal(before.view.cursor, 7);
    await lab.untilPage(() => globalThis.lost(), 'it gives its context up');
    await lab.page.evaluate(() => globalThis.place.before(globalThis.element));
    await lab.untilPage(() => !globalThis.lost() && !globalThis.element.shadowRoot.querySelector('canvas.picture'), 'it is drawn again');
    const after = await lab.page.evaluate(async () => ({state: globalThis.element.getState(), size: (await globalThis.element.toImage()).size}));
    assert.deepEqual(after.state, before);
    assert.ok(after.size > 10000, `${after.size} bytes of picture`);
  }],
  ['a frame in a page of another host', async (lab) => {
    await lab.page.goto(course.origin + '/course.html');
    await lab.page.evaluate((address) => {
      const frame = document.createElement('iframe'), waiting = new Map();
      let last = 0;
      addEventListener('message', ({source, data}) => source === frame.contentWindow && waiting.get(data.id)?.(data));
      globalThis.ask = (type, value) => new Promise((done) => {
        waiting.set(++last, done);
        frame.contentWindow.postMessage({stride: 1, id: last, type, value}, new URL(address).origin);
      });
      Object.assign(frame, {src: address, width: 900, height: 600});
      document.body.append(frame);
      return new Promise((loaded) => { frame.onload = () => loaded(); });
    }, server.origin + '/embed.html?surface=beale&optimizer=Adam&lr=0.1&lang=en');
    await lab.untilPage(async () => (await globalThis.ask('hello')).value.ready, 'the frame is ready');
    const told = await lab.page.evaluate(async () => {
      const path = (await globalThis.ask('toCSV')).value;
      const changed = await globalThis.ask('setState', {stride: 1, steps: 12});
      const refused = await globalThis.ask('setState', {stride: 1, steps: 0});
      return {path, changed: changed.ok, refused: refused.error, steps: (await globalThis.ask('getState')).value.steps};
    });
    await lab.keep('frame');
    assert.match(told.path, /^run,step,x,y,loss,lr/);
    assert.equal(told.changed, true);
    assert.match(told.refused, /^steps: expected/);
    assert.equal(told.steps, 12);
    return told;
  }],
  ['the offline file from a disk', async (lab) => {
    await lab.page.goto(pathToFileURL(join(packages, 'stride-lab-offline.html')).href + '?surface=beale&optimizer=Adam&lr=0.1&lang=de&workers=1');
    await lab.ready();
    await lab.keep('offline');
    assert.ok(await lab.colours() > 100, 'a picture, not one colour');
    assert.equal(await lab.page.evaluate(() => document.querySelector('canvas').lang), 'de');
    await studiesOf(lab.page);
    await lab.untilPage(() => document.querySelector('canvas').stride.workersAtWork() === 1, 'a worker is at work');
    assert.equal(await studiesOf(lab.page), BITS.studies);
    assert.deepEqual((await lab.fetched()).filter((url) => !/^(data|blob):/.test(url)), [], 'nothing is fetched');
    return {loss: (await lab.control('Adam', undefined, 'button')).value};
  }],
];

const expected = new Map();  // what the first engine has told

for (const engine of ENGINES) {
  const why = missing(engine);
  describe(engine.name, {skip: !ON_DEBIAN && why}, () => {
    let lab;
    before(async () => {
      if (why) throw new Error(why);
      lab = await EnginePage.start(engine);
    });
    after(() => lab?.page.quit());

    for (const [what, check] of CHECKS) {
      test(what, async () => {
        const facts = await check(lab);
        if (engine === ENGINES[0]) expected.set(what, facts);
        assert.deepEqual(facts, expected.get(what), `as in ${ENGINES[0].name}`);
      });
    }
  });
}
