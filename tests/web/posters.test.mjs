// Addresses of pictures: of surfaces, of lessons, of nothing else.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {posterOf} from '../../web/posters.js';

const name = (asked) => posterOf(asked).split('/posters/')[1] ?? '';

test('a surface has its picture, a lesson comes first, and without either it is the first screen\'s', () => {
  assert.equal(name({surface: 'beale'}), 'beale.svg');
  assert.equal(name({surface: 'quad_k10', lesson: '3'}), 'lesson-3.svg');
  assert.equal(name({}), 'rosenbrock.svg');
  assert.equal(name({curve: 'two_valleys'}), 'curve-two_valleys.svg');
  assert.equal(name({fit: 'sigmoid', data: 'iris'}), 'fit-sigmoid.svg');
  assert.equal(name({network: 'tanh'}), 'network-moons.svg');
  assert.equal(name({data: 'digits'}), 'network-digits.svg');
  assert.equal(name({data: 'spiral', layers: '2 8 1'}), 'network-spiral.svg');
});

test('what is no name has none', () => {
  for (const asked of [{surface: '../secret'}, {curve: '../a'}, {data: '{"type": "points"}'}, {surface: 'a/b'}, {surface: 'A'}, {surface: 'x y'}, {lesson: 'mine.md'}, {lesson: '1/../2'}])
    assert.equal(posterOf(asked), '');
});
