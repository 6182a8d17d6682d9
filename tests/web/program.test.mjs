// The program is fetched and compiled once, however the host calls it, and again after a failure.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {instantiation, program} from '../../web/program.js';
import {standIn} from './stand_in.mjs';

const EMPTY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const NOT_FOUND = () => new Response('', {status: 404});
const served = (type) => () => new Response(EMPTY, {headers: {'content-type': type}});

function host(t, ...answers) {
  const asked = [];
  standIn(t, {fetch: async (address) => {
    asked.push(new URL(address).pathname.split('/').pop());
    return (answers.length > 1 ? answers.shift() : answers[0])();
  }});
  return asked;
}

test('failures reject, also those of the glue, and the next call tries again', async (t) => {
  host(t, NOT_FOUND);
  await assert.rejects(program(), /stride-program\.wasm.*404/);
  const {instantiateWasm, failure} = instantiation();
  assert.deepEqual(instantiateWasm({}, () => assert.fail('there is no program')), {});
  await assert.rejects(failure, /404/);
  host(t, served('text/plain'));
  assert.ok(await program() instanceof WebAssembly.Module);
});

test('the full program is another file, and compiled for itself', async (t) => {
  const asked = host(t, served('application/wasm'));
  assert.notEqual(await program('full'), await program());
  assert.equal(await program('full'), await program('full'));
  assert.deepEqual(asked, ['stride-program-full.wasm']);
});

test('one program serves every lab of the page', async (t) => {
  const asked = host(t, served('application/wasm'));
  assert.equal(await program(), await program());
  assert.deepEqual(asked, []);  // it is here from the test before
  const instance = await new Promise((done, failed) => {
    const {instantiateWasm, failure} = instantiation();
    failure.catch(failed);
    instantiateWasm({}, done);
  });
  assert.ok(instance instanceof WebAssembly.Instance);
});
