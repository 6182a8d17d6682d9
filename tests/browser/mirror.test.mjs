// The mirror: elements of the page that stand for what the lab draws. Everything here finds controls by role and name, as those do who
// do not see the canvas.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {contrast, labTests, pause, rate, TWO} from './helpers.mjs';

const withLab = labTests({before, after, assert});

/// A lab whose mirror stands.
const withMirror = (options, body) => withLab(options, async (lab, more) => {
  await lab.page.waitForSelector('.mirror button', {state: 'attached'});
  await body(lab, lab.page.getByRole('main', {name: /^Stride/}), more);
});
/// What has the page's focus: its role or tag, and its name.
const focused = (lab) => lab.page.evaluate(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return `${at.getAttribute('role') ?? at.localName} ${at.getAttribute('aria-label') ?? at.textContent}`;
});
const until = (lab, ask, holds, what) => lab.until(ask, holds, what);

test('roles, names and values: a rate typed, an optimizer chosen, a tab opened, a switch turned', () => withMirror({}, async (lab, mirror) => {
  const field = mirror.getByRole('spinbutton', {name: 'Learning rate'});
  await field.fill('0.02');
  await field.press('Enter');
  await until(lab, () => rate(lab), (now) => now === 0.02, 'the rate');
  await until(lab, () => field.inputValue(), (words) => words === '0.02', 'the field');
  await mirror.getByRole('combobox', {name: 'optimizer'}).selectOption('Adam');
  await until(lab, () => lab.scenario(), (s) => s.runs[0].optimizer.type === 'Adam', 'the optimizer');
  await mirror.getByRole('tab', {name: 'Range test'}).press('Enter');
  await until(lab, () => mirror.getByRole('tab', {name: 'Range test'}).getAttribute('aria-selected'), (on) => on === 'true', 'the tab');
  await mirror.getByRole('tab', {name: 'Curves'}).press(' ');
  const limit = mirror.getByRole('switch', {name: 'stability limit'});
  await until(lab, () => limit.count(), (n) => n === 1, 'the curves');
  const was = await limit.getAttribute('aria-checked');
  await limit.press(' ');
  await until(lab, () => limit.getAttribute('aria-checked'), (on) => on !== was, 'the switch');
  const steps = mirror.getByRole('slider', {name: 'step', exact: true});
  await steps.fill('30');
  await until(lab, () => steps.getAttribute('aria-valuetext'), (words) => words === 'step 30 of 200', 'the step');
}));

test('every control of the record has an element of its role and name, in the order of the record', () => withMirror({}, async (lab) => {
  for (const state of [{stride: 1}, TWO]) {
    await lab.setScenario(state);
    const roles = {textbox: 'input', spinbutton: 'spinbutton', slider: 'input', combobox: 'select', switch: 'switch', button: 'button', tab: '*', img: 'img'};
    const wanted = async () => (await lab.controls()).filter((c) => roles[c.role]).map((c) => c.name);
    const got = () => lab.page.evaluate(() => [...document.querySelectorAll('.mirror :is(button:not(.own), input, textarea, select, [role=img], [role=slider])')].map((e) => e.ariaLabel));
    await until(lab, async () => [await got(), await wanted()], ([has, wants]) => wants.length > 20 && String(has) === String(wants), 'the elements');
  }
}));

test('a number that a task asks for, typed: what is none is said, a wrong one is answered, the right one frees the rate', () => withMirror({width: 1280, height: 800, path: '/?lesson=3'}, async (lab, mirror) => {
  const press = async (name) => {
    const button = mirror.getByRole('button', {name, exact: true});
    await until(lab, () => button.isEnabled(), (on) => on, name);
    await button.press('Enter');
  };
  const count = (role, name) => mirror.getByRole(role, {name}).count();
  await press('next page');
  await press('It climbs out of the valley, higher and higher');
  await press('next page');
  await press('next page');
  const number = mirror.getByRole('textbox', {name: 'Your number'}), field = mirror.getByRole('spinbutton', {name: 'Learning rate'});
  await press('next page');
  await until(lab, () => number.count(), (n) => n === 1, 'the field');
  assert.equal((await lab.control('Learning rate', undefined, 'slider')).enabled, false, 'no rate can be tried');
  const hand = async (words) => {
    await number.fill(words);
    await number.press('Enter');
    await press('hand in the number');
  };
  await hand('much');
  await until(lab, () => lab.page.getByRole('alert').allTextContents(), (said) => said.join().includes('Your number: expected a number'), 'why it is none');
  await hand('0.2');
  await until(lab, () => count('heading', 'Not quite.'), (n) => n === 1, 'the verdict');
  await hand('2/25');
  await until(lab, () => count('heading', 'Yes.'), (n) => n === 1, 'the verdict');
  assert.equal(await number.count(), 0);
  await field.fill('0.07');
  await field.press('Enter');
  await until(lab, () => count('heading', 'Done.'), (n) => n === 1, 'the goal');
}));

test('elements lie where the controls are drawn, and let hands through to the canvas', () => withMirror({}, async (lab, mirror) => {
  const box = await mirror.getByRole('button', {name: 'play'}).boundingBox(), drawn = await lab.control('play', 'transport');
  for (const [side, name] of [['x', 'x'], ['y', 'y'], ['width', 'w'], ['height', 'h']]) assert.ok(Math.abs(box[side] - drawn[name]) <= 1, `${side}: ${box[side]}, drawn ${drawn[name]}`);
  assert.equal(await lab.page.evaluate(([x, y]) => document.elementFromPoint(x, y).localName, [box.x + 5, box.y + 5]), 'canvas');
}));

test('where a frame is slow, what was pressed keeps the focus until the lab has taken both', () => withMirror({}, async (lab) => {
  await tabTo(lab, 'play', 'button');
  await until(lab, async () => (await lab.control('play', 'transport')).focused, Boolean, 'the focus in the lab');
  await lab.settle();
  const led = await lab.page.evaluate(async () => {
    const {stride} = document.querySelector('canvas'), next = globalThis.requestAnimationFrame;
    const element = (name) => [...document.querySelectorAll('.mirror button')].find((node) => node.ariaLabel === name);
    const isFocused = (name) => stride.controls().find((c) => c.name === name).focused;
    globalThis.requestAnimationFrame = (draw) => setTimeout(() => next(draw), 500);
    const soon = () => new Promise((done) => setTimeout(done, 5)), led = [];
    document.querySelector('.mirror').addEventListener('focusin', ({target}) => led.push(target.ariaLabel));
    element('step back').focus();
    while (!isFocused('step back')) await soon();
    element('step forward').focus();
    element('step forward').click();
    while (!isFocused('step forward')) await soon();
    globalThis.requestAnimationFrame = next;
    return led;
  });
  assert.deepEqual(led, ['step back', 'step forward']);
  await lab.settle();
  await lab.page.evaluate(() => {
    for (const name of ['play', 'step forward']) [...document.querySelectorAll('.mirror button')].find((node) => node.ariaLabel === name).focus();
  });
  await lab.settle();
  assert.ok((await lab.control('step forward', 'transport')).focused, 'on and back within a frame');
}));

test('Tab goes through the lab in reading order, draws its ring there, and leaves it', () => withMirror({}, async (lab) => {
  await lab.page.evaluate(() => document.body.append(Object.assign(document.createElement('input'), {id: 'other'})));
  const names = [];
  for (let i = 0; i < 90; ++i) {
    await lab.page.keyboard.press('Tab');
    if (await lab.page.evaluate(() => document.activeElement.id) === 'other') break;
    names.push(await focused(lab));
    if (i % 12 === 3) {
      const ring = async () => (await lab.controls()).find((c) => c.focused)?.name;
      await until(lab, ring, (name) => names.at(-1).endsWith(name), `the page's focus is on ${names.at(-1)}, the lab's`);
    }
  }
  assert.ok(names.length > 25 && names.length < 90, `${names.length} stops`);
  assert.equal(new Set(names).size >= names.length - 4, true, names.join());
  await lab.page.keyboard.press('Shift+Tab');
  assert.equal(await focused(lab), names.at(-1));
}));

test('arrows within the lab take the focus of the page along, and a list closed by Escape gives it back', () => withMirror({}, async (lab, mirror) => {
  const optimizer = mirror.getByRole('combobox', {name: 'optimizer'});
  await optimizer.focus();
  await lab.settle();
  await optimizer.press('Enter');
  await until(lab, () => mirror.getByRole('listbox', {name: 'optimizer'}).count(), (n) => n === 1, 'the list');
  await until(lab, () => focused(lab), (at) => at === 'option SGD', 'the focus on the option');
  await lab.press('ArrowDown');
  await until(lab, () => focused(lab), (at) => at === 'option Rprop', 'the focus on the next');
  await lab.press('Escape');
  await until(lab, () => focused(lab), (at) => at === 'select optimizer', 'the focus back');
  assert.equal((await lab.scenario()).runs?.[0].optimizer?.type ?? 'SGD', 'SGD');
}));

test('a field is typed into as any of the page\'s: undo, Escape, what is refused', () => withMirror({}, async (lab, mirror) => {
  const field = mirror.getByRole('spinbutton', {name: 'Learning rate'}), was = await field.inputValue();
  await field.focus();
  await lab.page.keyboard.type('0,5');
  assert.equal(await field.inputValue(), '0,5', 'what is focused is replaced');
  assert.equal(await field.evaluate((node) => getComputedStyle(node).opacity), '1', 'seen while it is typed into');
  assert.equal(await field.getAttribute('inputmode'), 'decimal');
  await lab.page.keyboard.press('Control+Z');
  assert.notEqual(await field.inputValue(), '0,5');
  await lab.page.keyboard.press('Escape');
  assert.equal(await field.inputValue(), was);
  await lab.page.keyboard.type('nonsense');
  await lab.page.keyboard.press('Enter');
  await until(lab, () => lab.page.getByRole('alert').textContent(), (words) => /expected a number.*nonsense/.test(words), 'the fault, said');
  assert.equal(await field.inputValue(), was);
  assert.equal(String(await rate(lab) ?? 0.0015), was);
}));

test('what has become of the runs is said once, when the hand has let go', () => withMirror({}, async (lab, mirror) => {
  const said = [];
  await lab.page.exposeFunction('tellTest', (words) => { said.push(words); });
  await lab.page.evaluate(() => new MutationObserver(() => globalThis.tellTest(document.querySelector('.mirror [role=status]').textContent))
    .observe(document.querySelector('.mirror [role=status]'), {childList: true, characterData: true, subtree: true}));
  const slider = await lab.control('Learning rate', undefined, 'slider'), at = lab.at(slider);
  await lab.page.mouse.move(at.x, at.y);
  await lab.page.mouse.down();
  for (let i = 0; i < 8; ++i) {
    await lab.page.mouse.move(at.x + 12 * i, at.y);
    await lab.settle();
    await pause(100);
  }
  assert.deepEqual(said, [], 'while the hand moves');
  await lab.page.mouse.up();
  await until(lab, () => said.length, (n) => n > 0, 'the outcome');
  await pause(1200);
  assert.equal(said.filter(Boolean).length, 1, said.join('\n'));
  assert.match(said[0], /SGD: .*diverged/);
  assert.equal(await mirror.getByRole('status').count(), 1);
}));

test('the start is moved by arrows and by typing', () => withMirror({}, async (lab, mirror) => {
  const start = mirror.getByRole('textbox', {name: 'start'}), now = async () => (await lab.scenario()).problem?.start;
  await start.fill('0.5, -1');
  await start.press('Enter');
  await until(lab, now, (at) => at?.[0] === 0.5 && at[1] === -1, 'the start');
  // However fast they come: each step goes on from where the last has led.
  for (let i = 0; i < 3; ++i) await start.press('ArrowRight');
  await start.press('Shift+ArrowUp');
  await until(lab, now, (at) => at[0] === 0.62 && at[1] === -0.6, 'three steps to the right, ten up');
}));

test('the full program takes the first one\'s place under the same elements', () => withMirror({}, async (lab, mirror) => {
  await lab.setScenario({stride: 1, problem: {type: 'curve', expression: 'x^2'}});
  await lab.ready();
  await until(lab, () => mirror.getByRole('region', {name: 'run 1'}).count(), (n) => n === 1, 'the run');
  const field = mirror.getByRole('spinbutton', {name: 'Learning rate'});
  await field.fill('0.3');
  await field.press('Enter');
  await until(lab, () => rate(lab), (x) => x === 0.3, 'the rate');
}));

test('at rest the mirror asks for nothing', () => withMirror({}, async (lab) => {
  const asked = () => lab.page.evaluate(async () => {
    const {stride} = document.querySelector('canvas'), before = stride.frames;
    let changes = 0;
    new MutationObserver(() => ++changes).observe(document.querySelector('.mirror'), {subtree: true, childList: true, attributes: true, characterData: true});
    await new Promise((done) => setTimeout(done, 1500));
    return [stride.frames - before, changes];
  });
  await until(lab, asked, ([frames, changes]) => frames === 0 && changes === 0, 'rest');
}));

/// Tab, until what has the focus is called so.
async function tabTo(lab, name, role = '') {
  for (let stops = 0; stops < 150; ++stops) {
    if ((await focused(lab)).endsWith(`${role} ${name}`)) return;
    await lab.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${role} ${name}`);
}
const said = (lab, words) => lab.until(() => lab.page.locator('.mirror [role=status]').allTextContents(),
                                       (all) => all.join(' ').includes(words), words);

/// From the list of lessons to the goal of the first, by keys alone.
async function lessonOne(lab, mirror) {
  await tabTo(lab, 'lessons', 'button');
  await lab.press('Enter');
  const line = mirror.getByRole('button', {name: 'What a learning rate is'});
  await until(lab, () => line.count(), (n) => n === 1, 'the list');
  await tabTo(lab, 'What a learning rate is');
  await lab.press('Enter');
  await until(lab, () => mirror.getByRole('heading', {name: 'Blindfolded'}).count(), (n) => n === 1, 'the lesson');
  for (const heading of ['Slope times rate', 'Your task']) {
    await tabTo(lab, 'next page', 'button');
    await lab.press('Enter');
    await until(lab, () => mirror.getByRole('heading', {name: heading}).count(), (n) => n === 1, heading);
  }
  const done = mirror.getByRole('heading', {name: 'Done.'});
  for (let step = 0; step < 12 && !await done.count(); ++step) {
    if (step === 0 || step === 5) {
      while (!/spinbutton Step length$/.test(await focused(lab))) await lab.page.keyboard.press('Shift+Tab');
      await lab.page.keyboard.type(step === 0 ? '0.384' : '0.078');
      await lab.page.keyboard.press('Enter');
      await lab.settle();
      await tabTo(lab, 'step', 'button');
    }
    await until(lab, async () => await done.count() || (await lab.control('step', 'blindfold', 'button')).enabled, Boolean, 'the next step');
    if (await done.count()) break;
    const before = JSON.stringify((await lab.scenario()).runs);
    await lab.press('Space');
    await until(lab, async () => JSON.stringify((await lab.scenario()).runs), (now) => now !== before, 'a step');
    await lab.settle();
  }
  await until(lab, () => done.count(), (n) => n === 1, 'the goal is reached');
  await said(lab, 'Done.');
}

test('lesson 1 by the keyboard alone, from the list to its goal', () => withMirror({width: 1280, height: 800}, async (lab, mirror) => {
  await lessonOne(lab, mirror);
}));

test('lesson 1 without a picture: the canvas hidden', () => withMirror({width: 1280, height: 800}, async (lab, mirror) => {
  await lab.page.evaluate(() => { document.querySelector('canvas').style.opacity = 0; });
  await lessonOne(lab, mirror);
}));

test('in a lesson\'s text a term tells its line and a setting is taken', () => withMirror({width: 1280, height: 800, path: '/?lesson=2'}, async (lab, mirror) => {
  const button = (name) => mirror.getByRole('button', {name, exact: true});
  const press = async (name, ask, holds) => {
    await until(lab, () => button(name).count(), (n) => n === 1, name);
    await button(name).press('Enter');
    await until(lab, ask, holds, `what ${name} does`);
  };
  await press('local minimum', () => mirror.getByText('local minimum: A place lower than everything near it.').count(), (n) => n > 0);
  await press('next page', () => button('In the shallow valley, to the right').count(), (n) => n === 1);
  await press('In the shallow valley, to the right', () => mirror.getByRole('heading', {name: 'Yes.'}).count(), (n) => n === 1);
  await press('next page', () => button('0.15').count(), (n) => n === 1);
  await press('0.15', () => rate(lab), (now) => now === 0.15);
}));

test('the surface and the plots say what they show now, and keys move them', () => withMirror({width: 1280, height: 800}, async (lab, mirror) => {
  const words = (role, name) => mirror.getByRole(role, {name}).getAttribute('aria-description');
  assert.match(await words('img', 'loss surface'), /^minima at \(1, 1\); SGD at \(.*\), loss 3\.05/);
  const view = async () => (await lab.scenario()).view ?? {};
  const was = await view(), relief = mirror.getByRole('img', {name: 'loss surface'});
  await relief.focus();
  await lab.settle();
  await lab.press('ArrowRight');
  await until(lab, view, (v) => (v.yaw ?? 0) !== (was.yaw ?? 0), 'the surface turned');
  await lab.press('Shift+ArrowUp');
  await until(lab, view, (v) => (v.pan?.[1] ?? 0) !== (was.pan?.[1] ?? 0), 'the surface moved');
  await lab.press('+');
  await until(lab, view, (v) => v.zoom > 1, 'the surface zoomed');
  const plot = mirror.getByRole('slider', {name: 'loss plot'}), at = () => plot.getAttribute('aria-valuetext');
  assert.match(await words('slider', 'loss plot'), /^SGD: 24\.2 falling to 3\.054 over 200 steps/);
  await plot.focus();
  await lab.settle();
  await lab.press('Home');
  await until(lab, at, (now) => now === 'step 0; SGD 24.2', 'the first step');
  await lab.press('ArrowRight');
  await until(lab, at, (now) => now === 'step 1; SGD 16.74', 'the second');
  await lab.press('Shift+ArrowRight');
  await until(lab, at, (now) => now.startsWith('step 11; '), 'ten further');
  const sound = mirror.getByRole('switch', {name: 'Sound of the loss'}).last(), table = mirror.getByRole('button', {name: 'Table of the curves'}).last();
  await lab.page.evaluate(() => {
    globalThis.tones = [];
    const own = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function(...when) { globalThis.tones.push(this.frequency.value); return own.apply(this, when); };
  });
  await sound.press('Enter');
  await plot.focus();
  await lab.settle();
  const heard = (count) => until(lab, () => lab.page.evaluate(() => globalThis.tones), (all) => all.length >= count, `${count} tones`);
  await lab.press('Home');
  await heard(1);
  await lab.press('End');
  const tones = await heard(2);
  assert.ok(tones[0] > tones.at(-1) * 1.5, `${tones}`);
  await table.press('Enter');
  await until(lab, () => mirror.getByRole('row').count(), (n) => n > 20, 'the table');
  assert.match((await mirror.getByRole('row').allTextContents())[1], /^0\s*24\.2\s*0\.0015$/);
  await mirror.getByRole('group', {name: 'loss plot'}).last().press('Escape');
  await until(lab, () => mirror.getByRole('row').count(), (n) => n === 0, 'the table closed');
}));

test('a picture shows that it has the keyboard: a ring of 3:1 within its edges', () => withMirror({width: 1280, height: 800}, async (lab, mirror) => {
  for (const theme of ['dark', 'light', 'projector']) {
    await lab.setScenario({...TWO, view: {theme}});
    for (const [role, name] of [['img', 'loss surface'], ['slider', 'loss plot']]) {
      await mirror.getByRole(role, {name}).focus();
      const at = await until(lab, () => lab.control(name, undefined, 'img'), (c) => c.focused, `the focus on the ${name}`);
      await lab.settle();
      // A plot's place in the record is that of its axes: the ring lies around them.
      const column = await lab.pixels({x: at.x + 2, y: at.y - 24, w: 1, h: 40}, {width: 1, height: 40});
      const colours = Array.from({length: 40}, (_, i) => column.slice(4 * i, 4 * i + 3));
      const best = Math.max(...colours.slice(2).map((c, i) => contrast(c, colours[i])));
      assert.ok(best >= 3, `${theme}, ${name}: ${best.toFixed(2)} within two pixels, ${colours.map((c) => c.join(' ')).join('; ')}`);
    }
  }
}));

test('keys: a slider and a field by small and by large steps, the bar of steps, the ends', () => withMirror({width: 1280, height: 800}, async (lab, mirror) => {
  const press = async (node, key) => {
    await node.focus();
    await lab.settle();
    await node.press(key);
    await lab.settle();
  };
  const slider = mirror.getByRole('slider', {name: 'Learning rate', exact: true}), field = mirror.getByRole('spinbutton', {name: 'Learning rate'});
  const became = (wanted) => until(lab, () => rate(lab), (now) => now === wanted, `the rate ${wanted}`);
  await field.fill('0.02');
  await field.press('Enter');
  await became(0.02);
  await press(field, 'ArrowUp');
  await until(lab, () => rate(lab), (now) => now === 0.021, 'a small step up');
  await press(field, 'PageDown');
  await until(lab, () => rate(lab), (now) => now === 0.011, 'a large step down');
  await press(field, 'Shift+ArrowUp');  // a slow frame takes a key for held, and repeats it
  await until(lab, () => rate(lab), (now) => now > 0.011 && Math.abs((now - 0.011) / 0.01 % 1) < 1e-9, 'a large step up');
  await press(slider, 'ArrowRight');
  const small = await until(lab, () => rate(lab), (now) => now > 0.021, 'a small step');
  await press(slider, 'ArrowLeft');
  await until(lab, () => rate(lab), (now) => now < small, 'and back');
  await press(slider, 'PageUp');
  await until(lab, () => rate(lab), (now) => now > small * 1.5, 'a large step');
  await press(slider, 'End');
  const {max} = await lab.control('Learning rate', undefined, 'slider');
  await became(max);
  const steps = mirror.getByRole('slider', {name: 'step', exact: true}), step = () => steps.getAttribute('aria-valuetext');
  await press(steps, 'Home');
  await until(lab, step, (words) => words === 'step 0 of 200', 'the first step');
  await press(steps, 'ArrowRight');
  await press(steps, 'PageUp');
  await until(lab, step, (words) => words === 'step 11 of 200', 'one and ten');
}));

for (const [tab, name] of [['Map', 'map'], ['Range test', 'range test plot']])
  test(`arrows explore the ${name}, and Enter takes what they are on`, () => withMirror({width: 1280, height: 800}, async (lab, mirror) => {
    await mirror.getByRole('tab', {name: tab}).press('Enter');
    const picture = mirror.getByRole('slider', {name, exact: true}), at = () => picture.getAttribute('aria-valuetext');
    await until(lab, () => picture.count(), (n) => n === 1, name);
    await picture.focus();
    const first = await until(lab, at, (words) => /\d.*: /.test(words), 'the first point');
    await lab.press('ArrowRight');
    await until(lab, at, (words) => /\d.*: /.test(words) && words !== first, 'the next point');
    const was = await rate(lab);
    await lab.press('Enter');
    await until(lab, () => rate(lab), (now) => now !== was, 'its rate');
  }));

test('the rate\'s plot says where the rate turns', () => withMirror({}, async (lab, mirror) => {
  await lab.setScenario({stride: 1, steps: 80, runs: [{optimizer: {type: 'SGD', lr: 0.001}, schedule: {type: 'CyclicLR', base_lr: 0.001, max_lr: 0.005, step_size_up: 20}}]});
  const words = () => mirror.getByRole('slider', {name: 'learning-rate plot'}).getAttribute('aria-description');
  await until(lab, words, (said) => /turning at step 20 \(0\.005\), 40 \(0\.001\), 60 \(0\.005\)/.test(said), 'the turns');
}));

test('keys turn, move and zoom a network\'s landscape', () => withMirror({width: 1280, height: 800}, async (lab, mirror) => {
  await lab.setScenario({stride: 1, problem: {type: 'network', data: {type: 'moons'}}, steps: 100, runs: [{optimizer: {type: 'Adam', lr: 0.02}}]});
  const show = mirror.getByRole('button', {name: 'loss landscape'});
  await lab.until(() => show.count(), (n) => n === 1, 'the button');
  await show.press('Enter');
  const picture = mirror.getByRole('img', {name: 'loss landscape'});
  await lab.until(() => picture.count(), (n) => n === 1, 'the landscape');
  await picture.focus();
  await lab.settle();
  const view = async () => JSON.stringify((await lab.scenario()).view ?? {});
  for (const key of ['ArrowRight', 'Shift+ArrowUp', '+']) {
    const was = await view();
    await lab.press(key);
    await until(lab, view, (now) => now !== was, key);
  }
}));
