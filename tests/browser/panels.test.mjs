// Every panel by those who do not see it: its main control is found by role and name, and does what it is for. Lists close, focus and marks
// are seen, an input method is heard.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {contrast, labTests, TWO} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const withMirror = (options, body) => withLab({width: 1280, height: 800, ...options}, async (lab) => {
  await lab.page.waitForSelector('.mirror button', {state: 'attached'});
  await body(lab, lab.page.getByRole('main', {name: /^Stride/}));
});
const focused = (lab) => lab.page.evaluate(() => document.activeElement.getAttribute('aria-label'));
const until = (lab, ask, holds, what) => lab.until(ask, holds, what, 15000);
const view = async (lab) => (await lab.scenario()).view ?? {};
const runs = async (lab) => (await lab.scenario()).runs ?? [{}];
const openLog = (lab) => lab.call('openDocument', 'step,lr,loss\n' + Array.from({length: 60}, (_, t) => `${t},${0.5 ** Math.floor(t / 20)},${2 * Math.exp(-t / 20) + 0.1}`).join('\n'), 'mine.csv');
const openNetwork = (lab) => lab.setScenario({stride: 1, problem: {type: 'network', data: {type: 'moons'}}, steps: 20, runs: [{optimizer: {type: 'Adam', lr: 0.02}}]});
const state = (name) => (control) => control.getAttribute(name);

// [panel, what opens it, role and name of its control, what is done to it, what changes by that: of the lab and the control]
const PANELS = [
  ['the surface', undefined, 'img', 'loss surface', 'ArrowRight', async (lab) => (await view(lab)).yaw],
  ['what became of the runs', undefined, 'switch', 'visible', ' ', async (lab) => (await view(lab)).hidden],
  ['the runs', undefined, 'button', 'add a run', 'Enter', async (lab) => (await runs(lab)).length],
  ['a run', undefined, 'combobox', 'schedule', {option: 2}, async (lab) => (await runs(lab)).at(-1).schedule?.type],
  ['its rate', undefined, 'spinbutton', 'Learning rate', {fill: '0.004'}, async (lab) => (await runs(lab)).at(-1).optimizer?.lr],
  ['rates', undefined, 'button', 'take the best rate', 'Enter', async (lab) => (await runs(lab)).at(-1).optimizer?.lr],
  ['parameters', undefined, 'button', /^Parameters of/, 'Enter', (lab, control) => state('aria-expanded')(control)],
  ['curves', undefined, 'slider', 'loss plot', 'ArrowLeft', (lab, control) => state('aria-valuetext')(control)],
  ['the range test', 'Range test', 'button', 'take steepest', 'Enter', async (lab) => (await runs(lab)).at(-1).optimizer?.lr],
  ['the map', 'Map', 'combobox', 'upwards', {option: 1}, (lab, control) => control.inputValue()],
  ['the comparison', 'Compare', 'spinbutton', 'tolerance', {fill: '0.5'}, (lab, control) => control.inputValue()],
  ['the rule', 'Rule', 'switch', 'Show the state on the surface', ' ', (lab, control) => state('aria-checked')(control)],
  ['the problem', undefined, 'button', 'Surface, noise and steps', 'Enter', (lab, control) => state('aria-expanded')(control)],
  ['playback', undefined, 'button', 'step back', 'Enter', async (lab) => (await view(lab)).cursor],
  ['the divider', undefined, 'slider', 'Width of the panels', 'PageUp', async (lab) => (await lab.control('Width of the panels')).x],
  ['lessons', undefined, 'button', 'lessons', 'Enter', async (lab) => (await lab.every((c) => c.name === 'What a learning rate is')).length],
  ['a log', openLog, 'button', 'Make it a run', 'Enter', async (lab) => (await runs(lab)).length],
  ['a network', openNetwork, 'combobox', 'optimizer', {option: 0}, async (lab) => (await runs(lab))[0].optimizer.type],
  ['its layers', 'Layers', 'slider', 'update ratio plot', 'ArrowLeft', (lab, control) => state('aria-valuetext')(control)],
];

/// Every control of the record has an element of its kind and name. Their order is that of the groups (mirror.test.mjs).
const isMirrored = (lab) => until(lab, async () => {
  const kind = {textbox: () => 'field', spinbutton: () => 'field', slider: (c) => c.numbers === 2 ? 'field' : 'range', combobox: () => 'list', switch: () => 'button',
                button: () => 'button', tab: () => 'button', img: (c) => c.detail ? 'slider' : 'img'};
  const all = await lab.controls(), options = all.filter((c) => c.role === 'option').map((c) => `button ${c.name}`);
  const wanted = all.filter((c) => kind[c.role]).map((c) => `${kind[c.role](c)} ${c.name}`);
  const found = await lab.page.evaluate(() => [...document.querySelectorAll('.mirror :is(button:not(.own), input, textarea, select, [role=img], [role=slider])')].map((e) =>
    `${{BUTTON: 'button', SELECT: 'list', TEXTAREA: 'field', INPUT: e.type === 'range' ? 'range' : 'field'}[e.tagName] ?? e.getAttribute('role')} ${e.ariaLabel}`));
  const without = (these, others) => these.filter((each) => !others.includes(each)), got = without(found, options);
  return [...without(wanted, got), ...without(got, wanted), ...wanted.length === got.length ? [] : [`${wanted.length}, ${got.length}`]].join('; ');
}, (fault) => !fault, 'the record and its elements');

test('every panel: its control by role and name, what it does, and the panel\'s elements in the order of the record', () => withMirror({}, async (lab, mirror) => {
  for (const [panel, open, role, name, does, ask] of PANELS) {
    if (typeof open === 'string') await mirror.getByRole('tab', {name: open}).press('Enter');
    else if (open) await open(lab), await lab.ready();
    const control = mirror.getByRole(role, {name, exact: true}).first();
    await until(lab, () => control.count(), (n) => n === 1, `${panel}: ${role} ${name}`);
    await until(lab, async () => await control.getAttribute('aria-disabled') === null, Boolean, `${panel}: ${name} can be used`);
    await control.focus();
    await until(lab, async () => (await ask(lab, control)) !== undefined || true, Boolean, panel);
    const was = JSON.stringify(await ask(lab, control));
    if (does.fill) await control.fill(does.fill), await control.press('Enter');
    else if (does.option !== undefined) await control.selectOption({index: does.option});
    else await lab.settle(), await control.press(does);
    await until(lab, async () => JSON.stringify(await ask(lab, control)), (now) => now !== was, `${panel}: what ${name} does`);
    await isMirrored(lab);
  }
}));

test('every list and sheet closes by Escape, and the focus is back where it was', () => withMirror({}, async (lab, mirror) => {
  const isOpen = async () => (await lab.call('controls')).some((c) => ['listbox', 'dialog'].includes(c.role));
  await mirror.getByRole('tab', {name: 'Map'}).press('Enter');
  for (const [role, name] of [['button', 'surface'], ['button', 'language'], ['button', 'size of letters and controls'], ['button', 'help'],
                              ['combobox', 'optimizer'], ['combobox', 'schedule'], ['combobox', 'across']]) {
    const control = mirror.getByRole(role, {name, exact: true});
    await until(lab, () => control.count(), (n) => n === 1, name);
    await control.focus();
    await until(lab, async () => (await lab.control(name, undefined, role)).focused, Boolean, `the lab's focus on ${name}`);
    await control.press('Enter');
    await until(lab, isOpen, Boolean, `${name} opens`);
    await lab.press('Escape');
    await until(lab, isOpen, (open) => !open, `${name} closes`);
    await until(lab, () => focused(lab), (at) => at === name, `the focus on ${name}`);
  }
}));

test('an input method composes in the field for an expression: nothing is taken before it ends', () => withMirror({}, async (lab, mirror) => {
  await mirror.getByRole('button', {name: 'Surface, noise and steps'}).press('Enter');
  const field = mirror.getByRole('textbox', {name: 'your own f(x, y)'}), expression = async () => (await lab.scenario()).problem?.expression;
  await until(lab, () => field.count(), (n) => n === 1, 'the field');
  const keyboard = await lab.context.newCDPSession(lab.page);
  const compose = (text) => keyboard.send('Input.imeSetComposition', {text, selectionStart: text.length, selectionEnd: text.length});
  await field.focus();
  // A field for words is typed into in the lab's own, which has the page's focus once the lab has taken it.
  const typed = async () => (await lab.control('your own f(x, y)', undefined, 'textbox')).value;
  await until(lab, async () => (await lab.control('your own f(x, y)', undefined, 'textbox')).focused, Boolean, 'the lab\'s focus on the field');
  await until(lab, () => focused(lab), (at) => at === 'your own f(x, y)', 'the page\'s');
  for (const text of ['x', 'x^', 'x^2+']) await compose(text);
  await until(lab, typed, (now) => now === 'x^2+', 'what is composed is seen');
  assert.equal(await expression(), undefined, 'and not yet taken');
  await keyboard.send('Input.insertText', {text: 'x^2+y^2'});
  await until(lab, typed, (now) => now === 'x^2+y^2', 'what was composed');
  await lab.page.keyboard.press('Enter');
  await until(lab, expression, (now) => now === 'x^2+y^2', 'the expression');
  // And after a hand has pressed it.
  await lab.click('your own f(x, y)', undefined, 'textbox');
  await lab.page.keyboard.press('Control+A');
  await compose('x');
  await compose('x*');
  await keyboard.send('Input.insertText', {text: 'x*y'});
  await until(lab, typed, (now) => now === 'x*y', 'what was composed');
  await lab.page.keyboard.press('Enter');
  await until(lab, expression, (now) => now === 'x*y', 'the expression');
}));

/// The pixels of boxes of one picture of the canvas, one for one.
const pictures = (lab, ...boxes) => lab.page.evaluate(async (all) => {
  const picture = await globalThis.pictureNow();
  return all.map((box) => [...picture.getImageData(...box.map(Math.round)).data]);
}, boxes.map(({x, y, w, h}) => [x, y, w, h]));
/// How many pixels of two pictures stand out against each other.
const standsOut = (a, b, least = 3) => {
  let count = 0;
  for (let i = 0; i < a.length; i += 4) count += contrast(a.slice(i, i + 3), b.slice(i, i + 3)) >= least;
  return count;
};
const THEMES = ['dark', 'light', 'projector'];

test('the ring of the focus is seen, 3:1 to what is there without it, on every kind of control', () => withMirror({width: 1000, height: 700}, async (lab, mirror) => {
  // The surface need not be drawn for it.
  await lab.page.evaluate(() => {
    const {prototype} = WebGL2RenderingContext, draw = prototype.drawElements;
    prototype.drawElements = function(mode, count, ...more) { if (count < 100000) draw.call(this, mode, count, ...more); };
  });
  for (const theme of THEMES) {
    await lab.setScenario({stride: 1, view: {theme}});
    const wanted = [['button', 'play'], ['slider', 'Learning rate'], ['switch', 'momentum'], ['tab', 'Map'], ['combobox', 'optimizer'], ['spinbutton', 'Learning rate']];
    const focus = async (role, name) => {
      await mirror.getByRole(role, {name, exact: true}).focus();
      await until(lab, async () => (await lab.control(name, undefined, role)).focused, Boolean, `the focus on ${name}`);
    };
    await focus('button', 'help');
    const controls = [];
    for (const [role, name] of wanted) controls.push(await lab.control(name, undefined, role));
    const boxes = controls.map(({x, y, w, h}) => ({x: x - 5, y: y - 5, w: w + 10, h: h + 10})), without = await pictures(lab, ...boxes);
    for (const [i, {role, name, w, h}] of controls.entries()) {
      await focus(role, name);
      const ring = standsOut(without[i], (await pictures(lab, boxes[i]))[0]);
      assert.ok(ring >= w + h, `${theme}, ${role} ${name}: ${ring} pixels of a ring around ${w} × ${h}`);
    }
  }
}));

test('walker, start, minimum and curve stand out, 3:1 on the pixels', () => withMirror({width: 1000, height: 700}, async (lab) => {
  const scenario = (theme, more, start = [-3, -1]) => ({...TWO, problem: {surface: 'himmelblau', start}, runs: [TWO.runs[0]], view: {theme, flat: true, ...more}});
  const show = async (...all) => assert.equal(await lab.setScenario(scenario(...all)), '');
  /// Where a point of the map is drawn: where its start would be.
  const place = async (theme, point) => {
    await show(theme, {}, point);
    const {x, y, w, h} = await lab.control('start');
    return {x: x + w / 2 - 12, y: y + h / 2 - 12, w: 24, h: 24};
  };
  for (const theme of THEMES) {
    await show(theme, {cursor: 4});
    const words = (await lab.control('loss surface')).value, at = words.match(/SGD at \(([^,]+), ([^)]+)\)/).slice(1).map((n) => Number(n.replace('−', '-')));
    const walker = await place(theme, at), start = await place(theme, [3.5, -3]), minimum = await place(theme, [-3.779310, -3.283186]);
    await show(theme, {cursor: 4});
    const plot = await lab.control('learning-rate plot', undefined, 'img');
    const boxes = [walker, plot, start], [dot, ...seen] = await pictures(lab, minimum, ...boxes);
    await show(theme, {cursor: 4, hidden: [0]});
    const hidden = await pictures(lab, ...boxes);
    await show(theme, {hidden: [0]}, [3.5, -3]);
    const ring = standsOut((await pictures(lab, start))[0], seen[2]);
    assert.ok(standsOut(seen[0], hidden[0]) >= 20, `${theme}, walker: ${standsOut(seen[0], hidden[0])}`);
    assert.ok(standsOut(seen[1], hidden[1]) >= plot.w / 2, `${theme}, curve: ${standsOut(seen[1], hidden[1])}`);
    assert.ok(ring >= 20, `${theme}, start: ${ring}`);
    // The minimum's mark: its fill against its edge, or its edge against the surface, in the row through its middle.
    const row = Array.from({length: 24}, (_, i) => dot.slice(4 * (12 * 24 + i), 4 * (12 * 24 + i) + 3));
    const best = Math.max(...row.slice(2).map((colour, i) => contrast(colour, row[i])));
    assert.ok(best >= 3, `${theme}, minimum: ${best.toFixed(2)}`);
  }
}));

test('the lab as text: all of it is words and fields of the page, with its spacing, without loss at 320 × 256', () => withMirror({}, async (lab, mirror) => {
  const turn = (name) => mirror.getByRole('button', {name});
  await turn('Show the lab as text').press('Enter');
  await until(lab, () => turn('Show the lab as a picture').count(), (n) => n === 1, 'the way back');
  await lab.keep('as-text.png');
  // Those of WCAG 1.4.12, as a reader's own style sheet sets them.
  await lab.page.evaluate(() => {
    const own = new CSSStyleSheet();
    own.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
  });
  for (const [width, height] of [[1280, 800], [320, 256]]) {
    await lab.page.setViewportSize({width, height});
    await lab.settle(20);
    const faults = await until(lab, () => lab.page.evaluate(() => {
      const root = document.querySelector('.mirror'), wrong = root.scrollWidth > root.clientWidth ? [`${root.scrollWidth} wide`] : [];
      const all = [...root.querySelectorAll('button, input, textarea, select, p, [role=img], [role=slider], [role=heading]')].filter((e) => !e.closest('[hidden]'));
      if (all.length < 20) wrong.push(`${all.length} elements`);
      for (const e of all) {
        const {width: w, height: h} = e.getBoundingClientRect(), name = e.ariaLabel ?? e.textContent;
        if (!e.textContent && !e.ariaLabel) continue;
        if (w < 24 || h < 16 || getComputedStyle(e).opacity !== '1') wrong.push(`${name}: ${w} × ${h}`);
        if (e.matches('button, p, [role=img], [role=slider]') && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2)) wrong.push(`${name} is cut`);
        if (e.matches('input, select, textarea') && !e.previousSibling.textContent) wrong.push(`${name} has no name`);
      }
      return wrong;
    }), (wrong) => wrong.length === 0, `${width} × ${height}: what is lost`);
    assert.deepEqual(faults, []);
  }
  await lab.page.setViewportSize({width: 1280, height: 800});
  const field = mirror.getByRole('spinbutton', {name: 'Learning rate'});
  await field.fill('0.003');
  await field.press('Enter');
  await until(lab, async () => (await runs(lab))[0].optimizer?.lr, (now) => now === 0.003, 'the rate');
  await turn('play').click();
  await until(lab, () => turn('pause').count(), (n) => n === 1, 'it plays');
  await turn('pause').click();
  await turn('Show the lab as a picture').click();
  await until(lab, () => lab.page.evaluate(() => document.querySelector('.mirror').className), (name) => !name.includes('as-text'), 'the picture');
}));
