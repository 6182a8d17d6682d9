// What the attributes of <stride-lab> say of a scenario.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {PATCHES, scenarioOf, written} from '../../web/element/scenario.js';

const CLI = process.env.STRIDE_CLI ?? fileURLToPath(new URL('../../build/native/stride', import.meta.url));
const problem = (attributes) => JSON.parse(written(scenarioOf(attributes))).problem;

const PROBLEMS = [
  [{surface: 'beale'}, {surface: 'beale'}],
  [{curve: 'two_valleys'}, {type: 'curve', curve: 'two_valleys'}],
  [{curve: ''}, {type: 'curve'}],
  [{fit: ''}, {type: 'fit'}],
  [{fit: 'sigmoid'}, {type: 'fit', model: 'sigmoid'}],
  [{fit: 'line', data: '{"type": "points", "points": [[1, 2], [2, 3]]}'}, {type: 'fit', model: 'line', data: {type: 'points', points: [[1, 2], [2, 3]]}}],
  [{network: ''}, {type: 'network'}],
  [{network: 'relu', data: 'circles', layers: '2 4 4 1'}, {type: 'network', activation: 'relu', data: {type: 'circles'}, layers: [2, 4, 4, 1]}],
  [{data: 'iris'}, {type: 'network', data: {type: 'iris'}}],
  [{layers: '2, 3, 1'}, {type: 'network', layers: [2, 3, 1]}],
  [{network: '', data: '{"type": "moons", "samples": 50}'}, {type: 'network', data: {type: 'moons', samples: 50}}],
];

test('each attribute and those that go together', () => {
  for (const [attributes, expected] of PROBLEMS) assert.deepEqual(problem(attributes), expected, JSON.stringify(attributes));
  assert.deepEqual(scenarioOf({curve: 'kink', optimizer: 'Adam', lr: '0.1'}).runs, [{optimizer: {type: 'Adam', lr: 0.1}}]);
});

test('what they say is a scenario', {skip: !existsSync(CLI)}, () => {
  for (const [attributes] of PROBLEMS) execFileSync(CLI, ['link', '-'], {input: written(scenarioOf(attributes))});
});

test('one that changes keeps what goes with it, one that is taken away leaves the usual', () => {
  const change = (given, name, text) => {
    const scenario = structuredClone(given);
    PATCHES[name](scenario, text);
    return JSON.parse(written(scenario)).problem;
  };
  const network = {stride: 1, problem: {type: 'network', activation: 'relu', layers: [2, 4, 1], data: {type: 'xor'}, batch_size: 8}};
  assert.deepEqual(change(network, 'network', 'tanh'), {...network.problem, activation: 'tanh'});
  assert.deepEqual(change(network, 'layers', '2 9 1').layers, [2, 9, 1]);
  assert.deepEqual(change(network, 'data', 'iris'), {type: 'network', activation: 'relu', data: {type: 'iris'}, batch_size: 8});
  assert.equal(change(network, 'network', null), undefined);
  assert.deepEqual(change(network, 'curve', null), network.problem);
  assert.deepEqual(change({stride: 1, problem: {type: 'fit'}}, 'data', 'iris'), {type: 'fit', data: {type: 'iris'}});
  assert.deepEqual(change({stride: 1, problem: {surface: 'beale'}}, 'layers', null), {surface: 'beale'});
  assert.deepEqual(change({stride: 1, problem: {surface: 'beale'}}, 'fit', 'line'), {type: 'fit', model: 'line'});
});
