// What a learner does in the page, done with mouse and keyboard: controls are found by their names.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {colourCount, difference, LabPage, labTests, notice, pause, rate, surface, TWO} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const hash = (lab) => lab.page.evaluate(() => location.hash);
const step = (lab) => lab.control('step', 'transport', 'slider');

/// What a change of the learning rate has to change: the path over the surface and both plots, and what they say of themselves.
async function pictures(lab) {
  const loss = await lab.control('loss plot', 'loss plot', 'img'), plot = await lab.control('learning-rate plot', 'learning-rate plot', 'img');
  return {
    path: await lab.pixels(await surface(lab)), rates: await lab.pixels(plot, {margin: 40}), losses: await lab.pixels(loss, {margin: 40}),
    words: plot.value + loss.value,
  };
}

function assertOther(a, b) {
  for (const part of ['path', 'rates', 'losses']) {
    assert.ok(colourCount(b[part]) > 3, `${part}: a picture`);
    assert.ok(difference(a[part], b[part]) > 0.0005, `${part}: another picture`);
  }
  assert.notEqual(a.words, b.words);
}

test('dragging the learning rate changes path, curves and, let go, the link', () => withLab({}, async (lab) => {
  const first = await pictures(lab), from = lab.at(await lab.control('Learning rate', undefined, 'slider'));
  assert.equal(await hash(lab), '');
  const {page} = lab;
  const slider = await lab.control('Learning rate', undefined, 'slider');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const seen = [];
  for (const fraction of [0.5, 0.45, 0.4, 0.35]) {
    const to = lab.at(slider, fraction);
    await page.mouse.move(to.x, to.y);
    await lab.settle();
    seen.push(await rate(lab));
    assert.equal(await hash(lab), '', 'the link rests while the hand is on the slider');
  }
  assert.equal(new Set(seen).size, seen.length, `a rate for each place: ${seen}`);
  await pause(600);
  assert.equal(await hash(lab), '', 'nor does it change while the hand rests');
  assertOther(first, await pictures(lab));
  await page.mouse.up();
  await lab.until(() => hash(lab), (h) => h.startsWith('#s='), 'the link after letting go');
  assert.equal(await rate(lab), seen.at(-1));
}));

test('undo and redo, by key and by button', () => withLab({}, async (lab) => {
  assert.equal((await lab.control('undo', 'bar')).enabled, false);
  const before = await pictures(lab);
  await lab.dragSlider('Learning rate', 0.3);
  const dragged = await rate(lab);
  await lab.press('Control+z');
  assert.equal(await rate(lab), undefined, 'the default again');
  assert.equal((await pictures(lab)).words, before.words);
  await lab.press('Control+Shift+z');
  assert.equal(await rate(lab), dragged);
  await lab.click('undo', 'bar');
  assert.equal(await rate(lab), undefined);
  await lab.click('redo', 'bar');
  assert.equal(await rate(lab), dragged);
  assert.equal((await lab.control('redo', 'bar')).enabled, false);
}));

test('scrubbing moves the walker and changes no number', () => withLab({}, async (lab) => {
  const numbers = async () => { const {view, ...rest} = await lab.scenario(); return rest; };
  const before = await numbers(), picture = await lab.pixels(await surface(lab));
  await lab.dragSlider('step', 0.25, 'transport');
  const now = (await step(lab)).now;
  assert.ok(Math.abs(now - 50) <= 2, `a quarter of 200 steps, got ${now}`);
  assert.equal((await lab.scenario()).view.cursor, now);
  assert.deepEqual(await numbers(), before);
  assert.ok(difference(picture, await lab.pixels(await surface(lab))) > 0.001, 'the walker stands elsewhere');
  await lab.click('step forward', 'transport');
  assert.equal((await step(lab)).now, now + 1);
  await lab.click('step back', 'transport');
  await lab.click('step back', 'transport');
  assert.equal((await step(lab)).now, now - 1);
  await lab.click('to the start', 'transport');
  assert.equal((await step(lab)).now, 0);
}));

test('play moves the cursor to the end and rests there', () => withLab({}, async (lab) => {
  await lab.setScenario({...TWO, steps: 30});
  const {view, ...numbers} = await lab.scenario();
  await lab.press('Space');
  assert.equal((await lab.control('pause', 'transport')).enabled, true);
  // Looked at in each frame: a tenth of a second is the most that one of them goes on.
  const places = await lab.page.evaluate(async () => {
    const {stride} = document.querySelector('canvas'), seen = new Set();
    for (let all; !(all = stride.controls()).some((c) => c.name === 'play'); await new Promise(requestAnimationFrame)) seen.add(all.find((c) => c.name === 'step').now);
    return [...seen];
  });
  assert.ok(places.length > 3, `the cursor passed by ${places}`);
  assert.equal((await step(lab)).now, 30);
  const after = await lab.scenario();
  delete after.view;
  assert.deepEqual(after, numbers);
  await lab.until(async () => { const a = await lab.frames(); await pause(300); return await lab.frames() - a; }, (n) => n === 0, 'no frame after the end');
}));

test('play pauses where it is', () => withLab({}, async (lab) => {
  await lab.click('to the start', 'transport');
  await lab.click('play', 'transport');
  await lab.until(() => step(lab), (s) => s.now > 2, 'the first steps');
  await lab.press('Space');
  const at = (await step(lab)).now;
  assert.ok(at > 2 && at < 200, `paused at ${at}`);
  await pause(200);
  assert.equal((await step(lab)).now, at);
}));

test('keys', () => withLab({}, async (lab) => {
  const view = async () => (await lab.scenario()).view ?? {};
  const runs = async () => (await lab.scenario()).runs?.length ?? 1;
  await lab.press('Home');
  assert.equal((await step(lab)).now, 0);
  await lab.press('ArrowRight');
  await lab.press('Shift+ArrowRight');
  assert.equal((await step(lab)).now, 11);
  await lab.press('ArrowLeft');
  assert.equal((await step(lab)).now, 10);
  await lab.press('End');
  assert.equal((await step(lab)).now, 200);
  const relief = await lab.pixels(await surface(lab));
  await lab.press('m');
  assert.equal((await view()).flat, true);
  assert.ok(difference(relief, await lab.pixels(await surface(lab))) > 0.1, 'the map is another picture');
  await lab.press('m');
  const dark = await lab.pixels(await surface(lab));
  await lab.press('t');
  assert.equal((await view()).theme, 'light');
  assert.ok(difference(dark, await lab.pixels(await surface(lab))) > 0.2, 'the light theme is another picture');
  await lab.press(']');
  const higher = await rate(lab);
  assert.ok(higher > 0.0015, `a tenth more than 0.0015, got ${higher}`);
  await lab.press('[');
  assert.ok(Math.abs((await rate(lab) ?? 0.0015) - 0.0015) < 1e-9);
  await lab.press('n');
  assert.equal(await runs(), 2);
  await lab.press('d');
  assert.equal(await runs(), 3);
  await lab.press('h');
  assert.deepEqual((await view()).hidden, [2]);
  await lab.press('Delete');
  assert.equal(await runs(), 2);
  await lab.press('Shift+?');
  assert.ok((await lab.every((c) => c.group === 'help')).length > 20, 'the sheet of keys');
  await lab.press('Escape');
  assert.equal((await lab.every((c) => c.group === 'help')).length, 0);
}));

test('a shared link opens the same scenario and the same picture in a fresh page', () => withLab({}, async (lab, {browser, server}) => {
  await lab.setScenario(TWO);
  await lab.dragSlider('step', 0.5, 'transport');
  const {x, y} = lab.at(await surface(lab));
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.wheel(0, -200);
  await lab.settle();
  await lab.page.mouse.down();
  await lab.page.mouse.move(x + 60, y + 13, {steps: 3});
  await lab.settle();
  await lab.page.mouse.up();
  await lab.click('share', 'bar');
  assert.match((await notice(lab))[0].name, /^Link copied/);
  const link = await lab.until(() => hash(lab), (h) => h.startsWith('#s='), 'the link', 3000);
  assert.ok(link.length < 700, `a link of ${link.length} characters`);
  const sent = await lab.scenario();
  assert.ok(sent.view.zoom > 1 && sent.view.cursor === 30, JSON.stringify(sent.view));
  for (const v of [sent.view.yaw, sent.view.pitch, sent.view.zoom, ...sent.view.pan ?? []])
    assert.ok(String(v).length <= 8, `a view's ${v} has digits that nobody sees`);
  const fresh = await LabPage.open(browser, server.origin, {width: 900, height: 600, fast: true, path: '/' + link});
  try {
    assert.deepEqual(await fresh.scenario(), sent);
    await lab.until(() => notice(lab), (n) => n.length === 0, 'the notice goes by itself');
    await lab.page.mouse.move(2, 2);
    await fresh.page.mouse.move(2, 2);
    await lab.settle();
    const a = await lab.pixels(await surface(lab)), b = await fresh.pixels(await surface(fresh));
    assert.ok(difference(a, b) < 0.01, `${difference(a, b)} of the picture differs`);
    assert.deepEqual(fresh.errors, []);
  } finally {
    await fresh.close();
  }
}));

test('a short readable link', () => withLab({path: '/?surface=beale&optimizer=Adam&lr=0.1&schedule=StepLR&step_size=30'}, async (lab) => {
  const s = await lab.scenario();
  assert.equal(s.problem.surface, 'beale');
  assert.deepEqual(s.runs, [{optimizer: {type: 'Adam', lr: 0.1}, schedule: s.runs[0].schedule}]);
  assert.equal(s.runs[0].schedule.type, 'StepLR');
  assert.equal(s.runs[0].schedule.step_size ?? 30, 30);
}));

for (const [path, sentence] of [['/#s=%%%', /link/], ['/?optimizer=Adma', /Adam/], ['/?lr=fast', /lr.*number/]]) {
  test(`a link that cannot be read, ${path}: a sentence, and the default stands`, () => withLab({path}, async (lab) => {
    const said = (await notice(lab)).map((c) => c.name).join();
    assert.match(said, /^link: /);
    assert.match(said, sentence);
    assert.deepEqual(await lab.scenario(), {stride: 1});
    await lab.click('dismiss', 'notice');
    assert.equal((await notice(lab)).length, 0);
  }));
}

test('a changed address is followed; a damaged one keeps what was there', () => withLab({}, async (lab) => {
  const go = (link) => lab.page.evaluate((h) => { location.hash = h; }, link);
  await lab.setScenario(TWO);
  const link = await lab.until(() => hash(lab), (h) => h.startsWith('#s='), 'the link', 3000);
  await lab.setScenario({stride: 1, problem: {surface: 'booth'}});
  await lab.until(() => hash(lab), (h) => h !== link, 'another link', 3000);
  await go(link);
  await lab.until(() => lab.scenario(), (s) => s.problem?.surface === 'himmelblau', 'the first scenario');
  const kept = await lab.scenario();
  await go('#s=e30');
  await lab.until(() => notice(lab), (n) => n.length > 0, 'a sentence');
  assert.deepEqual(await lab.scenario(), kept);
}));

test('pointing at a step shows it everywhere', () => withLab({height: 900}, async (lab) => {
  const walker = await lab.pixels(await surface(lab)), cursor = (await step(lab)).now;
  for (const name of ['loss plot', 'learning-rate plot']) {
    await lab.hover(name, name, 'img', 40 / 200, 0.5);
    const said = await lab.control('values under the pointer');
    assert.equal(said.now, 40);
    assert.match(said.value, /^step 40; SGD /);
    const words = (await lab.controls()).filter((c) => c.role === 'text').map((c) => c.name);
    assert.ok(words.includes('step 40 of 200'), 'the transport names it');
    assert.ok(words.some((w) => w.startsWith('step 40 · ')), 'the rate plot reads it');
    assert.ok(difference(walker, await lab.pixels(await surface(lab))) > 0.001, 'the walker stands there');
    assert.equal((await step(lab)).now, cursor, 'the cursor stays');
  }
  await lab.page.mouse.move(300, 4);
  await lab.settle();
  assert.ok(difference(walker, await lab.pixels(await surface(lab))) < 0.0005, 'the walker is back');
}));

test('pointing at a bead on the surface shows its step on the curves', () => withLab({}, async (lab) => {
  const loss = await lab.control('loss plot', 'loss plot', 'img'), curve = await lab.pixels(loss);
  await lab.hover('start', 'surface', 'slider');
  const words = (await lab.controls()).filter((c) => c.role === 'text').map((c) => c.name);
  assert.ok(words.includes('step 0 of 200'), words.join());
  assert.equal((await lab.control('loss plot', 'loss plot', 'img')).now, 0);
  assert.ok(difference(curve, await lab.pixels(loss)) > 0.0005, 'the step is marked on the curve');
}));

test('dragging the ring starts the descent elsewhere, dragging beside it turns the surface', () => withLab({}, async (lab) => {
  const {page} = lab, ring = lab.at(await lab.control('start', 'surface', 'slider')), area = await surface(lab);
  const before = (await lab.control('loss plot', 'loss plot', 'img')).value;
  await page.mouse.move(ring.x, ring.y);
  await page.mouse.down();
  await page.mouse.move(ring.x + 40, ring.y - 20, {steps: 3});
  await lab.settle();
  assert.notEqual((await lab.control('loss plot', 'loss plot', 'img')).value, before, 'already while it is dragged');
  await page.mouse.up();
  await lab.settle();
  const moved = await lab.scenario();
  assert.equal(moved.problem.start.length, 2);
  assert.equal(moved.view?.yaw, undefined, 'the view stays');
  const at = lab.at(area, 0.5, 0.9);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 50, at.y, {steps: 3});
  await page.mouse.up();
  await lab.settle();
  assert.notEqual((await lab.scenario()).view.yaw, undefined);
  assert.deepEqual((await lab.scenario()).problem, moved.problem, 'and turning moves no start');
  await lab.press('r');
  assert.equal((await lab.scenario()).view?.yaw, undefined);
}));
