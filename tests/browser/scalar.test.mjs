// A browser without SIMD gets the program that needs none, and computes the same.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LabPage, launch, serve} from './helpers.mjs';

const SCENARIO = {stride: 1, problem: {surface: 'beale'}, steps: 120, runs: [{optimizer: {type: 'Adam', lr: 0.05}}, {optimizer: {type: 'SGD', lr: 0.001}}]};
const CUSTOM = {stride: 1, problem: {surface: 'beale'}, steps: 60,
                runs: [{optimizer: {type: 'Custom', lr: 0.01, rule: ['m = 0.9*m + g', 'p = p - lr*m/(1 + |m|)']}}]};
const STUDIES = [{type: 'sweep'}, {type: 'basins', size: 48}];
// On a processor without these instructions V8 offers no SIMD.
const NO_SIMD = '--js-flags=--no-enable-sse3 --no-enable-ssse3 --no-enable-sse4-1 --no-enable-avx';

/// What a browser with these flags computes, as bits: the trajectories as CSV, the studies' rows; and which programs it fetched.
async function results(origin, shown, ...flags) {
  const browser = await launch(...flags);
  try {
    const lab = await LabPage.open(browser, origin, {width: 900, height: 600, fast: true});
    await lab.setScenario(shown);
    const bits = await lab.page.evaluate(async ([scenario, studies]) => {
      const {stride} = document.querySelector('canvas');
      const rows = [];
      for (const study of studies) rows.push([...new Uint32Array((await stride.runStudy({scenario, study})).rows.buffer)]);
      return {csv: stride.toCSV(), rows};
    }, [shown, STUDIES]);
    assert.deepEqual(lab.errors, []);
    assert.ok(await lab.colours() > 20, 'a picture');
    const fetched = await lab.page.evaluate(
        () => performance.getEntriesByType('resource').map((e) => e.name.split('/').at(-1)).filter((name) => name.endsWith('.wasm')));
    return {bits, fetched};
  } finally {
    await browser.close();
  }
}

for (const [what, shown, ...fetched] of [['scalar program', SCENARIO, 'stride-program'], ['full scalar program', CUSTOM, 'stride-program', 'stride-program-full']])
  test(`without SIMD the ${what} comes instead, with the same bits`, async () => {
    const server = await serve();
    try {
      const simd = await results(server.origin, shown), scalar = await results(server.origin, shown, NO_SIMD);
      assert.deepEqual(simd.fetched, fetched.map((name) => name + '.wasm'));
      assert.deepEqual(scalar.fetched, fetched.map((name) => name + '-scalar.wasm'));
      assert.deepEqual(scalar.bits, simd.bits);
    } finally {
      await server.close();
    }
  });
