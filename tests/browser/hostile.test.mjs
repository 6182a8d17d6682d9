// What strangers write: names, lessons and states are words and numbers, whatever stands in them; and what a lab does when there is no more memory.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {WEB} from './helpers.mjs';
import {hostTests} from './host.mjs';

const withHost = hostTests({before, after, assert}, {looks: false});
const MARKUP = ['<img src=x onerror="hacked=1">', '"><script>hacked=1</script><b>', 'javascript:hacked=1', ']]><iframe srcdoc="x">'];

/// What markup would have made of the page: its elements, within labs too, and whether any script has run.
const traces = (host) => host.page.evaluate(() => {
  const all = [document, ...[...document.querySelectorAll('stride-lab')].map((lab) => lab.shadowRoot).filter(Boolean)].flatMap((root) => [...root.querySelectorAll('*')]);
  return {
    hacked: 'hacked' in globalThis, elements: all.filter((e) => e.matches('img, svg, iframe, b, script:not([src]):not([type])')).length,
    handlers: all.filter((e) => e.getAttributeNames().some((name) => name.startsWith('on'))).length,
  };
});

test('names, lessons and faults are words, never markup', () => withHost('<stride-lab></stride-lab>', {}, async (host) => {
  await host.ready();
  const before = await traces(host);
  assert.deepEqual([before.hacked, before.handlers], [false, 0]);
  for (const words of MARKUP) {
    await host.page.evaluate(async (text) => {
      const lab = document.querySelector('stride-lab'), module = globalThis.moduleOf('stride-lab');
      await lab.setState({stride: 1, runs: [{name: text}, {name: text.slice(0, 9)}]});
      for (const wrong of [{stride: 1, problem: {surface: text}}, {stride: 1, [text]: 1}, text]) await lab.setState(wrong).catch(() => {});
      module.openFor(`---\n{"title": ${JSON.stringify(text)}, "scenario": {"steps": 5}}\n---\n## ${text}\n${text}\n- **${text}**\n[a](${text})\n`, text + '.md');
      module.openFor(text, text);
      for (const name of ['lesson', 'panels', 'theme', 'surface', 'lang', 'locked']) lab.setAttribute(name, text);
      await new Promise((done) => setTimeout(done, 30));
    }, words);
    await host.settle();
    assert.deepEqual(await traces(host), before, words);
  }
  host.errors = [];  // of files that are no lessons
}));

test('no state and no message reaches a prototype', () => withHost('<stride-lab></stride-lab>', {}, async (host) => {
  await host.ready();
  const reached = await host.page.evaluate(async () => {
    const lab = document.querySelector('stride-lab'), module = globalThis.moduleOf('stride-lab');
    const names = () => [Object, Array, Function, String].map((of) => Object.getOwnPropertyNames(of.prototype).length).join();
    const first = names(), refused = [];
    for (const key of ['__proto__', 'constructor', 'prototype'])
      for (const make of [(inner) => `{"stride": 1, "${key}": ${inner}}`, (inner) => `{"stride": 1, "view": {"${key}": ${inner}}}`, (inner) => `{"stride": 1, "runs": [{"optimizer": {"${key}": ${inner}}}]}`]) {
        const text = make('{"polluted": 1, "steps": 7}');
        for (const state of [text, JSON.parse(text)]) refused.push(await lab.setState(state).then(() => '', (error) => error.message));
        module.openDocument(text, 'a.json');
        module.showLink(`?${key}.polluted=1&${key}=2`);
      }
    return {grown: names() !== first, polluted: 'polluted' in {}, steps: module.getScenario().steps, refused};
  });
  assert.deepEqual([reached.grown, reached.polluted, reached.steps], [false, false, undefined]);
  assert.ok(reached.refused.every((words) => /unknown key/.test(words)), reached.refused.join('\n'));
}));

test('rubbish in the storage, and storage that is full, are no fault', () => withHost('<stride-lab lesson="1"></stride-lab>', {
  init: () => {
    for (const name of ['stride-theme', 'stride-language', 'stride-progress', 'stride-lessons', 'stride'])
      for (const text of ['{"done": [[[', '\u0000', 'x'.repeat(100000), 'null']) localStorage.setItem(name, text);
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
  },
}, async (host) => {
  await host.ready();
  assert.equal(await host.page.getAttribute('stride-lab canvas.lab', 'lang'), 'en');
  assert.equal(await host.page.evaluate(() => document.querySelector('stride-lab').setState({stride: 1, steps: 12}).then(() => globalThis.moduleOf('stride-lab').getScenario().steps)), 12);
}));

/// The program where at most so many pages of 64 KiB may be had: its fifth section says so.
function withPages(program, most) {
  const number = (n) => n < 128 ? [n] : [(n & 127) | 128, ...number(n >> 7)];
  for (let at = 8; at < program.length;) {
    const from = at, id = program[at++];
    let size = 0, shift = 0, byte;
    do {
      byte = program[at++];
      size |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    if (id !== 5) {
      at += size;
      continue;
    }
    const limits = [1, 1, ...number(256), ...number(most)];
    return Buffer.concat([program.subarray(0, from), Buffer.from([5, limits.length, ...limits]), program.subarray(at + size)]);
  }
  throw new Error('no section of memory');
}

const PROGRAM = readFileSync(join(WEB, 'stride-program.wasm'));
const withMemory = (page, pages) => page.route('**/stride-program.wasm', (route) => route.fulfill({contentType: 'application/wasm', body: withPages(PROGRAM, pages)}));
const MUCH = {stride: 1, steps: 100000, runs: Array(8).fill({optimizer: {type: 'Adam', lr: 1e-4}})};

// While the runs are computed, and when they have been shown once.
for (const pages of [448, 640]) test(`memory that runs out at ${pages} pages: an event, a sentence that says so and the poster; a click goes on with what was shown whole`, () => withHost('<stride-lab workers="0" reveal="manual"></stride-lab>', {}, async (host) => {
  await withMemory(host.page, pages);
  await host.page.evaluate(() => document.querySelector('stride-lab').start());
  await host.ready();
  await host.page.evaluate(() => document.querySelector('stride-lab').setState({stride: 1, problem: {surface: 'beale'}, steps: 44}));
  await host.settle();
  await host.listen();
  await host.page.evaluate((much) => document.querySelector('stride-lab').setState(much).catch(() => {}), MUCH);
  await host.until(() => host.page.locator('stride-lab .poster').count(), (n) => n === 1, 'the poster');
  await host.until(() => host.page.locator('stride-lab .words').textContent(), (words) => /^The browser has no more memory for Stride\./.test(words), 'the sentence');
  assert.deepEqual((await host.events()).filter((e) => e.type === 'error').map((e) => e.kind), ['stopped']);
  await host.page.locator('stride-lab .poster').click();
  await host.ready();
  const s = await host.call('getScenario');
  assert.deepEqual([s.problem.surface, s.steps], ['beale', 44]);
  host.errors = [];  // what the program has said of it
}));

test('the longest run on the longest formula comes over many frames and leaves the workers at work', () => withHost('<stride-lab workers="1"></stride-lab>', {}, async (host) => {
  await host.ready();
  const rows = async () => {
    const cards = (await host.call('controls')).filter((c) => c.role === 'button' && c.group === 'run 1').map((c) => c.value);
    return Number(cards.map((words) => /^step (\d+) …$/.exec(words)?.[1]).find(Boolean));
  };
  const scenario = {stride: 1, problem: {expression: 'x^y+'.repeat(248) + 'x', domain: [-2, 2, -2, 2], start: [1.5, 1.5]}, steps: 100000, runs: [{optimizer: {type: 'Adam', lr: 1e-5}}]};
  await host.page.evaluate((s) => document.querySelector('stride-lab').setState(s), scenario);
  for (let i = 0, before = -1; i < 4; ++i) before = await host.until(rows, (now) => now > before, 'more rows');
  assert.ok(await rows() < 100000);
  // Meanwhile the hand is obeyed, and the study of another scenario does not wait for the worker's present work, which is minutes long.
  await host.page.evaluate(() => document.querySelector('stride-lab').setState({stride: 1, problem: {surface: 'beale'}, steps: 44}));
  await host.settle();
  const study = await host.page.evaluate(() => globalThis.moduleOf('stride-lab').runStudy({study: {type: 'sweep'}}).then((s) => s.rows.length));
  assert.ok(study > 0);
  await host.until(() => host.page.workers().length, (n) => n === 1, 'one worker, in the place of the other');
}));
