// What is typed into the field over the canvas reaches the lab as keys and words: typing, deleting, correcting, pasting, shortcuts.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {listenForText} from '../../web/text-input.js';
import {standIn} from './stand_in.mjs';

const USED = 4096, FILLER = '\u00a0\u00a0';

/// An element that holds the focus, and whose listeners are called as they would be by a browser.
class Element extends EventTarget {
  style = {};
  value = '';
  setAttribute() {}
  removeAttribute() {}
  after(other) { other.root = this.root; }
  remove() { this.removed = true; }
  getRootNode() { return this.root; }
  getBoundingClientRect() { return {left: 10, top: 20, width: 400, height: 300}; }
  focus() { this.root.activeElement = this; }
}

/// A lab that notes what it is told; it uses the keys of `uses`.
function labOf(t, uses = []) {
  const input = new Element(), canvas = Object.assign(new Element(), {root: {}, width: 800, height: 600});
  standIn(t, {document: {createElement: () => input}, innerWidth: 1000, innerHeight: 800});
  const told = [], end = new AbortController();
  const ccall = (name, _returns, _types, values) => {
    told.push([name.replace('stride_', ''), ...values]);
    return name === 'stride_key_down' ? values[0].codePointAt(0) + (uses.includes(values[0]) ? USED : 0) : undefined;
  };
  const lab = {canvas, module: {ccall}, ask() {}, adaptTouch() {}, rests: () => true, focused: true, end};
  listenForText(lab);
  const change = (value) => {
    input.value = value;
    input.dispatchEvent(new Event('input'));
    return told.splice(0);
  };
  const strike = (key, more = {}, target = canvas) => {
    const event = Object.assign(new Event('keydown', {cancelable: true}), {key, code: `Key${key.toUpperCase()}`, getModifierState: () => false, ...more});
    target.dispatchEvent(event);
    return {told: told.splice(0), kept: event.defaultPrevented};
  };
  lab.expectText('decimal');
  return {lab, input, canvas, told, change, strike, end};
}
const words = (told) => told.filter(([name]) => name !== 'key_up').map(([name, word]) => name === 'text' ? word : `<${word}>`).join('');

test('what has changed in the field is told as characters and deletions', (t) => {
  const {change} = labOf(t);
  assert.equal(words(change(FILLER + '0')), '0');
  assert.equal(words(change(FILLER + '0.12')), '.12');
  assert.equal(words(change(FILLER + '0.1')), '<Backspace>');
  assert.equal(words(change(FILLER + '0,15')), '<Backspace><Backspace>,15', 'a correction begins where the words differ');
  assert.equal(words(change(FILLER + '0,15')), '', 'nothing new');
  assert.equal(words(change(FILLER + '0,15😀')), '😀');
  assert.equal(words(change(FILLER + '0,15')), '<Backspace>', 'one character, whatever it is made of');
});

test('an empty field can still be deleted in', (t) => {
  const {change, input} = labOf(t);
  assert.equal(words(change(FILLER.slice(1))), '<Backspace>');
  assert.equal(input.value, FILLER);
  assert.equal(words(change(FILLER.slice(1))), '<Backspace>');
});

test('a key that the lab uses is kept from the page, another is not', (t) => {
  const {strike} = labOf(t, ['m']);
  assert.equal(strike('m').kept, true);
  assert.equal(strike('q').kept, false);
  assert.deepEqual(strike('Tab'), {told: [], kept: false}, 'Tab leaves');
  assert.deepEqual(strike('a', {isComposing: true}).told, []);
});

test('a character is typed by its key on the canvas, by its change in the field', (t) => {
  const {strike, input} = labOf(t);
  assert.deepEqual(strike('a').told.map(([name]) => name), ['key_down', 'text']);
  assert.deepEqual(strike('a', {}, input).told.map(([name]) => name), ['key_down']);
  assert.deepEqual(strike('a', {ctrlKey: true}).told.map(([name]) => name), ['key_down'], 'a command types nothing');
  const made = strike('@', {code: 'KeyQ', ctrlKey: true, altKey: true, getModifierState: (name) => name === 'AltGraph'});
  assert.deepEqual(made.told, [['key_down', '@', '', 0], ['text', '@']], 'AltGr is part of how a character is typed');
});

test('keys that are down are let go when the focus leaves', (t) => {
  const {lab, strike, canvas, told} = labOf(t, ['m']);
  strike('m');
  canvas.dispatchEvent(Object.assign(new Event('focusout'), {relatedTarget: null}));
  assert.deepEqual(told, [['key_up', 'm'.codePointAt(0), 0], ['focus', 0]]);
  assert.equal(lab.focused, false);
});

test('what is pasted is text, and no more than a field holds', (t) => {
  const {canvas, told} = labOf(t);
  const event = Object.assign(new Event('paste', {cancelable: true}), {clipboardData: {getData: () => 'x'.repeat(5000)}});
  canvas.dispatchEvent(event);
  assert.equal(event.defaultPrevented, true);
  assert.deepEqual(told.map(([name, word]) => [name, word.length]), [['paste', 4096]]);
});

test('the field lies where the lab types, within the window, and goes with the lab', (t) => {
  const {lab, input, end} = labOf(t);
  lab.takeText(true, 100, 50, 30);
  assert.deepEqual([input.style.left, input.style.top, input.style.height], ['60px', '45px', '15px']);
  lab.takeText(true, 1e6, 1e6, 30);
  assert.deepEqual([input.style.left, input.style.top], ['998px', '780px']);
  lab.takeText(false, 0, 0, 0);
  assert.equal(input.removed, undefined);
  end.abort();
  assert.equal(input.removed, true);
});
