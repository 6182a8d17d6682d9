// What an address may hold, what stays in it, and pages that have none.
import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {LabPage, labTests, notice, rate} from './helpers.mjs';
import {hostTests} from './host.mjs';

const withLab = labTests({before, after, assert}), withHost = hostTests({before, after, assert}, {looks: false});
const address = (lab) => lab.page.evaluate(() => location.search + location.hash.slice(0, 3));
const said = async (lab) => (await notice(lab)).map((c) => c.name).join();
const lesson = async (lab) => (await lab.every((c) => c.group === 'lesson')).length > 0;
const reload = async (lab) => {
  await lab.page.reload();
  await lab.ready();
};

for (const added of ['&fbclid=abc', '&utm_source=m&utm_medium=mail', '&forcedownload=1', '&id=1&id=2'])
  test(`a link with ${added}`, () => withLab({path: `/?surface=beale&optimizer=Adam&lr=0.1${added}`}, async (lab) => {
    const s = await lab.scenario();
    assert.equal(s.problem.surface, 'beale');
    assert.deepEqual(s.runs, [{optimizer: {type: 'Adam', lr: 0.1}}]);
    assert.equal(await said(lab), '');
  }));

test('a plus in an expression', () => withLab({path: '/?expression=x^2+y^2'}, async (lab) => {
  assert.equal((await lab.scenario()).problem.expression, 'x^2+y^2');
  assert.equal(await said(lab), '');
}));

test('a plus in an expression, in a frame', () => withHost('<iframe src="embed.html?expression=x^2+y^2&panels=surface+rate" width="900" height="600"></iframe>', {}, async (host) => {
  const frame = await host.until(() => host.page.frames()[1], Boolean, 'the frame');
  await frame.waitForFunction(() => globalThis.moduleOf('stride-lab')?.controls);
  assert.equal(await frame.evaluate(() => globalThis.moduleOf('stride-lab').getScenario().problem.expression), 'x^2+y^2');
}));

test('the address keeps lesson, language and workers, and nothing that is somebody else\'s', () => withLab({path: '/?lesson=3&lang=de&workers=1&utm_source=m', width: 1300, height: 800}, async (lab) => {
  await lab.until(() => lesson(lab), Boolean, 'the lesson');
  await lab.until(() => address(lab), (a) => a === '?lesson=3&lang=de&workers=1#s=', 'the address');
  await lab.press('n');
  const runs = () => lab.page.evaluate(() => JSON.parse(atob(location.hash.slice(3).replace(/-/g, '+').replace(/_/g, '/'))).runs.length);
  await lab.until(runs, (n) => n === 2, 'the scenario in the address');
  await reload(lab);
  await lab.until(() => lesson(lab), Boolean, 'the lesson after a reload');
  assert.equal(await lab.page.evaluate(() => document.querySelector('canvas').lang), 'de');
  assert.equal((await lab.scenario()).runs.length, 2, 'and the learner\'s own scenario');
  await lab.click('die Lektion schließen', 'lesson');
  await lab.until(() => address(lab), (a) => a === '?lang=de&workers=1#s=', 'without the lesson');
  await reload(lab);
  assert.equal(await lesson(lab), false);
}));

test('the page\'s language and title follow the lab\'s, and a language in the address follows the choice', () => withLab({path: '/?lang=es', width: 1300, height: 800}, async (lab) => {
  const page = () => lab.page.evaluate(() => [document.documentElement.lang, document.title, location.search]);
  await lab.until(page, (p) => p.join() === 'es,Stride: un laboratorio de tasas de aprendizaje,?lang=es', 'Spanish');
  await lab.click('idioma', 'bar');
  await lab.click('English', undefined, 'button');
  await lab.until(page, (p) => p.join() === 'en,Stride: a learning-rate laboratory,?lang=en', 'English');
  assert.equal(await lab.page.getAttribute('canvas', 'aria-label'), 'Stride: loss surface, learning-rate curve and controls');
}));

test('properties that were set before the script has run count', () => withHost('', {}, async (host) => {
  await host.page.route('**/late.html', (route) => route.fulfill({
    contentType: 'text/html', body: '<!doctype html><title>Late</title><link rel="icon" href="data:,"><stride-lab id="a"></stride-lab>',
  }));
  await host.page.goto(`${host.origin}/late.html`);
  await host.page.evaluate(() => {
    Object.assign(document.getElementById('a'), {surface: 'beale', optimizer: {type: 'Adam'}, lr: 0.05});
    globalThis.other = document.createElement('stride-lab');
    Object.assign(globalThis.other, {id: 'b', scenario: {stride: 1, steps: 33}});
  });
  await host.page.addScriptTag({type: 'module', url: '/stride-lab.js'});
  await host.page.evaluate(() => document.body.append(globalThis.other));
  const state = (id) => host.page.evaluate((i) => document.getElementById(i).getState?.(), id);
  const first = await host.until(() => state('a'), (s) => s?.runs, 'the first');
  assert.deepEqual([first.problem.surface, first.runs[0].optimizer], ['beale', {type: 'Adam', lr: 0.05}]);
  await host.until(() => state('b'), (s) => s?.steps === 33, 'the other');
  assert.equal(await host.page.getAttribute('#a', 'lr'), '0.05');
  assert.deepEqual(await host.page.evaluate(() => Object.keys(document.getElementById('a'))), []);
}));

const OFFLINE = fileURLToPath(new URL('../../build/packages/stride-lab-offline.html', import.meta.url));

test('the page as srcdoc: no error, and a sentence instead of a link that opens nowhere', () => withHost('<p>A notebook</p>', {}, async (host) => {
  // As the offline file does, but with its modules from the server.
  await host.page.route('**/notebook.html', (route) => route.fulfill({contentType: 'text/html', body: `<!doctype html><title>A notebook</title>
<link rel="icon" href="data:,"><iframe width="900" height="600"></iframe>`}));
  await host.page.goto(`${host.origin}/notebook.html`);
  await host.page.evaluate(async () => {
    document.querySelector('iframe').srcdoc = (await (await fetch('/index.html')).text()).replace('<head>', '<head><base href="/">');
  });
  const frame = await host.until(() => host.page.frames()[1], Boolean, 'the frame');
  await frame.waitForSelector('canvas[data-ready]');
  await frame.focus('canvas');
  const controls = () => frame.evaluate(() => document.querySelector('canvas').stride.controls());
  await host.page.keyboard.press(']');
  await host.until(() => frame.evaluate(() => document.querySelector('canvas').stride.getScenario()), (s) => s.runs?.length, 'another rate');
  await host.page.keyboard.press('l');
  await host.until(controls, (all) => all.some((c) => /no address that a link could open/.test(c.name)), 'the sentence');
  await new Promise((done) => setTimeout(done, 600));  // the address bar would follow by now
}));

test('the offline file from a blob', {skip: !existsSync(OFFLINE) && `there is no ${OFFLINE}`}, () => withLab({}, async (lab, {browser}) => {
  const context = await browser.newContext(), page = await context.newPage(), errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const {readFileSync} = await import('node:fs');
  await page.setContent('<iframe width="900" height="600"></iframe>');
  await page.evaluate((text) => { document.querySelector('iframe').src = URL.createObjectURL(new Blob([text], {type: 'text/html'})); }, readFileSync(OFFLINE, 'utf8'));
  const frame = page.frames().at(-1);
  await frame.waitForSelector('canvas[data-ready]', {timeout: 60000});
  await frame.focus('canvas');
  await page.keyboard.press(']');
  await page.keyboard.press('l');
  const controls = () => frame.evaluate(() => document.querySelector('canvas').stride.controls());
  await lab.until(controls, (all) => all.some((c) => /no address that a link could open/.test(c.name)), 'the sentence');
  await new Promise((done) => setTimeout(done, 600));
  assert.deepEqual(errors, []);
  await context.close();
}));

test('a scenario with what JSON has no word for is refused by its place', () => withHost('<stride-lab></stride-lab>', {}, async (host) => {
  await host.ready();
  const answer = (state) => host.page.evaluate((text) => document.querySelector('stride-lab').setState(Function(`return ${text}`)()).then(() => 'taken', (e) => e.message), state);
  for (const [state, sentence] of [['{stride: 1, steps: NaN}', /^steps: expected a whole number .*, got "NaN"$/], ['{stride: 1, steps: -Infinity}', /^steps: expected/],
                                   ['{stride: 1, runs: [{optimizer: {type: "SGD", lr: NaN}}]}', /^runs\[0\]\.optimizer\.lr: expected a number/],
                                   ['{stride: 1, steps: null}', /^steps: expected/], ['(() => { const o = {stride: 1}; o.o = o; return o; })()', /expected/],
                                   [`{stride: 1, problem: {surface: "${'x'.repeat(5000)}"}}`, /^problem\.surface: .{0,600}$/]])
    assert.match(await answer(state), sentence, state.slice(0, 60));
}));

test('a link copied from the page opens the rate that is there', () => withLab({permissions: ['clipboard-read', 'clipboard-write']}, async (lab, {browser, server}) => {
  await lab.press(']');
  await lab.press('l');
  const link = await lab.page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(`${server.origin}/#s=`), link);
  const other = await LabPage.open(browser, server.origin, {fast: true, path: link.slice(server.origin.length)});
  assert.equal(await rate(other), await rate(lab));
  await other.close();
}));
