// What the address of embed.html may say, and what it says wrong.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {PARAMETERS, readAddress} from '../../web/embed-address.js';

const TAKEN = {
  panels: ['', 'surface', 'surface,rate', 'surface rate transport'],
  locked: ['surface', 'optimizer, schedule'],
  theme: ['auto', 'light', 'dark', 'projector'],
  curve: ['', 'parabola', 'two_valleys'],
  fit: ['', 'line', 'sigmoid'],
  network: ['', 'tanh', 'relu', 'sigmoid'],
  data: ['moons', 'digits', '{"type": "moons", "samples": 50}'],
  layers: ['2 8 8 1', '2,3,1', '64, 32, 10'],
  lang: ['de', 'de-AT', 'pt-BR', 'zh-Hant-TW'],
  lesson: ['3', '16', 'mine.md', 'course/week-1.md'],
  reveal: ['auto', 'interaction'],
  workers: ['0', '8'],
  origin: ['https://school.example', 'http://localhost:8080'],
  resize: ['0', '1'],
};
const REFUSED = {
  panels: ['Surface', 'surface;rate', 'a'.repeat(201)],
  locked: ['<b>'],
  theme: ['', 'Dark', 'blue'],
  curve: ['Parabola', '<b>', 'a b'],
  fit: ['Line', 'cubic'],
  network: ['gelu'],
  data: ['', 'Moons', '../x', '[1]'],
  layers: ['', '2', '2;3', '-1 2', '100 1'],
  lang: ['', 'd', 'de_AT', 'deutsch!'],
  lesson: ['', '1234', 'mine.txt', 'javascript:alert(1).md', '-1', '../secret.md', 'course/../../secret.md', '/etc/secret.md', '//evil.example/a.md', '..\\secret.md', '%2e%2e/secret.md'],
  reveal: ['', 'never'],
  workers: ['', '9', '-1', '1.5', '08'],
  origin: ['', '*', 'school.example', 'https://school.example/', 'https://school.example/path', 'file:///', 'javascript:0'],
  resize: ['', '2', 'true'],
};

test('every parameter takes what fits it and names what does not', () => {
  assert.deepEqual(Object.keys(TAKEN).sort(), Object.keys(PARAMETERS).sort());
  assert.deepEqual(Object.keys(REFUSED).sort(), Object.keys(PARAMETERS).sort());
  for (const [name, values] of Object.entries(TAKEN))
    for (const value of values) {
      const {page, faults, scenario} = readAddress('?' + new URLSearchParams({[name]: value}), '');
      assert.deepEqual(page, {[name]: value});
      assert.deepEqual(faults, [], `${name}=${value}`);
      assert.equal(scenario, '');
    }
  for (const [name, values] of Object.entries(REFUSED))
    for (const value of values) {
      const {page, faults} = readAddress('?' + new URLSearchParams({[name]: value}), '');
      assert.deepEqual(page, {}, `${name}=${value}`);
      assert.deepEqual(faults, [`${name}: expected ${PARAMETERS[name].expected}, got "${value.slice(0, 60)}"`]);
    }
});

test('a parameter that comes twice is told, and the first one holds', () => {
  const {page, faults} = readAddress('?theme=dark&theme=light&theme=dark', '');
  assert.deepEqual(page, {theme: 'dark'});
  assert.deepEqual(faults, Array(2).fill('theme: expected once, got it twice'));
});

test('everything else is the scenario\'s, in its order and with its repetitions', () => {
  const {page, faults, scenario} = readAddress('?surface=beale&theme=dark&lr=0.1&run2.lr=0.5&expression=x%5E2%2By%5E2&lr=0.2', '');
  assert.deepEqual(page, {theme: 'dark'});
  assert.deepEqual(faults, []);
  const got = [...new URLSearchParams(scenario)].filter(([name]) => name !== 'embed');
  assert.deepEqual(got, [['surface', 'beale'], ['lr', '0.1'], ['run2.lr', '0.5'], ['expression', 'x^2+y^2'], ['lr', '0.2']]);
});

test('a whole scenario comes in the fragment, and no other fragment counts', () => {
  assert.match(readAddress('', '#s=abc').scenario, /#s=abc$/);
  assert.match(readAddress('?theme=light', '#s=abc').scenario, /#s=abc$/);
  for (const fragment of ['', '#top', '#S=abc']) assert.equal(readAddress('?theme=light', fragment).scenario, '');
});

test('names of the language itself are no parameters', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    const {page, faults, scenario} = readAddress(`?${name}=1`, '');
    assert.deepEqual(Object.keys(page), []);
    assert.deepEqual(faults, []);
    assert.ok(scenario.includes(`${name}=1`));
  }
});
