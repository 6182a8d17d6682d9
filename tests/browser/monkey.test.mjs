// Random use of the page for a short while; `node tests/browser/monkey.mjs --seconds 3600` is an hour of it.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch, serve} from './helpers.mjs';
import {episode, monkey} from './monkey.mjs';

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('a seed is an episode', () => {
  assert.deepEqual(episode(3, 20), episode(3, 20));
  assert.notDeepEqual(episode(3, 20), episode(4, 20));
});

test('random use finds nothing', {timeout: 300000}, async () => {
  const {episodes, fault} = await monkey({seconds: 20, seed: 1, browser, origin: server.origin, least: false});
  assert.equal(fault, '');
  assert.ok(episodes > 0);
});
