// Typing, tapping and pasting as real keyboards, phones and clipboards do it: the character that a key gives decides, whoever the lab has no
// use for a key leaves it to the browser, and what was typed and cannot be read is said.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {labTests, notice, rate} from './helpers.mjs';
import {hostTests} from './host.mjs';

const withLab = labTests({before, after, assert}), withHost = hostTests({before, after, assert}, {looks: false});
const said = async (lab) => (await notice(lab)).map((c) => c.name).join();
const PHONE = {width: 390, height: 780, hasTouch: true, isMobile: true};

/// What holds the focus, through shadow trees, and how a phone's keyboard for it looks.
const focus = (page) => page.evaluate(() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return [active.localName, active.inputMode];
});

/// A key as a browser reports it, told to whatever has the focus: whether the lab kept it from the browser, and from the page around.
const strike = (page, init) => page.evaluate((event) => {
  let active = document.activeElement, heard = 0;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const listen = () => ++heard;
  addEventListener('keydown', listen);
  const down = new KeyboardEvent('keydown', {bubbles: true, cancelable: true, composed: true, ...event});
  if (event.altGraph) down.getModifierState = (name) => name === 'AltGraph';
  active.dispatchEvent(down);
  active.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true, composed: true, key: event.key, code: event.code}));
  removeEventListener('keydown', listen);
  return {kept: down.defaultPrevented, heard: heard === 1};
}, init);

test('on a phone a tap on a field keeps the focus where a keyboard comes up for it', () => withLab(PHONE, async (lab) => {
  for (let i = 0; i < 12; ++i) {
    await lab.tap('Learning rate', undefined, 'spinbutton');
    assert.deepEqual(await focus(lab.page), ['input', 'decimal'], `tap ${i + 1}`);
    await lab.page.keyboard.press('Control+A');
    await lab.page.keyboard.type(`0.01${i}`);
    await lab.page.keyboard.press('Enter');
    await lab.settle(40);
    assert.equal(await rate(lab), Number(`0.01${i}`));
    assert.deepEqual(await focus(lab.page), ['canvas', ''], 'the keyboard goes');
  }
}));

test('every field takes a tap, and a finger that scrolls past one opens no keyboard', () => withLab(PHONE, async (lab) => {
  await lab.tap('Surface', 'pages', 'tab');
  const fields = await lab.every((c) => c.visible && c.enabled && (c.role === 'spinbutton' || c.role === 'textbox'));
  assert.ok(fields.length >= 5 && fields.some((c) => c.role === 'textbox'), fields.map((c) => c.name).join());
  for (const field of fields) {
    const {x, y} = lab.at(field);
    await lab.page.touchscreen.tap(x, y);
    await lab.settle();
    assert.deepEqual(await focus(lab.page), ['input', field.role === 'textbox' ? 'text' : 'decimal'], field.name);
    await lab.press('Escape');
  }
  const session = await lab.context.newCDPSession(lab.page), [field] = fields, {x, y} = lab.at(field);
  const finger = (type, at) => session.send('Input.dispatchTouchEvent', {type, touchPoints: at === undefined ? [] : [{x, y: at}]});
  await finger('touchStart', y + 60);
  for (let at = y + 50; at >= y; at -= 10) await finger('touchMove', at);
  await finger('touchEnd');
  await lab.settle();
  assert.deepEqual(await focus(lab.page), ['canvas', '']);
}));

test('on a phone in somebody\'s page, too', () => withHost('<stride-lab></stride-lab>', {
  viewport: {width: 390, height: 780}, hasTouch: true, isMobile: true,
}, async (host) => {
  await host.ready();
  const field = (await host.call('controls')).find((c) => c.role === 'spinbutton' && c.name === 'Learning rate');
  const box = await host.page.locator('stride-lab').boundingBox();
  await host.page.touchscreen.tap(box.x + field.x + field.w / 2, box.y + field.y + field.h / 2);
  await host.settle();
  assert.deepEqual(await focus(host.page), ['input', 'decimal']);
  await host.page.keyboard.press('Control+A');
  await host.page.keyboard.type('0,02');
  await host.page.keyboard.press('Enter');
  await host.until(() => host.call('getScenario'), (s) => s.runs?.[0].optimizer?.lr === 0.02, 'the rate');
}));

for (const [typed, becomes] of [['0,02', 0.02], ['1e−4', 1e-4], ['1/50', 0.02], ['+.5', 0.5], ['2 / 100', 0.02]])
  test(`a rate typed as ${typed}`, () => withLab({}, async (lab) => {
    await lab.type('Learning rate', typed, undefined, 'spinbutton');
    assert.equal(await rate(lab), becomes);
    assert.equal(await said(lab), '');
  }));

for (const [typed, sentence] of [
  ['abc', /^Learning rate: expected a number, as 0\.02, 1e-4 or 1\/50, got abc$/], ['0x10', /^Learning rate: expected a number.* got 0x10$/],
  ['1/0', /expected a number.* got 1\/0$/], ['0', /^Learning rate: expected more than 0, got 0$/], ['−0.5', /expected more than 0, got −0\.5$/],
])
  test(`a rate typed as ${typed} is refused in a sentence, and the old one stays`, () => withLab({}, async (lab) => {
    await lab.type('Learning rate', '0.004', undefined, 'spinbutton');
    await lab.type('Learning rate', typed, undefined, 'spinbutton');
    assert.match(await said(lab), sentence);
    assert.equal(await rate(lab), 0.004);
  }));

test('the character decides: [ and ] wherever a keyboard has them, and nothing that lies in their place', () => withLab({}, async (lab) => {
  await lab.page.focus('canvas');
  const after = async (event) => {
    await lab.setScenario({stride: 1, runs: [{optimizer: {type: 'SGD', lr: 0.01}}]});
    const {kept} = await strike(lab.page, event);
    await lab.settle();
    return [Number((await rate(lab)).toPrecision(6)), kept];
  };
  const up = 0.011, down = Number((0.01 / 1.1).toPrecision(6));
  for (const [event, expected] of [
    [{key: ']', code: 'BracketRight'}, [up, true]], [{key: '[', code: 'BracketLeft'}, [down, true]],
    [{key: '[', code: 'Digit8', ctrlKey: true, altKey: true, altGraph: true}, [down, true]],  // German, Windows
    [{key: '[', code: 'Digit8', altGraph: true}, [down, true]],                                // German, Linux
    [{key: '[', code: 'Digit5', altKey: true}, [down, true]],                                  // German, Mac
    [{key: ']', code: 'Digit6', altKey: true}, [up, true]],
    [{key: 'ü', code: 'BracketLeft'}, [0.01, false]], [{key: '+', code: 'BracketRight'}, [0.01, false]],
    [{key: 'х', code: 'BracketLeft'}, [0.01, false]],
  ])
    assert.deepEqual(await after(event), expected, JSON.stringify(event));
}));

test('letters of other alphabets count as those in their place; AltGr makes none', () => withLab({}, async (lab) => {
  await lab.page.focus('canvas');
  const flat = async () => Boolean((await lab.scenario()).view?.flat);
  for (const [event, expected] of [[{key: 'ь', code: 'KeyM'}, true], [{key: 'm', code: 'Semicolon'}, false], [{key: ',', code: 'KeyM'}, false],
                                   [{key: 'µ', code: 'KeyM', altGraph: true}, false]]) {
    await strike(lab.page, event);
    await lab.settle();
    assert.equal(await flat(), expected, JSON.stringify(event));
  }
}));

test('Ctrl S by its key: the lab saves, and the browser does not', () => withLab({acceptDownloads: true}, async (lab) => {
  await lab.page.focus('canvas');
  for (const key of ['s', 'ы', 'س']) {
    const download = lab.page.waitForEvent('download');
    assert.deepEqual(await strike(lab.page, {key, code: 'KeyS', ctrlKey: true}), {kept: true, heard: false}, key);
    assert.equal((await download).suggestedFilename(), 'scenario.json');
    await lab.settle();
  }
  const chooser = lab.page.waitForEvent('filechooser');
  assert.equal((await strike(lab.page, {key: 'щ', code: 'KeyO', ctrlKey: true})).kept, true);
  await chooser;
}));

test('keys that the lab has no use for pass', () => withLab({}, async (lab) => {
  await lab.page.focus('canvas');
  const before = await lab.scenario();
  for (const key of ['BrowserBack', 'BrowserForward', 'BrowserRefresh', 'BrowserHome', 'AudioVolumeUp', 'AudioVolumeDown', 'AudioVolumeMute',
                     'BrightnessUp', 'BrightnessDown', 'PrintScreen', 'ContextMenu', 'MediaPlayPause', 'MediaTrackNext', 'CapsLock', 'Control', 'Shift',
                     'Alt', 'Meta', 'F1', 'F5', 'F12', 'Dead', 'Process', 'Unidentified', 'Insert', 'Backspace'])
    assert.deepEqual(await strike(lab.page, {key, code: key}), {kept: false, heard: true}, key);
  const letters = ['c', 's', 'a', 'o', 'v', 'i', 't', 'n', 'w'];
  for (const letter of letters)
    assert.equal((await strike(lab.page, {key: letter.toUpperCase(), code: `Key${letter.toUpperCase()}`, ctrlKey: true, shiftKey: true})).kept, false, letter);
  for (const [key, mods] of [['c', {ctrlKey: true}], ['a', {ctrlKey: true}], ['f', {ctrlKey: true}], ['v', {ctrlKey: true}], ['d', {altKey: true}],
                             ['ArrowLeft', {altKey: true}], ['Home', {ctrlKey: true}], ['/', {}], ['q', {}]])
    assert.equal((await strike(lab.page, {key, code: key.length > 1 ? key : `Key${key.toUpperCase()}`, ...mods})).kept, false, key);
  for (const key of ['ArrowLeft', 'ArrowUp', 'Home', 'PageDown', 'Escape', 'Enter', 'm', ' '])
    assert.deepEqual(await strike(lab.page, {key, code: key}), {kept: true, heard: false}, key);
  await lab.settle();
  const {view, ...numbers} = await lab.scenario();
  assert.deepEqual(numbers, before);
}));

test('while a field is typed into, what edits it is its own', () => withLab({}, async (lab) => {
  await lab.click('Learning rate', undefined, 'spinbutton');
  assert.equal((await focus(lab.page))[0], 'input');
  for (const [key, mods] of [['ArrowLeft', {ctrlKey: true}], ['Home', {ctrlKey: true}], ['Backspace', {}], ['Delete', {}], ['a', {ctrlKey: true}],
                             ['c', {ctrlKey: true}], ['z', {ctrlKey: true}], ['Z', {ctrlKey: true, shiftKey: true}], ['s', {ctrlKey: true}]])
    assert.equal((await strike(lab.page, {key, code: key.length > 1 ? key : `Key${key.toUpperCase()}`, ...mods})).kept, true, key);
  for (const [key, mods] of [['v', {ctrlKey: true}], ['V', {ctrlKey: true, shiftKey: true}], ['Insert', {shiftKey: true}], ['BrowserBack', {}],
                             ['S', {ctrlKey: true, shiftKey: true}], ['F5', {}]])
    assert.equal((await strike(lab.page, {key, code: key.length > 1 ? key : `Key${key.toUpperCase()}`, ...mods})).kept, false, key);
}));

test('what is on the clipboard now is pasted, in every way', () => withLab({permissions: ['clipboard-read', 'clipboard-write']}, async (lab) => {
  const copy = (words) => lab.page.evaluate((w) => navigator.clipboard.writeText(w), words);
  for (const [keys, words] of [['Control+V', '0.003'], ['Shift+Insert', '0.005'], ['Control+Shift+V', '0.007'], ['Control+V', '0,009']]) {
    await lab.click('Learning rate', undefined, 'spinbutton');
    await copy(words);
    await lab.page.keyboard.press('Control+A');
    await lab.page.keyboard.press(keys);
    await lab.settle(20);
    await lab.page.keyboard.press('Enter');
    await lab.settle(20);
    assert.equal(await rate(lab), Number(words.replace(',', '.')), keys);
  }
}));

test('the middle button pans the lab and scrolls no page', () => withLab({}, async (lab) => {
  await lab.page.evaluate(() => {
    globalThis.prevented = [];
    addEventListener('mousedown', (event) => globalThis.prevented.push(event.defaultPrevented));
  });
  const {x, y} = lab.at(await lab.control('loss surface', 'surface', 'img'), 0.5, 0.8);
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.down({button: 'middle'});
  await lab.settle();
  await lab.page.mouse.move(x + 60, y, {steps: 4});
  await lab.settle();
  await lab.page.mouse.up({button: 'middle'});
  await lab.settle();
  assert.deepEqual(await lab.page.evaluate(() => globalThis.prevented), [true]);
  assert.ok((await lab.scenario()).view.pan.some((v) => v !== 0));
}));

test('Ctrl with the wheel zooms the page, wherever Ctrl was pressed; a pinch zooms the lab', () => withLab({}, async (lab) => {
  const {x, y} = lab.at(await lab.control('loss surface', 'surface', 'img'));
  const wheel = () => lab.page.evaluate(([clientX, clientY]) => {
    const event = new WheelEvent('wheel', {bubbles: true, cancelable: true, ctrlKey: true, deltaY: -20, clientX, clientY});
    document.querySelector('canvas').dispatchEvent(event);
    return event.defaultPrevented;
  }, [x, y]);
  await lab.page.mouse.move(x, y);
  assert.equal(await wheel(), true, 'a pinch');
  await lab.page.evaluate(() => {
    document.querySelector('canvas').blur();
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Control', ctrlKey: true, bubbles: true}));
  });
  assert.equal(await wheel(), false, 'Ctrl, pressed outside');
  await lab.page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keyup', {key: 'Control', bubbles: true})));
  assert.equal(await wheel(), true);
  await lab.page.evaluate(() => document.querySelector('canvas').dispatchEvent(new PointerEvent('pointermove', {ctrlKey: true, bubbles: true, pointerType: 'mouse'})));
  assert.equal(await wheel(), false, 'Ctrl, pressed in another window');
}));

const menu = async (lab) => (await lab.every((c) => c.role === 'menuitem')).map((c) => c.name);

test('the right button opens a field\'s menu: cut, copy, paste', () => withLab({permissions: ['clipboard-read', 'clipboard-write']}, async (lab) => {
  await lab.setScenario({stride: 1, runs: [{optimizer: {type: 'SGD', lr: 0.0125}}]});
  const open = async () => {
    const {x, y} = lab.at(await lab.control('Learning rate', undefined, 'spinbutton'));
    await lab.page.mouse.move(x, y);
    await lab.page.mouse.click(x, y, {button: 'right'});
    await lab.settle();
    assert.deepEqual(await menu(lab), ['Cut', 'Copy', 'Paste', 'Select all']);
  };
  const clipboard = () => lab.page.evaluate(() => navigator.clipboard.readText());
  await open();
  await lab.click('Copy', undefined, 'menuitem');
  assert.deepEqual(await menu(lab), []);
  await lab.until(clipboard, (words) => words === '0.0125', 'the copy');
  await lab.page.evaluate(() => navigator.clipboard.writeText('0.025'));
  await open();
  await lab.click('Select all', undefined, 'menuitem');
  await open();
  await lab.click('Paste', undefined, 'menuitem');
  await lab.until(() => lab.control('Learning rate', undefined, 'spinbutton'), (c) => c.value === '0.025', 'what is pasted');
  await lab.press('Enter');
  assert.equal(await rate(lab), 0.025);
  await open();
  await lab.click('Cut', undefined, 'menuitem');
  await lab.until(clipboard, (words) => words === '0.025', 'what was cut');
  assert.equal((await lab.control('Learning rate', undefined, 'spinbutton')).value, '');
  await lab.press('Escape');
  assert.equal(await rate(lab), 0.025);
}));

test('a finger that rests on a field opens its menu; where the clipboard cannot be read, a sentence says so', () => withLab({...PHONE, permissions: []}, async (lab) => {
  const session = await lab.context.newCDPSession(lab.page), {x, y} = lab.at(await lab.control('Learning rate', undefined, 'spinbutton'));
  await session.send('Input.dispatchTouchEvent', {type: 'touchStart', touchPoints: [{x, y}]});
  await lab.until(() => menu(lab), (rows) => rows.length === 4, 'the menu');
  await session.send('Input.dispatchTouchEvent', {type: 'touchEnd', touchPoints: []});
  await lab.settle();
  assert.equal((await menu(lab)).length, 4, 'it stays when the finger lifts');
  assert.equal((await focus(lab.page))[0], 'input');
  await lab.page.evaluate(() => { navigator.clipboard.readText = () => Promise.reject(new DOMException('refused', 'NotAllowedError')); });
  await lab.tap('Paste', undefined, 'menuitem');
  await lab.until(() => said(lab), (words) => /clipboard: paste with the keyboard/.test(words), 'the sentence');
}));
