// Hours of use in a minute: what a lab holds stays what it was.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {hostTests} from './host.mjs';
import {labTests, TWO} from './helpers.mjs';

const withLab = labTests({before, after, assert}), withHost = hostTests({before, after, assert}, {looks: false});
// By so much may these grow after the first use, a leak of anything goes far beyond: memory, and the elements that mirror what happens to be shown.
const GROWTH = {heap: 1.25, nodes: 1.1};

/// What a page holds once all that is out of use has been collected.
async function held(session, page, memory) {
  for (let i = 0; i < 3; ++i) await session.send('HeapProfiler.collectGarbage');
  const {nodes, jsEventListeners} = await session.send('Memory.getDOMCounters');
  const {usedSize} = await session.send('Runtime.getHeapUsage');
  return {nodes, listeners: jsEventListeners, heap: usedSize, workers: page.workers().length, wasm: await page.evaluate(memory)};
}

function same(now, first) {
  for (const [what, count] of Object.entries(first))
    assert.ok(now[what] <= count * (GROWTH[what] ?? 1), `${what}: ${count} at first, ${now[what]} now`);
}

test('3,000 drags and changes of tool, 200 undone', () => withLab({}, async (lab) => {
  await lab.setScenario({...TWO, steps: 20});  // what takes time here is the use, not studies
  const session = await lab.context.newCDPSession(lab.page);
  const memory = () => document.querySelector('canvas').stride.HEAPF32.buffer.byteLength;
  const slider = (await lab.control('Learning rate', 'run 1', 'slider')).id;
  const tools = (await lab.call('controls')).filter((c) => c.role === 'tab' && c.group === 'tools').map((c) => c.id);
  assert.ok(tools.length >= 4, `${tools.length} tools`);
  const use = (count, first) => lab.page.evaluate(async ([n, from, id, all]) => {
    const {stride} = document.querySelector('canvas'), frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let i = from; i < from + n; ++i) {
      const fault = i % 10 === 9 ? stride.request(all[Math.floor(i / 10) % all.length], 'press') : stride.request(id, 'set', String(0.001 * 1.01 ** (i % 500)));
      if (fault) throw new Error(fault);
      await frame();
    }
  }, [count, first, slider, tools]);
  await use(300, 0);
  const first = await held(session, lab.page, memory);
  await use(3000, 300);
  const back = async (id, times) => lab.page.evaluate(async ([undo, n]) => {
    const {stride} = document.querySelector('canvas'), frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let i = 0; i < n && !stride.request(undo, 'press'); ++i) await frame();
  }, [id, times]);
  const before = await lab.scenario();
  await back((await lab.control('undo')).id, 200);
  assert.notDeepEqual((await lab.scenario()).runs, before.runs);
  await back((await lab.control('redo')).id, 200);
  assert.deepEqual((await lab.scenario()).runs, before.runs);
  await lab.settle();
  same(await held(session, lab.page, memory), first);
}));

test('50 labs mounted and unmounted', () => withHost('<div id="place"></div>', {}, async (host) => {
  const session = await host.context.newCDPSession(host.page);
  const mount = async (destroys) => {
    await host.page.evaluate(() => { document.getElementById('place').innerHTML = '<stride-lab loading="eager" workers="1" panels="surface rate"></stride-lab>'; });
    await host.ready();
    await host.page.evaluate((ends) => {
      const lab = document.querySelector('stride-lab');
      if (ends) lab.destroy();
      lab.remove();
    }, destroys);
  };
  for (let i = 0; i < 5; ++i) await mount(i % 2);
  const first = await held(session, host.page, () => 0);
  for (let i = 0; i < 50; ++i) await mount(i % 2);
  await host.until(() => host.page.workers().length, (n) => n === 0, 'no worker is left');
  await host.until(async () => (await held(session, host.page, () => 0)).nodes, (n) => n <= first.nodes, 'every lab is collected', 60000);
  same(await held(session, host.page, () => 0), first);
}));
