// Studies for the page around the lab: tiles become one array, a newer request supersedes, a fault rejects.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {addStudies} from '../../web/studies.js';

/// A lab whose study has these tiles; `progress`: how many are done each time that it is asked.
function labWith({tiles = [], progress = [tiles.length], error = ''}) {
  const memory = new Float32Array(64), calls = [];
  tiles.forEach((tile, i) => memory.set(tile, 8 * i));
  const module = {HEAPF32: memory, getScenario: () => ({stride: 1, steps: 7})};
  const answers = {
    study: () => JSON.stringify({error, id: 5, tiles: tiles.length, columns: 2}),
    study_done: () => progress.length > 1 ? progress.shift() : progress[0],
    study_rows: (id, tile) => 4 * 8 * tile,
    study_size: (id, tile) => tiles[tile].length,
    study_end: () => {},
    workers: () => 3,
  };
  addStudies({module}, (name, returns, types, values = []) => {
    calls.push([name, ...values]);
    return answers[name](...values);
  });
  return {module, calls};
}

test('the tiles of a study are one array, in their order, and the study is ended', async () => {
  const {module, calls} = labWith({tiles: [[1, 2], [3, 4, 5, 6], [7, 8]], progress: [0, 1, 3]});
  const result = await module.runStudy({study: {type: 'sweep'}, run: 1});
  assert.deepEqual(result, {columns: 2, rows: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)});
  assert.deepEqual(calls.at(-1), ['study_end', 5]);
  const [head, scenario] = calls[0][1].split('\n').map(JSON.parse);
  assert.deepEqual(head, {run: 1, study: {type: 'sweep'}});
  assert.deepEqual(scenario, {stride: 1, steps: 7});  // what is shown, where none is given
});

test('a study that a newer one supersedes is null', async () => {
  const {module, calls} = labWith({tiles: [[1], [2]], progress: [0, 1, -1]});
  assert.equal(await module.runStudy({study: {type: 'sweep'}}), null);
  assert.ok(!calls.some(([name]) => name === 'study_end'));
});

test('a request that is wrong rejects with the sentence', async () => {
  const {module} = labWith({error: 'study.type: expected a name, got 1'});
  await assert.rejects(module.runStudy({study: {type: 1}}), {message: 'study.type: expected a name, got 1'});
});

test('the number of workers is the lab\'s', () => assert.equal(labWith({}).module.workersAtWork(), 3));
