// What asks for the full program, and what does not.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {needsFull} from '../../web/full.js';

const link = (scenario) => '#s=' + Buffer.from(JSON.stringify(scenario)).toString('base64url');
const problem = (type) => ({stride: 1, problem: {type}});
const run = (type) => ({stride: 1, runs: [{optimizer: {type}}]});

for (const type of ['curve', 'fit', 'network'])
  test(`a problem of type ${type} does`, () => {
    for (const given of [problem(type), JSON.stringify(problem(type), null, 2), link(problem(type)), '?lang=de' + link(problem(type))])
      assert.ok(needsFull(given), JSON.stringify(given));
  });

test('a rule of one\'s own does', () => {
  for (const given of [run('Custom'), run('LBFGS'), '?optimizer=Newton', link(run('Custom')), '?optimizer=Custom&lr=1', '?surface=beale&rule=p%20=%20p-lr*g', '---\n{"optimizer": {"type" : "Custom"}}\n---\n# A lesson'])
    assert.ok(needsFull(given), JSON.stringify(given));
});

test('a lesson does', () => {
  for (const given of ['?lesson=3', '?lang=de&lesson=12#s=']) assert.ok(needsFull(given), given);
});

test('epochs do', () => {
  assert.ok(needsFull({stride: 1, steps_per_epoch: 5}));
});

test('surfaces, built-in rules and words about curves do not', () => {
  for (const given of ['', undefined, '{"stride": 1}', problem('surface'), run('Adam'), link(run('SGD')), '?surface=beale&optimizer=Adam', '#s=!', '#s=',
                       '# The learning-rate curve\nA custom rule of a network: Custom, curve, fit.', {stride: 1, runs: [{name: 'Custom'}]}])
    assert.ok(!needsFull(given), JSON.stringify(given));
});
