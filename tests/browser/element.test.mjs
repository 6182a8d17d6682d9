// <stride-lab> in somebody's page: attributes, properties, methods, events, posters, and how many share a page.
import assert from 'node:assert/strict';
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {keepPicture, WEB} from './helpers.mjs';
import {hostTests} from './host.mjs';

const withHost = hostTests({before, after, assert}, {looks: false});
const LAB = '<stride-lab></stride-lab>';
const state = (host, selector = 'stride-lab') => host.page.evaluate((s) => document.querySelector(s).getState(), selector);
const set = (host, name, value) => host.page.evaluate(([n, v]) => document.querySelector('stride-lab').setAttribute(n, v), [name, value]);
const method = (host, name, ...values) =>
    host.page.evaluate(([n, v]) => document.querySelector('stride-lab')[n](...v), [name, values]);
const poster = (host) => host.page.locator('stride-lab .poster');
const groups = async (host) => new Set((await host.call('controls')).map((c) => c.group));
const shoot = (host, name) => keepPicture(host.page, name);

test('the module is small, imports nothing by itself, and its types name what it has', async () => {
  assert.ok((await stat(join(WEB, 'stride-lab.js'))).size < 22000);
  const source = await readFile(new URL('../../web/stride-lab.js', import.meta.url), 'utf8'), types = await readFile(join(WEB, 'stride-lab.d.ts'), 'utf8');
  assert.doesNotMatch(await readFile(join(WEB, 'stride-lab.js'), 'utf8'), /(^|[;}\n])import[\s{*"]/);
  const methods = [...source.matchAll(/^ {2}(?:async )?([a-z]\w+)\(.*\) \{/gm)].map((m) => m[1]).filter((n) => !/Callback$/.test(n));
  assert.ok(methods.includes('toImage'));
  for (const name of methods) assert.match(types, new RegExp(`\\b${name}\\(`), name);
});

test('attributes say what it begins with, and change it while it runs', () => withHost(
    '<stride-lab surface="beale" optimizer="Adam" lr="0.05" schedule=\'{"type": "StepLR", "step_size": 20}\' theme="dark"></stride-lab>', {looks: true},
    async (host) => {
      await host.ready();
      const first = await state(host);
      assert.equal(first.problem.surface, 'beale');
      assert.deepEqual(first.runs[0], {optimizer: {type: 'Adam', lr: 0.05}, schedule: {type: 'StepLR', step_size: 20}});
      assert.equal(first.view.theme, 'dark');
      assert.equal((await host.call('controls')).find((c) => c.name === 'undo').enabled, false, 'nothing to undo');
      await shoot(host, 'element-dark.png');
      await set(host, 'lr', '0.2');
      await set(host, 'surface', 'himmelblau');
      await host.until(() => state(host), (s) => s.problem?.surface === 'himmelblau' && s.runs[0].optimizer.lr === 0.2, 'both changes');
      await set(host, 'schedule', 'none');
      await host.until(() => state(host), (s) => !s.runs[0].schedule, 'a constant rate');
      await host.page.evaluate(() => { document.querySelector('stride-lab').lr = null; });
      await host.until(() => state(host), (s) => s.runs[0].optimizer.lr === undefined, 'the default rate');
      await set(host, 'theme', 'projector');
      await host.until(() => state(host), (s) => s.view.theme === 'projector', 'the theme');
      await host.settle();
      await shoot(host, 'element-projector.png');
      await set(host, 'lang', 'de');
      await host.until(() => host.call('controls'), (all) => all.some((c) => c.name === 'Lernrate'), 'German');
    }));

test('a curve by an attribute, in the full program, and back to a surface', () => withHost(
    '<stride-lab curve="two_valleys" lr="0.03" panels="surface rate"></stride-lab>', {looks: true}, async (host) => {
      await host.ready();
      const first = await host.until(() => state(host), (s) => s.problem, 'the curve, when the full program has come');
      assert.deepEqual(first.problem, {type: 'curve', curve: 'two_valleys'});
      assert.equal(first.runs[0].optimizer.lr, 0.03);
      await host.settle();
      await shoot(host, 'element-curve.png');
      await set(host, 'curve', 'kink');
      await host.until(() => state(host), (s) => s.problem?.curve === 'kink', 'another curve');
      assert.match(await host.page.evaluate(() => document.querySelector('stride-lab').toCSV()), /^run,step,x,loss,lr,grad_x\n/);
      await set(host, 'surface', 'booth');
      await host.until(() => state(host), (s) => s.problem?.surface === 'booth', 'a surface');
    }));

test('properties mirror attributes', () => withHost('<stride-lab reveal="manual"></stride-lab>', {}, async (host) => {
  const seen = await host.page.evaluate(() => {
    const lab = document.querySelector('stride-lab');
    lab.lr = 0.5;
    lab.scenario = {stride: 1, steps: 7};
    lab.panels = 'surface';
    lab.panels = null;
    return [lab.getAttribute('lr'), lab.lr, lab.getAttribute('scenario'), lab.hasAttribute('panels'), lab.reveal, lab.getState()];
  });
  assert.deepEqual(seen, ['0.5', '0.5', '{"stride":1,"steps":7}', false, 'manual', null]);
}));

test('a scenario comes as JSON, as a link, as a child or by setState', () => withHost(
    `<stride-lab id="json" scenario='{"stride": 1, "steps": 33}'></stride-lab>
     <stride-lab id="link" scenario="?surface=booth&steps=44"></stride-lab>
     <stride-lab id="child"><script type="application/json">{"stride": 1, "steps": 55}</script></stride-lab>
     <stride-lab id="set" reveal="manual"></stride-lab>`, {viewport: {width: 700, height: 2000}},
    async (host) => {
      for (const [id, steps] of [['json', 33], ['link', 44], ['child', 55]]) {
        await host.ready('#' + id);
        assert.equal((await state(host, '#' + id)).steps, steps, id);
      }
      assert.equal((await state(host, '#link')).problem.surface, 'booth');
      await host.page.evaluate(async () => {
        const lab = document.querySelector('#set');
        await lab.setState({stride: 1, steps: 66});
        await lab.start();
      });
      assert.equal((await state(host, '#set')).steps, 66);
    }));

test('what is wrong is one sentence, told and shown, and the lab stands', () => withHost(
    '<stride-lab surface="nowhere" lr="-1" optimizer="Adam" locked="sky"></stride-lab>', {}, async (host) => {
      await host.listen();
      await host.ready();
      const sentences = (await host.events()).filter((e) => e.type === 'error').map((e) => e.message);
      assert.ok(sentences.some((s) => /^locked: expected some of all, surface, .*, got "sky"$/.test(s)), sentences.join('\n'));
      assert.ok(sentences.some((s) => /nowhere/.test(s)), sentences.join('\n'));
      assert.ok(sentences.some((s) => /lr: expected a number/.test(s)), sentences.join('\n'));
      const before = await state(host);
      assert.equal(before.runs[0].optimizer.type, 'Adam', 'what is right counts');
      for (const bad of [{stride: 1, steps: 0}, '{"stride": 1, "runs": 3}', '#s=%%%', 'nonsense', [], {}, {stride: 1, problem: {type: 'networks'}}]) {
        const answer = await host.page.evaluate((s) => document.querySelector('stride-lab').setState(s).then(() => '', (e) => e.message), bad);
        assert.match(answer, /expected|shows surfaces/, JSON.stringify(bad));
      }
      assert.deepEqual(await state(host), before);
    }));

test('methods: play, pause, seek, toCSV, toImage, destroy', () => withHost(LAB, {looks: true}, async (host) => {
  await host.listen();
  await host.ready();
  await method(host, 'seek', 17);
  assert.equal((await state(host)).view.cursor, 17);
  assert.deepEqual((await host.events()).filter((e) => e.type === 'progress').at(-1), {type: 'progress', step: 17});
  await assert.rejects(method(host, 'seek', -1), /seek: expected a step from 0, got -1/);
  await method(host, 'play');
  await host.until(() => state(host), (s) => s.view.cursor > 20, 'it plays');
  await method(host, 'pause');
  const stopped = (await state(host)).view.cursor;
  await host.settle();
  assert.equal((await state(host)).view.cursor, stopped);
  const lines = (await method(host, 'toCSV')).trim().split('\n');
  assert.equal(lines[0], 'run,step,x,y,loss,lr,grad_x,grad_y');
  assert.equal(lines.length, 202);
  assert.match(lines[1], /^0,0,-1\.2,1,/);
  const image = await host.page.evaluate(async () => {
    const blob = await document.querySelector('stride-lab').toImage();
    const picture = await createImageBitmap(blob), canvas = new OffscreenCanvas(picture.width, picture.height), draw = canvas.getContext('2d');
    draw.drawImage(picture, 0, 0);
    const pixels = new Uint32Array(draw.getImageData(0, 0, picture.width, picture.height).data.buffer);
    return {type: blob.type, width: picture.width, colours: new Set(pixels).size};
  });
  assert.equal(image.type, 'image/png');
  assert.ok(image.colours > 500 && image.width > 900, JSON.stringify(image));
  await method(host, 'destroy');
  const ended = host.page.evaluate(() => {
    const lab = document.querySelector('stride-lab'), start = lab.start().then(() => 'started', (error) => error.message);
    lab.destroy();
    return start;
  });
  assert.match(await ended, /ended before it had started/);
  assert.equal(await host.page.locator('stride-lab canvas').count(), 0);
  assert.ok(await poster(host).isVisible());
  await method(host, 'start');
  await host.ready();
}));

test('a change says whether a learner made it', () => withHost(LAB, {}, async (host) => {
  await host.ready();
  await host.listen();
  await method(host, 'setState', {stride: 1, steps: 50});
  const changes = async () => (await host.events()).filter((e) => e.type === 'change').map((e) => e.userInitiated);
  assert.deepEqual(await changes(), [false]);
  const slider = (await host.call('controls')).find((c) => c.role === 'slider' && c.name === 'Learning rate');
  const box = await host.page.locator('stride-lab').boundingBox(), y = box.y + slider.y + slider.h / 2;
  await host.page.mouse.move(box.x + slider.x + slider.w / 2, y);
  await host.page.mouse.down();
  await host.page.mouse.move(box.x + slider.x + slider.w / 4, y, {steps: 3});
  await host.settle();
  assert.deepEqual(await changes(), [false], 'not while the hand is on the slider');
  await host.page.mouse.up();
  await host.until(changes, (all) => all.length === 2, 'the change');
  assert.deepEqual(await changes(), [false, true]);
}));

test('lessons: by number, from a file, from a child; the answer and the task are told', () => withHost(
    '<stride-lab lesson="3"></stride-lab>', {viewport: {width: 1400, height: 900}}, async (host) => {
      await host.ready();
      await host.listen();
      await host.until(() => groups(host), (all) => all.has('lesson'), 'the lesson');
      // On to the question.
      for (let page = 0; page < 6 && !(await host.call('controls')).some((c) => /runs are hidden/.test(c.name)); ++page) await press(host, 'next page');
      const choice = (await host.call('controls')).find((c) => c.group === 'lesson' && c.role === 'button' && c.w > 200 && c.enabled);
      await clickAt(host, choice);
      const answered = await host.until(async () => (await host.events()).find((e) => e.type === 'answered'), Boolean, 'the answer');
      assert.equal(answered.lesson, 3);
      assert.equal(answered.score, answered.correct ? 1 : 0);
      assert.equal(typeof answered.title, 'string');
      assert.equal(answered.response, choice.name, 'what was clicked');
      assert.ok(answered.choices.length === 3 && answered.choices.includes(answered.response));
      assert.equal(answered.question, 'At rate 0.18 the walker arrives. What happens at 0.21?');
    }));

test('a loss that is drawn is told by its end', () => withHost('<stride-lab lesson="5"></stride-lab>', {viewport: {width: 1400, height: 900}}, async (host) => {
  await host.ready();
  await host.listen();
  await press(host, 'next page');
  await clickAt(host, (await host.call('controls')).find((c) => c.name === 'Loss at the end' && c.role === 'slider'));
  await press(host, 'hand in the drawing');
  const answered = await host.until(async () => (await host.events()).find((e) => e.type === 'answered'), Boolean, 'the answer');
  assert.ok(answered.response > 0 && answered.response < 100, answered.response);
  assert.equal(answered.choices, undefined);
}));

test('the theme is the page\'s own: what its switch says comes before what the browser prefers', () => withHost(
    '<stride-lab panels="surface rate"></stride-lab>', {looks: true, colorScheme: 'light', viewport: {width: 900, height: 700}}, async (host) => {
      // The sum of a corner's colours, which the ground fills.
      const ground = async () => [...(await host.page.evaluate(async () => {
        const picture = await createImageBitmap(await document.querySelector('stride-lab').toImage()), draw = new OffscreenCanvas(1, 1).getContext('2d');
        draw.drawImage(picture, 3, 3, 1, 1, 0, 0, 1, 1);
        return [...draw.getImageData(0, 0, 1, 1).data].slice(0, 3);
      }))].reduce((sum, part) => sum + part);
      await host.ready();
      assert.ok(await ground() > 500, 'light');
      await host.page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'dark'));
      await host.until(ground, (sum) => sum < 200, 'dark');
      await host.page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'light dark'));
      await host.until(ground, (sum) => sum > 500, 'left to the browser again');
      await host.page.emulateMedia({colorScheme: 'dark'});
      await host.until(ground, (sum) => sum < 200, 'the browser\'s');
    }));

test('a scenario that Markdown has taken out of its element is missed in a sentence', () => withHost(
    '<p><stride-lab></p><script type="application/json">{"stride": 1, "problem": {"type": "surface", "surface": "himmelblau"}}</script><p></stride-lab></p>', {}, async (host) => {
      await host.ready();
      await host.until(() => host.call('controls'), (all) => all.some((c) => /^A scenario stands behind this lab/.test(c.name)), 'the sentence');
    }));

test('a column of text gives room for the curves too', () => withHost(
    '<div style="width: 688px"><stride-lab reveal="manual"></stride-lab></div><div style="width: 390px"><stride-lab reveal="manual"></stride-lab></div>', {bypassCSP: true, viewport: {width: 1200, height: 900}}, async (host) => {
      const heights = await host.page.evaluate(() => [...document.querySelectorAll('stride-lab')].map((lab) => Math.round(lab.getBoundingClientRect().height)));
      assert.deepEqual(heights, [560, 520]);
    }));

test('link-base: Share where a page opens the link, and nowhere else', () => withHost(
    '<stride-lab panels="all"></stride-lab>', {viewport: {width: 1400, height: 900}}, async (host) => {
      const shares = async () => (await host.call('controls')).filter((c) => c.name === 'share').length;
      await host.ready();
      assert.equal(await shares(), 1);
      await host.page.evaluate(() => { document.body.innerHTML = '<stride-lab panels="all" link-base=""></stride-lab>'; });
      await host.ready();
      assert.equal(await shares(), 0);
      assert.ok((await host.call('controls')).some((c) => c.name === 'save the scenario'), 'the bar is there');
    }));

test('labs of a page share their workers', () => withHost(
    [0, 1, 2].map((i) => `<stride-lab id="lab${i}" panels="all" workers="2" reveal="manual"></stride-lab>`).join(''), {viewport: {width: 1400, height: 900}}, async (host) => {
      let most = 0, made = 0;
      host.page.on('worker', () => { most = Math.max(most, host.page.workers().length), ++made; });
      for (let i = 0; i < 3; ++i) {
        await host.page.evaluate((id) => document.getElementById(id).start(), `lab${i}`);
        await host.page.locator(`#lab${i}`).scrollIntoViewIfNeeded();
        const strip = () => host.page.evaluate((s) => globalThis.moduleOf(s)?.controls?.().find((c) => c.name === 'rates strip')?.now ?? 0, `#lab${i}`);
        await host.until(strip, (rates) => rates > 0, `the strip of lab ${i + 1}`);
      }
      assert.ok(made > 1 && most === 2, `${most} at a time, ${made} in all`);
    }));

test('a dozen labs that start at once take their turns, and eight keep a context', {timeout: 180000}, () => withHost(
    '<stride-lab loading="eager" panels="surface"></stride-lab>'.repeat(12), {
      viewport: {width: 500, height: 400},
      init: () => {
        const get = HTMLCanvasElement.prototype.getContext, all = [];
        globalThis.most = 0;
        HTMLCanvasElement.prototype.getContext = function(type, ...more) {
          const context = get.call(this, type, ...more);
          if (type === 'webgl2' && !all.includes(context)) all.push(context);
          globalThis.most = Math.max(globalThis.most, all.filter((c) => !c.isContextLost()).length);
          return context;
        };
      },
    }, async (host) => {
      const done = () => host.page.evaluate(() => [...document.querySelectorAll('stride-lab')].filter((lab) => lab.getState()).length);
      await host.until(done, (n) => n === 12, 'all have started', 120000);
      const counts = () => host.page.evaluate(() => {
        const labs = [...document.querySelectorAll('stride-lab')].map((lab) => lab.shadowRoot);
        return {
          live: labs.filter((root) => !root.querySelector('canvas.lab').getContext('webgl2').isContextLost()).length,
          pictures: labs.filter((root) => root.querySelector('canvas.picture')).length,
        };
      });
      await host.until(counts, ({live, pictures}) => live === 8 && pictures === 4, 'eight live, four pictures');
      assert.ok(await host.page.evaluate(() => globalThis.most) <= 12);
    }));

const LESSON = `---
{"title": "Mine", "scenario": {"problem": {"surface": "quad_k10", "start": [-4, 2]}, "steps": 60, "runs": [{"optimizer": {"type": "SGD", "lr": 0.001}}]},
 "goal": {"say": "Reach loss below 0.01.", "loss_below": 0.01}, "solution": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.17}}]}}
---
## Only one screen
Drag the rate.
`;

test('a lesson of one\'s own in a child; its task met is told', () => withHost(
    `<stride-lab><script type="text/markdown">\n${LESSON}</script></stride-lab>`, {viewport: {width: 1400, height: 900}}, async (host) => {
      await host.listen();
      await host.ready();
      await press(host, 'next page');
      assert.deepEqual((await host.events()).filter((e) => e.type === 'goal' || e.type === 'error'), []);
      const {problem, steps} = await state(host);
      await method(host, 'setState', {stride: 1, problem, steps, runs: [{optimizer: {type: 'SGD', lr: 0.17}}]});
      const goal = await host.until(async () => (await host.events()).find((e) => e.type === 'goal'), Boolean, 'the goal');
      assert.equal(goal.title, 'Mine');
      assert.equal(goal.lesson, 0);
      assert.ok(goal.step > 0 && goal.step < 60);
    }));

test('a lesson from a file of the site; not from elsewhere, and not from nowhere', () => withHost(
    '<stride-lab lesson="mine.md"></stride-lab>', {viewport: {width: 1400, height: 900}}, async (host) => {
      await host.page.route('**/mine.md', (route) => route.fulfill({contentType: 'text/markdown', body: LESSON}));
      await host.page.reload();
      await host.ready();
      await host.until(() => host.call('controls'), (all) => all.some((c) => c.name === 'Only one screen'), 'the lesson');
      await host.listen();
      for (const [file, sentence] of [['https://elsewhere.example/a.md', /expected a file of this site/], ['gone.md', /gone\.md cannot be read/],
                                      ['99', /expected the number of a lesson, got 99/]]) {
        await set(host, 'lesson', file);
        await host.until(async () => (await host.events()).map((e) => e.message).join(), (all) => sentence.test(all), file);
      }
      host.errors = host.errors.filter((e) => !/404/.test(e));
    }));

test('a poster of one\'s own, in the page\'s language; where the start failed it can be tried again', () => withHost(
    '<div lang="de"><stride-lab reveal="interaction" poster="icon.svg"></stride-lab></div>', {}, async (host) => {
      assert.equal(await poster(host).locator('img').getAttribute('src'), 'icon.svg');
      assert.equal(await poster(host).locator('.words').textContent(), 'Das Lernraten-Labor starten');
      await host.page.route('**/stride-program.wasm', (route) => route.abort());
      await host.listen();
      await poster(host).click();
      await host.until(async () => (await host.events()).filter((e) => e.type === 'error').map((e) => e.kind), (kinds) => kinds.join() === 'start', 'the error');
      assert.match(await poster(host).locator('.words').textContent(), /^Stride konnte nicht geladen werden/);
      await host.page.unroute('**/stride-program.wasm');
      await method(host, 'start');
      await host.ready();
      await host.until(() => host.call('controls'), (all) => all.some((c) => c.name === 'Lernrate'), 'German');
      host.errors.splice(0);  // what failed is in the console
    }));

test('a locked lab shows what it holds, greyed, and only the parts that are wanted', () => withHost(
    '<stride-lab panels="surface controls" locked="optimizer lr"></stride-lab>', {looks: true}, async (host) => {
      await host.ready();
      const all = await host.call('controls'), one = (role, name) => all.find((c) => c.role === role && c.name === name);
      assert.equal(one('combobox', 'optimizer').enabled, false);
      assert.equal(one('slider', 'Learning rate').enabled, false);
      assert.equal(one('combobox', 'schedule').enabled, true);
      assert.ok(!all.some((c) => ['bar', 'transport', 'loss plot'].includes(c.group)));
      await host.page.focus('stride-lab');
      await host.page.keyboard.press(']');
      await host.settle();
      assert.equal((await state(host)).runs?.[0].optimizer?.lr, undefined);
      await shoot(host, 'element-locked.png');
      await set(host, 'locked', '');
      await set(host, 'panels', 'all');
      await host.until(() => groups(host), (g) => g.has('bar'), 'everything');
      await host.page.keyboard.press(']');
      await host.until(() => state(host), (s) => s.runs?.[0].optimizer?.lr, 'the rate is free');
    }));

async function clickAt(host, control) {
  const box = await host.page.locator('stride-lab').boundingBox();
  await host.page.mouse.move(box.x + control.x + control.w / 2, box.y + control.y + control.h / 2);
  await host.settle();
  await host.page.mouse.down();
  await host.settle();
  await host.page.mouse.up();
  await host.settle();
}

/// Clicks a control as soon as it is there: a lesson comes with the full program.
async function press(host, name) {
  await host.until(() => host.call('controls'), (all) => all.some((c) => c.name === name), name);
  await host.settle();
  await clickAt(host, (await host.at(name)).control);
}
