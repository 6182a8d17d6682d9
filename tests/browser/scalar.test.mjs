// A browser without SIMD gets the program that needs none, and computes the same.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {studiesOf, stepsOf} from '../bits/page.mjs';
import {IN_PAGES, reference} from '../bits/questions.mjs';
import {LabPage, launch, serve} from './helpers.mjs';

const PLAIN = {stride: 1, problem: {surface: 'beale'}, steps: 120};
const CUSTOM = {...PLAIN, runs: [{optimizer: {type: 'Custom', lr: 0.01, rule: ['m = 0.9*m + g', 'p = p - lr*m/(1 + |m|)']}}]};
// On a processor without these instructions V8 offers no SIMD.
const NO_SIMD = '--js-flags=--no-enable-sse3 --no-enable-ssse3 --no-enable-sse4-1 --no-enable-avx';

/// What a browser with these flags computes, by the program that `shown` needs, and which programs it fetched.
async function results(origin, shown, ...flags) {
  const browser = await launch(...flags);
  try {
    const lab = await LabPage.open(browser, origin, {width: 900, height: 600, fast: true});
    await lab.setScenario(shown);
    const csv = await lab.page.evaluate(() => document.querySelector('canvas').stride.toCSV());
    const fetched = await lab.page.evaluate(
        () => performance.getEntriesByType('resource').map((e) => e.name.split('/').at(-1)).filter((name) => name.endsWith('.wasm')));
    const studies = await studiesOf(lab.page), steps = await stepsOf(lab.page);  // some of them in the full program
    assert.deepEqual(lab.errors, []);
    assert.ok(await lab.colours() > 20, 'a picture');
    return {csv, studies, steps, fetched};
  } finally {
    await browser.close();
  }
}

for (const [what, shown, ...fetched] of [['scalar program', PLAIN, 'stride-program'], ['full scalar program', CUSTOM, 'stride-program', 'stride-program-full']])
  test(`without SIMD the ${what} comes instead, with the same bits`, async () => {
    const server = await serve(), bits = reference();
    try {
      const simd = await results(server.origin, shown), scalar = await results(server.origin, shown, NO_SIMD);
      assert.deepEqual(simd.fetched, fetched.map((name) => name + '.wasm'));
      assert.deepEqual(scalar.fetched, fetched.map((name) => name + '-scalar.wasm'));
      assert.equal(scalar.csv, simd.csv);
      for (const found of [simd, scalar]) {
        assert.equal(found.studies, bits.studies);
        assert.equal(found.steps, bits[IN_PAGES]);
      }
    } finally {
      await server.close();
    }
  });
