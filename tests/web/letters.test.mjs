// What the browser draws as one letter, and what it leaves to the lab's fonts.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {join} from '../../web/letters.js';

const letter = (word) => join(word).codePointAt(0) - 0xe000;

test('what runs from right to left, is joined or is one sign of several characters has one letter, the same each time', () => {
  const words = ['שלום', 'שלום לך 3 פעמים', 'مرحبا', 'नमस्ते', 'สวัสดี', '🇪🇸', '👍🏽', '👩‍🚀', '❤️', 'e\u0301'];
  for (const word of words) {
    assert.equal(join(word).length, 1, word);
    assert.equal(join(word), join(word));
  }
  assert.equal(new Set(words.map(letter)).size, words.length);
  for (const word of words) assert.ok(letter(word) >= 0 && letter(word) < 4096);
});

test('everything else stays, also around such words, and lines are lines', () => {
  for (const plain of ['', 'Adam 0.1', 'Größe λ ∂', 'Привет', '漢字かな', '한글', '🙂🚀', '\uf015 home']) assert.equal(join(plain), plain);
  assert.match(join('run שלום: 3'), /^run [\ue000-\uefff]: 3$/);
  assert.match(join('א\nב 🙂 ג'), /^[\ue000-\uefff]\n[\ue000-\uefff] 🙂 [\ue000-\uefff]$/);
});

test('no number of words is too many: those beyond stay as they are', () => {
  for (let i = 0; i < 5000; ++i) join(`א${i}א`);
  assert.equal(join('א5001א'), 'א5001א');
  assert.equal(join('שלום').length, 1);
});
