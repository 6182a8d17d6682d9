// How many workers there are, and how they are started, heard and lost.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {standIn} from './stand_in.mjs';

globalThis.document = {};  // by which the worker's own module knows that it is not in a worker
const {countWorkers, makeWorkers} = await import('../../web/workers.js');
const {serve} = await import('../../web/stride-worker.js');

test('as many as are asked for, up to eight; else one fewer than cores, up to four; none where there are none', (t) => {
  const count = (asked, cores) => {
    standIn(t, {navigator: {hardwareConcurrency: cores}});
    return countWorkers(asked);
  };
  assert.equal(count(undefined, 8), 0);  // no Worker here yet
  standIn(t, {Worker: class {}});
  for (const [asked, cores, expected] of [
    ['0', 8, 0], ['3', 2, 3], ['8', 2, 8], ['99', 2, 8], [2, 16, 2],
    ['', 8, 4], [null, 4, 3], [undefined, 2, 1], [undefined, 1, 1], [undefined, undefined, 1], ['many', 8, 4], ['-1', 3, 2], ['1.5', 3, 2],
  ]) assert.equal(count(asked, cores), expected, `${asked} of ${cores}`);
});

/// Workers that behave as `behave(worker, message)` says; the smallest WebAssembly program is what they are sent.
function stage(t, behave, origin = 'https://a.example') {
  const made = [];
  class Worker {
    constructor(address) {
      this.address = String(address);
      this.messages = [];
      made.push(this);
    }
    postMessage(message) {
      this.messages.push(message);
      setImmediate(() => this.ended || behave(this, message));
    }
    terminate() { this.ended = true; }
    say(data) { this.onmessage({data}); }
    fail(message) { this.onerror({message, preventDefault() {}}); }
  }
  const program = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  standIn(t, {Worker, self: {origin}, fetch: async () => new Response(program, {headers: {'content-type': 'application/wasm'}})});
  t.mock.method(console, 'info', () => {});
  t.mock.method(console, 'warn', () => {});
  return made;
}

/// What is told to the lab, and a promise of the next news.
function listen() {
  const told = [];
  let wake = () => {};
  const tell = (name) => (...values) => { told.push([name, ...values]); wake(); };
  const until = async (count) => { while (told.length < count) await new Promise((done) => { wake = done; }); };
  return {told, until, calls: {ready: tell('ready'), done: tell('done'), lost: tell('lost')}};
}

const answer = (worker, {program, id, tile, request}) =>
  worker.say(program ? {ready: true} : {id, tile, rows: Float32Array.of(request.length)});

test('workers get the program, then tiles; their answers come back with their number', async (t) => {
  const made = stage(t, answer);
  const {told, until, calls} = listen();
  const workers = makeWorkers(2);
  assert.equal(workers.count, 2);
  assert.equal(workers.start(0, calls), false);
  assert.equal(workers.start(2, calls), true);
  await until(2);
  assert.deepEqual(told.map(([name, index]) => [name, index]).sort(), [['ready', 0], ['ready', 1]]);
  workers.post(1, 7, 3, new Uint8Array(5));
  await until(3);
  assert.deepEqual(told[2], ['done', 1, 7, 3, Float32Array.of(5)]);
  workers.stop();
  await new Promise((done) => setImmediate(done));
  assert.ok(made.every((worker) => worker.ended));
});

test('where no worker can be made from an address its text becomes one', async (t) => {
  const made = stage(t, (worker, message) => worker.address.startsWith('blob:') ? answer(worker, message) : worker.fail('refused'));
  const {told, until, calls} = listen();
  const workers = makeWorkers(1);
  workers.start(1, calls);
  await until(1);
  assert.deepEqual(told, [['ready', 0]]);
  assert.deepEqual(made.map(({address}) => address.split(':')[0]), ['file', 'blob']);
  workers.stop();
});

test('a frame without an origin does not try the address', async (t) => {
  const made = stage(t, answer, 'null');
  const {until, calls} = listen();
  const workers = makeWorkers(1);
  workers.start(1, calls);
  await until(1);
  assert.deepEqual(made.map(({address}) => address.split(':')[0]), ['blob']);
  workers.stop();
});

test('labs of a page share their workers: each hears its own answers, one that leaves takes none along, the last ends them', async (t) => {
  const held = [], made = stage(t, (worker, message) => message.program ? answer(worker, message) : held.push([worker, message]));
  const labs = [makeWorkers(1, 'first'), makeWorkers(1, 'first'), makeWorkers(1, 'full')], heard = labs.map(listen);
  for (const [i, lab] of labs.entries()) {
    lab.start(1, heard[i].calls);
    await heard[i].until(1);
  }
  assert.equal(made.length, 2, 'one for each program');
  const turn = () => new Promise((done) => setImmediate(() => setImmediate(done)));
  for (const [i, id, size] of [[0, 1, 3], [1, 1, 4], [0, 2, 5]]) labs[i].post(0, id, 7, new Uint8Array(size));
  await turn();
  assert.equal(held.length, 3);
  for (const [worker, message] of held.splice(0)) answer(worker, message);
  const done = (i) => heard[i].told.filter(([name]) => name === 'done').map(([, , id, , rows]) => [id, rows[0]]);
  assert.deepEqual([done(0), done(1), done(2)], [[[1, 3], [2, 5]], [[1, 4]], []]);
  // One goes while both wait: its answer is nobody's, the other's comes.
  for (const i of [0, 1]) labs[i].post(0, 3, 7, new Uint8Array(6 + i));
  await turn();
  labs[0].stop();
  await turn();
  assert.equal(made[0].ended, undefined);
  for (const [worker, message] of held.splice(0)) answer(worker, message);
  assert.deepEqual([done(0).length, done(1).at(-1)], [2, [3, 7]]);
  labs[1].stop();
  await turn();
  assert.deepEqual(made.map((worker) => Boolean(worker.ended)), [true, false]);
  // A fault is told to all who sit there.
  const pair = [makeWorkers(1, 'full'), labs[2]];
  const other = listen();
  pair[0].start(1, other.calls);
  await other.until(1);
  assert.equal(made.length, 2);
  made[1].say({fault: 'out of memory'});
  await other.until(3);
  await heard[2].until(3);
  for (const told of [other.told, heard[2].told]) assert.deepEqual(told.map(([name]) => name), ['ready', 'lost', 'ready']);
  assert.equal(made.length, 3, 'and they share the next');
});

test('a worker that fails at work is lost, once, ended and replaced: twice, and no more', async (t) => {
  const made = stage(t, (worker, message) => {
    if (message.program) return worker.say({ready: true});
    worker.say({fault: 'RuntimeError: unreachable'});
    worker.fail('and again');
  });
  const {told, until, calls} = listen();
  const workers = makeWorkers(1);
  workers.start(1, calls);
  for (let worker = 0; worker < 3; ++worker) {
    await until(2 * worker + 1);
    workers.post(0, 1, 0, new Uint8Array(1));
    await until(2 * worker + 2);
  }
  for (let turn = 0; turn < 5; ++turn) await new Promise((done) => setImmediate(done));
  assert.deepEqual(told, Array(3).fill([['ready', 0], ['lost', 0]]).flat());
  assert.equal(made.length, 3);
  assert.ok(made.every((worker) => worker.ended));
});

test('a worker that falls silent is lost, not one that slept with the whole machine; a long tile is waited for', async (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  stage(t, (worker, message) => message.program && worker.say({ready: true}));
  const turn = () => new Promise((done) => setImmediate(done));
  t.mock.timers.enable({apis: ['setTimeout']});
  const pass = async (timer, clock = timer) => {
    now += clock;
    t.mock.timers.tick(timer);
    await turn();
  };
  for (const [passes, lost] of [
    [[[10000]], 0], [[[299000]], 0], [[[300000]], 1],
    [[[300000, 360000]], 0], [[[300000, 360000], [300000]], 1],
  ]) {
    const {told, until, calls} = listen(), workers = makeWorkers(1);
    workers.start(1, calls);
    await until(1);
    workers.post(0, 1, 0, new Uint8Array(1));
    await turn();
    for (const step of passes) await pass(...step);
    assert.deepEqual(told.filter(([name]) => name === 'lost'), Array(lost).fill(['lost', 0]), `${passes}`);
    workers.stop();
    await turn();
  }
});

test('a worker at what nobody waits for any more has five seconds to come back, then another takes its place, as often as it takes', async (t) => {
  const made = stage(t, (worker, message) => message.program && worker.say({ready: true}));
  const turn = () => new Promise((done) => setImmediate(() => setImmediate(done)));
  t.mock.timers.enable({apis: ['setTimeout']});
  const {told, until, calls} = listen(), workers = makeWorkers(1);
  workers.start(1, calls);
  for (let round = 0; round < 4; ++round) {
    await until(2 * round + 1);
    workers.hurry(0);  // at nothing
    await turn();
    t.mock.timers.tick(6000);
    await turn();
    for (const [id, answers] of [[1, true], [2, false]]) {
      workers.post(0, id, 0, new Uint8Array(1));
      workers.hurry(0);
      await turn();
      t.mock.timers.tick(4000);
      if (answers) answer(made.at(-1), made.at(-1).messages.at(-1)), told.pop();
      t.mock.timers.tick(answers ? 5000 : 900);
      await turn();
    }
    assert.equal(told.length, 2 * round + 1);
    t.mock.timers.tick(100);
    await turn();
  }
  assert.deepEqual(told, [...Array(4).fill([['ready', 0], ['lost', 0]]).flat(), ['ready', 0]]);
  assert.deepEqual(made.map((worker) => Boolean(worker.ended)), [true, true, true, true, false]);
  workers.stop();
  await turn();
});

/// serve() with a program that answers each byte of a request with its double; what the worker posts.
async function worker(t, more = {}) {
  const memory = new WebAssembly.Memory({initial: 1}), posted = [];
  let tiles = 0, freed = 0, size = 0;
  const exports = {
    memory, __wasm_call_ctors() {}, malloc: () => 1024, free: () => { ++freed; },
    stride_tile: (place, length, tile) => {
      ++tiles;
      size = length;
      new Float32Array(memory.buffer, 4096, length).set([...new Uint8Array(memory.buffer, place, length)].map((byte) => 2 * byte + tile));
      return length ? 4096 : 0;
    },
    stride_tile_size: () => size, ...more,
  };
  let imports;
  standIn(t, {
    postMessage: (message) => posted.push(message), onmessage: null, onmessageerror: null,
    WebAssembly: {
      Module: {imports: () => [{module: 'a', name: 'emscripten_resize_heap'}, {module: 'a', name: 'environ_sizes_get'}, {module: 'b', name: 'abort'}]},
      instantiate: async (_, given) => { imports = given; return {exports}; },
    },
  });
  serve();
  globalThis.onmessage({data: {program: {}}});
  await new Promise((done) => setImmediate(done));
  return {posted, memory, imports, counts: () => ({tiles, freed}), say: (data) => globalThis.onmessage({data})};
}

test('a worker says that it is ready, computes tiles and gives the memory back', async (t) => {
  const {posted, counts, say} = await worker(t);
  assert.deepEqual(posted, [{ready: true}]);
  say({id: 4, tile: 1, request: Uint8Array.of(1, 2, 3)});
  assert.deepEqual(posted[1], {id: 4, tile: 1, rows: Float32Array.of(3, 5, 7)});
  say({id: 5, tile: 0, request: new Uint8Array(0)});
  assert.deepEqual(posted[2], {id: 5, tile: 0, rows: new Float32Array(0)});  // refused
  assert.deepEqual(counts(), {tiles: 2, freed: 2});
});

test('what goes wrong in a worker is told', async (t) => {
  const {posted, say, imports, memory} = await worker(t, {stride_tile: () => { throw new Error('unreachable'); }});
  say({id: 4, tile: 0, request: Uint8Array.of(1)});
  assert.deepEqual(posted.at(-1), {fault: 'Error: unreachable'});
  globalThis.onmessageerror();
  assert.deepEqual(posted.at(-1), {fault: 'the program could not be received'});
  assert.throws(imports.b.abort, /the program called abort/);
  assert.equal(imports.a.emscripten_resize_heap(200000), 1);
  assert.ok(memory.buffer.byteLength >= 200000);
  assert.equal(imports.a.emscripten_resize_heap(2 ** 40), 0);
});
