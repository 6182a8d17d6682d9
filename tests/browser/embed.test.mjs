// embed.html in an <iframe>: what its address says, what its messages do, and that nonsense does nothing.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {hostTests, random} from './host.mjs';

const withHost = hostTests({before, after, assert}, {headers: {'access-control-allow-origin': '*'}, looks: false});
const frame = (query = '', more = '') => `<iframe src="embed.html${query}" width="900" height="600" ${more}></iframe>`;

/// Lets the page speak with its frame: `ask(type, value)` resolves to the reply; `heard` gathers everything that comes.
async function connect(host) {
  await host.page.waitForLoadState('load');
  await host.page.evaluate(() => {
    globalThis.heard = [];
    const waiting = new Map();
    let last = 0;
    addEventListener('message', ({data, origin}) => {
      globalThis.heard.push({...data, origin});
      waiting.get(data.id)?.(data);
    });
    globalThis.frame = document.querySelector('iframe').contentWindow;
    globalThis.ask = (type, value) => new Promise((done) => {
      waiting.set(++last, done);
      globalThis.frame.postMessage({stride: 1, id: last, type, value}, '*');
    });
  });
}
const ask = (host, type, value) => host.page.evaluate(([t, v]) => globalThis.ask(t, v), [type, value ?? undefined]);
const heard = (host) => host.page.evaluate(() => globalThis.heard);
const numbers = async (host) => { const {view, ...rest} = (await ask(host, 'getState')).value; return rest; };
const running = (host) => host.until(() => ask(host, 'hello'), (reply) => reply.value.ready, 'the lab in the frame');

test('hello, then messages and replies', () => withHost(frame('?surface=beale&lr=0.01&utm_source=mail'), {}, async (host) => {
  await connect(host);
  await running(host);
  const {value: hello} = await ask(host, 'hello');
  assert.equal(hello.version, 1);
  assert.equal((await numbers(host)).problem.surface, 'beale');
  assert.deepEqual(await ask(host, 'setState', {stride: 1, steps: 12}).then((r) => [r.ok, r.type, r.to]), [true, 'reply', 'setState']);
  assert.equal((await numbers(host)).steps, 12);
  const bad = await ask(host, 'setState', {stride: 1, steps: 0});
  assert.equal(bad.ok, false);
  assert.match(bad.error, /^steps: expected/);
  assert.match((await ask(host, 'seek', -1)).error, /^seek: expected a step from 0$/);
  await ask(host, 'seek', 5);
  assert.equal((await ask(host, 'getState')).value.view.cursor, 5);
  assert.equal((await ask(host, 'toCSV')).value.trim().split('\n').length, 14);
  const image = await host.page.evaluate(async () => { const {value} = await globalThis.ask('toImage'); return [value.type, value.size]; });
  assert.equal(image[0], 'image/png');
  assert.ok(image[1] > 10000);
  assert.match((await ask(host, 'panels', 'SKY!')).error, /^panels: expected/);
  await ask(host, 'panels', 'surface rate');
  const events = (await heard(host)).filter((m) => m.type === 'event').map((m) => m.event);
  assert.ok(events.includes('change') && events.includes('progress'), events.join());
}));

test('the height is told on request, in Canvas\'s words too', () => withHost(frame(), {}, async (host) => {
  await connect(host);
  await running(host);
  assert.deepEqual((await ask(host, 'resize')).value, {height: 563});
  const said = (await heard(host)).filter((m) => m.subject).map(({subject, height}) => ({subject, height}));
  assert.deepEqual(said, [{subject: 'stride.resize', height: 563}, {subject: 'lti.frameResize', height: 563}]);
}));

/// The lab in the frame, its controls, and a hand on them.
async function inside(host) {
  const within = host.page.frames()[1];
  await within.waitForFunction(() => globalThis.moduleOf?.('stride-lab'));
  const controls = () => within.evaluate(() => globalThis.moduleOf('stride-lab').controls());
  const box = await host.page.locator('iframe').boundingBox();
  const frames = () => within.evaluate(() => globalThis.moduleOf('stride-lab').frames);
  /// Does something with the mouse and waits for the frames that take it.
  const taken = async (act) => {
    const was = await frames();
    await act();
    await host.until(frames, (n) => n >= was + 3, 'frames');
  };
  const click = async ({x, y, w, h}) => {
    await taken(() => host.page.mouse.move(box.x + x + w / 2, box.y + y + h / 2));
    await taken(() => host.page.mouse.down());
    await taken(() => host.page.mouse.up());
  };
  return {within, controls, click};
}

test('answers come as xAPI statements', () => withHost(frame('?lesson=3'), {}, async (host) => {
  await connect(host);
  await running(host);
  const {controls, click} = await inside(host);
  const asks = (all) => all.some((c) => /runs are hidden/.test(c.name));
  await host.until(controls, (all) => all.some((c) => c.name === 'next page'), 'the lesson, once it is fetched');
  for (let page = 0; page < 6 && !asks(await controls()); ++page) await click((await controls()).find((c) => c.name === 'next page'));
  await click((await controls()).find((c) => c.group === 'lesson' && c.role === 'button' && c.w > 200 && c.enabled));
  const told = await host.until(async () => (await heard(host)).find((m) => m.event === 'answered'), Boolean, 'the answer');
  assert.equal(told.statement.verb.id, 'http://adlnet.gov/expapi/verbs/answered');
  const {object, result, context, id} = told.statement, {question, choices, response} = told.detail;
  assert.equal(result.success, told.detail.correct);
  assert.equal(choices.length, 3);
  assert.equal(object.definition.choices.find((choice) => choice.id === result.response).description.en, response);
  assert.deepEqual(object.definition.description, {en: question});
  assert.match(object.id, /embed\.html\?lesson=3#question$/);
  assert.match(context.contextActivities.parent[0].id, /embed\.html\?lesson=3$/);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
}));

test('a task met comes as the statement that it is completed', () => withHost('<p>Nothing yet</p>', {}, async (host) => {
  await host.page.route('**/lessons/mine.md', (route) => route.fulfill({headers: {'access-control-allow-origin': '*'}, contentType: 'text/markdown', body: `---
{"title": "Mine", "scenario": {"problem": {"surface": "quad_k10", "start": [-4, 2]}, "steps": 60},
 "goal": {"say": "Reach loss below 0.01.", "loss_below": 0.01}, "solution": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.17}}]}}
---
## Only one screen
Drag the rate.
`}));
  await host.page.evaluate((html) => { document.body.innerHTML = html; }, frame('?lesson=lessons/mine.md'));
  await host.until(() => host.page.frames()[1]?.url(), (url) => url?.includes('embed.html'), 'the frame');
  const {controls, click} = await inside(host);
  await connect(host);
  await running(host);
  await click(await host.until(async () => (await controls()).find((c) => c.name === 'next page'), Boolean, 'the lesson'));
  const {value} = await ask(host, 'getState');
  await ask(host, 'setState', {...value, runs: [{optimizer: {type: 'SGD', lr: 0.17}}]});
  const told = await host.until(async () => (await heard(host)).find((m) => m.event === 'goal'), Boolean, 'the goal');
  assert.equal(told.statement.verb.id, 'http://adlnet.gov/expapi/verbs/completed');
  assert.deepEqual(told.statement.object.definition.name, {en: 'Mine'});
  assert.equal(Object.values(told.statement.result.extensions)[0], told.detail.step);
}));

test('with resize=1 the height is asked for as soon as the lab is ready', () => withHost('<p>Nothing yet</p>', {}, async (host) => {
  await host.page.evaluate((html) => {
    globalThis.heard = [];
    addEventListener('message', ({data}) => globalThis.heard.push(data));
    document.body.innerHTML = html;
  }, frame(`?resize=1&origin=${host.origin}`));
  const asked = await host.until(async () => (await heard(host)).find((m) => m.subject === 'lti.frameResize'), Boolean, 'the height');
  assert.deepEqual(asked, {subject: 'lti.frameResize', height: 563});
}));

test('it speaks only with its parent, and only with the origin that is named', () => withHost(
    frame('?origin=https://school.example'), {}, async (host) => {
      await connect(host);
      const {within} = await inside(host);
      await host.page.evaluate(() => {
        globalThis.frame.postMessage({stride: 1, id: 1, type: 'hello'}, '*');
        globalThis.frame.postMessage({stride: 1, id: 2, type: 'setState', value: {stride: 1, steps: 12}}, '*');
      });
      // Its own window is no host either.
      await within.evaluate(() => postMessage({stride: 1, id: 3, type: 'setState', value: {stride: 1, steps: 13}}, '*'));
      await within.evaluate(() => new Promise((done) => setTimeout(done, 300)));
      assert.equal((await within.evaluate(() => globalThis.moduleOf('stride-lab').getScenario())).steps, undefined);
      assert.deepEqual(await heard(host), []);
    }));

test('in a sandbox without an origin of its own', () => withHost(frame('?surface=booth', 'sandbox="allow-scripts"'), {}, async (host) => {
  await connect(host);
  await running(host);
  assert.equal((await numbers(host)).problem.surface, 'booth');
  assert.equal((await heard(host))[0].origin, 'null');
}));

test('a wrong parameter is one sentence, and the lab starts', () => withHost(frame('?theme=pink&surface=booth&workers=99'), {}, async (host) => {
  await connect(host);
  await running(host);
  const sentences = () => heard(host).then((all) => all.filter((m) => m.event === 'error').map((m) => m.detail.message));
  const {controls} = await inside(host);
  const said = await host.until(async () => (await controls()).filter((c) => c.group === 'notice').map((c) => c.name), (names) => names.length > 0, 'the notice');
  assert.match(said.join() + (await sentences()).join(), /workers: expected a number from 0 to 8, got "99"/);
  assert.equal((await numbers(host)).problem.surface, 'booth');
}));

// --- Nonsense

const KEYS = ['surface', 'optimizer', 'lr', 'schedule', 'panels', 'locked', 'theme', 'lang', 'lesson', 'reveal', 'workers', 'origin', 'resize',
              'steps', 'start', 'noise', 'seed', 'momentum', 'betas', 'step_size', 'gamma', 'schedule.gamma', '__proto__', 'constructor', 'x'];
const VALUES = ['', '-1', '1e999', 'NaN', 'null', 'Adam', 'SGD', 'beale', '%00', '%', '%E0%A4%A', '<b>', '"', '{}', '[1,2', '0.1,0.2', '../..',
                'javascript:alert(1)', '𝒳', 'a'.repeat(300), '1;DROP', 'true', '//evil.example', '0', '9'.repeat(40), 'StepLR', 'all', 'en'];

test('500 malformed addresses: each gives a lab, and none an error', {timeout: 300000}, () => withHost('<p>Nothing yet</p>', {}, async (host) => {
  const next = random(6), pick = (list) => list[Math.floor(next() * list.length)];
  const queries = Array.from({length: 500}, () => {
    const query = Array.from({length: 1 + Math.floor(next() * 5)}, () => `${pick(KEYS)}=${pick(VALUES)}`).join(pick(['&', '&&', ';', '&=&']));
    return '?' + query + pick(['', '', '#', '#s=', '#s=' + pick(VALUES), '#s=eyJzdHJpZGUiOjF9']);
  });
  // A handful start a whole lab; all of them go through the same reader and the same program, which is where a fault would be.
  for (const query of queries.slice(0, 6)) {
    await host.page.evaluate((q) => { document.body.innerHTML = `<iframe width="600" height="400"></iframe>`; document.querySelector('iframe').src = 'embed.html' + q; },
                             query.replace('reveal=interaction', ''));
    const within = await host.until(() => host.page.frames()[1], Boolean, 'the frame');
    await within.waitForFunction(() => globalThis.moduleOf?.('stride-lab'), undefined, {timeout: 60000});
  }
  const standing = await host.page.frames()[1].evaluate(async (all) => {
    const {readAddress} = await import('./embed-address.js');
    const module = globalThis.moduleOf('stride-lab');
    let refused = 0;
    for (const query of all) {
      const [search, hash = ''] = query.split(/(?=#)/), {faults, scenario} = readAddress(search, hash);
      if (faults.some((f) => !/^[a-z]+: expected .*/.test(f))) throw new Error(faults.join());
      const before = JSON.stringify(module.getScenario()), fault = scenario ? module.showLink(scenario) : '';
      if (!fault) continue;
      ++refused;
      if (JSON.stringify(module.getScenario()) !== before) throw new Error('refused, and yet something changed: ' + query);
    }
    return refused;
  }, queries);
  assert.ok(standing > 200, `${standing} were refused`);
}));

test('10,000 random messages: no error, no number changed', {timeout: 300000}, () => withHost(frame('?steps=50'), {}, async (host) => {
  await connect(host);
  await running(host);
  const before = await numbers(host);
  const sent = await host.page.evaluate(async (seed) => {
    const random = () => {  // as in host.mjs
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const pick = (list) => list[Math.floor(random() * list.length)];
    const cycle = {};
    cycle.self = cycle;
    const leaves = [undefined, null, true, 0, -1, 1.5, NaN, Infinity, 1n, '', 'x', '{', '{"stride":1,"steps":-5}', '[]', '#s=%%', 'a'.repeat(5000),
                    new Date(0), new Map([[1, 2]]), new Uint8Array(9), /x/, new Blob(['x']), cycle, [], [[[]]], {}, {stride: 2}, {stride: 1, steps: 'x'},
                    {stride: 1, runs: [{optimizer: {type: 'Nobody'}}]}, {a: 1n}];
    const types = ['hello', 'getState', 'setState', 'seek', 'panels', 'locked', 'theme', 'lang', 'resize', 'constructor', '__proto__', 'toString',
                   'eval', '', 'reply', 'event', 7, null];
    for (let i = 0; i < 10000; ++i) {
      const whole = random() < 0.7;
      const message = whole ? {stride: pick([1, 1, 1, 1, '1', 2, null]), id: pick([1, 'id', null, {}, 'z'.repeat(200)]), type: pick(types), value: pick(leaves)}
                            : pick(leaves);
      globalThis.frame.postMessage(message, '*');
      if (i % 200 === 0) await new Promise((done) => setTimeout(done));
    }
    return (await globalThis.ask('hello')).ok;
  }, 10);
  assert.ok(sent);
  assert.deepEqual(await numbers(host), before);
}));
