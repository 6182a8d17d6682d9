// The page's second program: a plain visit never fetches it; what only it has is opened in it, in place.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {labTests, notice, TWO} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const RULE = ['v = 0.9*v + 0.1*g^2', 'p = p - lr*g/(sqrt(v) + 1e-8)'];
const CUSTOM = {stride: 1, problem: {surface: 'beale'}, steps: 50, runs: [{optimizer: {type: 'Custom', lr: 0.01, rule: RULE}}]};
const link = (scenario) => '/#s=' + Buffer.from(JSON.stringify(scenario)).toString('base64url');

const programs = (lab) => lab.page.evaluate(
    () => performance.getEntriesByType('resource').map((e) => e.name.split('/').at(-1)).filter((name) => name.endsWith('.wasm')));
const shown = async (lab) => (await lab.scenario()).runs?.[0].optimizer?.type;
/// Where each step of the first run is, the last at the end.
const steps = async (lab) => (await lab.call('toCSV')).trim().split('\n').filter((row) => row.startsWith('0,')).map((row) => row.split(',').slice(2, 4).map(Number));

test('a plain visit fetches the first program alone', () => withLab({}, async (lab) => {
  await lab.setScenario(TWO);
  assert.deepEqual(await programs(lab), ['stride-program.wasm']);
}));

for (const [what, path] of [['a link', link(CUSTOM)], ['a readable link', `/?surface=beale&optimizer=Custom&rule=${encodeURIComponent(RULE.join(';'))}`]])
  test(`${what} with a rule of one's own opens in the full program, which alone is fetched`, () => withLab({path}, async (lab) => {
    assert.deepEqual(await programs(lab), ['stride-program-full.wasm']);
    assert.equal(await shown(lab), 'Custom');
    const path_of = await steps(lab);
    assert.ok(path_of.length > 40 && path_of.at(-1)[0] !== path_of[0][0], 'the walker moves');
    assert.deepEqual(await notice(lab), []);
  }));

test('Custom, chosen in the menu: the lab goes on in place, in its language, with its history', () => withLab({path: '/?lang=de'}, async (lab) => {
  await lab.page.evaluate(() => { document.querySelector('canvas').dataset.same = 'yes'; });
  await lab.setScenario({...TWO, view: {theme: 'light'}});
  await lab.click('Optimierer');
  await lab.scrollTo('Custom', 'optimizer', 'option');
  await lab.click('Custom', 'optimizer', 'option');
  await lab.until(() => shown(lab), (type) => type === 'Custom', 'the rule of one\'s own');
  await lab.settle();
  assert.deepEqual(await programs(lab), ['stride-program.wasm', 'stride-program-full.wasm']);
  const scenario = await lab.scenario();
  assert.equal(scenario.view.theme, 'light');
  assert.equal(scenario.runs[1].name, 'mine');
  assert.equal(await lab.page.evaluate(() => document.querySelector('canvas').dataset.same), 'yes');
  assert.equal(await lab.page.evaluate(() => document.querySelector('canvas').lang), 'de');
  assert.ok(await lab.colours() > 20, 'a picture');
  const study = await lab.page.evaluate(() => document.querySelector('canvas').stride.runStudy({study: {type: 'sweep'}}).then(({rows}) => rows.length));
  assert.ok(study > 0, 'the workers run the same program');
  await lab.press('Control+z');
  assert.equal(await shown(lab), 'SGD');
  await lab.press('Control+z');
  assert.equal((await lab.scenario()).problem, undefined, 'what was there before the first change');
}));

test('rules of second order, by a link and in the menu', () => withLab({path: '/?surface=rosenbrock&optimizer=LBFGS&steps=60'}, async (lab) => {
  assert.deepEqual(await programs(lab), ['stride-program-full.wasm']);
  assert.equal(await shown(lab), 'LBFGS');
  const near = async () => { const [x, y] = (await steps(lab)).at(-1); return Math.hypot(x - 1, y - 1) < 1e-5; };
  assert.ok(await near());
  await lab.click('optimizer');
  await lab.scrollTo('Newton', 'optimizer', 'option');
  await lab.click('Newton', 'optimizer', 'option');
  await lab.until(() => shown(lab), (type) => type === 'Newton', 'Newton');
  await lab.settle();
  assert.ok(await near());
  await lab.click('Rule', 'tools');
  await lab.until(async () => (await lab.controls()).map((c) => c.name), (names) => names.some((name) => name.startsWith('Δ')), 'the step in the rule');
  await lab.click('Parameters of Newton');
  const names = (await lab.controls()).map((c) => c.name);
  for (const name of ['damping', 'saddle_free', 'line_search_fn']) assert.ok(names.includes(name), `${name} among ${names}`);
}));

for (const type of ['ASGD', 'Prodigy'])
  test(`${type}, which the first program knows by name alone, is chosen in its menu`, () => withLab({}, async (lab) => {
    await lab.click('optimizer');
    await lab.scrollTo(type, 'optimizer', 'option');
    await lab.click(type, 'optimizer', 'option');
    await lab.until(() => shown(lab), (now) => now === type, type);
    assert.deepEqual(await programs(lab), ['stride-program.wasm', 'stride-program-full.wasm']);
    const path = await steps(lab);
    assert.ok(path.at(-1)[0] !== path[0][0], 'the walker moves');
  }));

test('a scenario that the page sets is in the full program when the call has answered', () => withLab({}, async (lab) => {
  assert.equal(await lab.setScenario(CUSTOM), '');
  assert.equal(await shown(lab), 'Custom');
  const wrong = {...CUSTOM, runs: [{optimizer: {type: 'Custom', rule: ['q = g']}}]};
  assert.match(await lab.setScenario(wrong), /rule/);
  assert.equal(await shown(lab), 'Custom');
}));

test('a curve is opened by the full program: the ball, its tangent, its step', () => withLab({
  path: link({stride: 1, problem: {type: 'curve', curve: 'parabola'}, runs: [{optimizer: {type: 'SGD', lr: 1.05}}], view: {cursor: 0}}),
}, async (lab) => {
  assert.deepEqual(await programs(lab), ['stride-program-full.wasm']);
  assert.deepEqual(await notice(lab), []);
  assert.equal((await lab.control('tangent')).value, 'slope 3\n2 / f″ = 1');
  assert.equal((await lab.control('step length')).value, 'step −1.05 · 3 = −3.15');
  const ball = lab.at(await lab.control('start', 'surface', 'slider'));
  await lab.page.mouse.move(ball.x, ball.y);
  await lab.settle();
  await lab.page.mouse.down();
  await lab.page.mouse.move(ball.x - 120, ball.y, {steps: 4});
  await lab.settle();
  await lab.page.mouse.up();
  await lab.settle();
  assert.ok((await lab.scenario()).problem.start < 1);
}));

test('curves are chosen in the menu of problems', () => withLab({width: 1280, height: 800}, async (lab) => {
  await lab.click('surface', 'bar', 'button');
  await lab.click('losses of one weight');
  await lab.until(async () => (await lab.scenario()).problem?.type, (type) => type === 'curve', 'a curve');
  await lab.settle();
  await lab.click('surface', 'bar', 'button');
  await lab.click('Kink', undefined, 'option');
  assert.equal((await lab.scenario()).problem.curve, 'kink');
  await lab.keep('curve-dark.png');
}));

test('a curve on a phone', () => withLab({
  width: 390, height: 844, dark: false, path: link({stride: 1, problem: {type: 'curve', curve: 'two_valleys'}, view: {cursor: 2}}),
}, async (lab) => {
  assert.ok(await lab.control('loss curve'));
  await lab.keep('curve-phone.png');
}));

test('where the full program cannot be had a sentence says so, and what was there stays', () => withLab({path: '/?surface=beale'}, async (lab) => {
  await lab.page.route('**/stride-program-full.wasm', (route) => route.fulfill({status: 404, body: ''}));
  assert.match(await lab.setScenario(CUSTOM), /stride-program-full\.wasm: 404/);
  await lab.settle();
  assert.match((await notice(lab))[0].name, /cannot be fetched now: stride-program-full\.wasm/);
  assert.equal((await lab.scenario()).problem.surface, 'beale');
  await lab.page.unroute('**/stride-program-full.wasm');
  assert.equal(await lab.setScenario(CUSTOM), '');
  assert.equal(await shown(lab), 'Custom');
  lab.errors = lab.errors.filter((words) => !/404/.test(words));  // the browser's own word for it
}));
