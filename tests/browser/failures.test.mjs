// Whatever fails or never comes is told, soon and in words, with a way on: files, languages, the graphics, labs that nobody holds any more.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {drawsLittle, keepPicture, labTests, launch, LabPage, notice, pause, serve, WEB} from './helpers.mjs';
import {hostTests} from './host.mjs';

const withLab = labTests({before, after, assert}), withHost = hostTests({before, after, assert}, {looks: false});
const LAB = '<stride-lab></stride-lab>';
const TEN_SECONDS = 10000;
const PROGRAM = readFileSync(join(WEB, 'stride-program.wasm')), WASM = {contentType: 'application/wasm'};

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/// index.html with some of its files treated in some way: {file: 'abort' | 'hang' | {status, body}}.
async function withFaults(faults, body, {path = '/', headers, ...options} = {}) {
  const context = await browser.newContext({viewport: {width: 900, height: 600}, ...options}), page = await context.newPage();
  await drawsLittle(context);
  for (const [file, fault] of Object.entries(faults))
    await page.route(`**/${file}`, (route) => {
      if (fault === 'hang') return undefined;
      if (fault === 'abort') return route.abort();
      return route.fulfill({contentType: 'text/javascript', ...fault});
    });
  if (headers) await page.route(server.origin + path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({response, headers: {...response.headers(), ...headers}});
  });
  await page.goto(server.origin + path, {waitUntil: 'commit'});
  try {
    await body(page);
  } finally {
    await context.close();
  }
}

const told = (page, words) => page.waitForFunction(
    (source) => document.documentElement.dataset.state === 'failed' && new RegExp(source).test(document.getElementById('message').textContent), words.source, {timeout: TEN_SECONDS});

for (const [name, faults, words] of [
  ['a module that is missing', {'canvas.js': {status: 404, body: 'gone'}}, /one of its files is missing or damaged/],
  ['a module that cannot be reached', {'stride.js': 'abort'}, /one of its files is missing or damaged/],
  ['a module that is broken', {'stride-worker.js': {body: 'export const = ;'}}, /one of its files is missing or damaged/],
  ['a module that throws', {'files.js': {body: 'throw new Error("damaged"); export const fetchFile = 0, hasAddresses = 0;'}}, /one of its files is missing or damaged/],
  ['a module that hangs', {'canvas.js': 'hang'}, /has not come yet/],
  ['a program that hangs', {'stride-program.wasm': 'hang'}, /has not come yet/],
  ['a program that cannot be reached', {'stride-program.wasm': 'abort'}, /stride-program\.wasm cannot be fetched/],
  ['a program that is not there', {'stride-program.wasm': {status: 404, body: ''}}, /stride-program\.wasm cannot be fetched/],
  ['a program that is cut off', {'stride-program.wasm': {...WASM, body: PROGRAM.subarray(0, PROGRAM.length / 2)}}, /damaged or of different versions/],
  ['a program of another version', {'stride-program.wasm': {...WASM, body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0])}}, /damaged or of different versions/],
  ['a page to log in instead of the program', {'stride-program.wasm': {contentType: 'text/html', body: '<html>Log in</html>'}}, /damaged or of different versions/],
])
  test(`${name}: told within ten seconds, with a picture and a way to try again`, () => withFaults(faults, async (page) => {
    await told(page, words);
    await page.waitForSelector('.stage img');
    assert.equal(await page.locator('.stage button').textContent(), 'Try again');
    await page.unrouteAll({behavior: 'ignoreErrors'});
    // What hung may come now, and then takes the button's place.
    await page.evaluate(() => document.querySelector('.stage button')?.click());
    await page.waitForSelector('canvas[data-ready]', {timeout: 60000});
    assert.equal(await page.evaluate(() => document.documentElement.dataset.state), 'ready');
  }));

test('what is late and comes all the same takes the place of the sentence, which is in the reader\'s language', async () => {
  const context = await browser.newContext({locale: 'de-DE'}), page = await context.newPage();
  let come;
  const coming = new Promise((done) => { come = done; });
  await page.route('**/stride-program.wasm', async (route) => {
    await coming;
    await route.continue();
  });
  await page.goto(server.origin, {waitUntil: 'commit'});
  await told(page, /ist noch nicht da/);
  assert.equal(await page.locator('.stage button').textContent(), 'Noch einmal versuchen');
  come();
  await page.waitForSelector('html[data-state=ready]', {timeout: 60000});
  await context.close();
});

test('from a disk the page and the gallery say at once what works there', async () => {
  const page = await browser.newPage(), place = (name) => pathToFileURL(join(WEB, name)).href;
  await page.goto(place('index.html'), {waitUntil: 'commit'});
  await told(page, /stride-lab-offline\.html/);
  await page.goto(place('gallery.html'));
  assert.match(await page.locator('#unstarted').innerText(), /not from a disk.*stride-lab-offline\.html/);
  await page.close();
});

test('a sandboxed frame on a host without a CORS header shows the whole picture and says so', async () => {
  const page = await browser.newPage();
  await page.route('**/sandbox.html', (route) => route.fulfill({contentType: 'text/html', body: '<iframe sandbox="allow-scripts" width="700" height="400" src="embed.html?surface=booth"></iframe>'}));
  await page.goto(`${server.origin}/sandbox.html`);
  const frame = page.frameLocator('iframe'), outer = await page.locator('iframe').boundingBox(), words = frame.locator('stride-lab > a');
  assert.match(await words.innerText(), /open it in a page of its own/);
  for (const box of [await words.boundingBox(), await frame.locator('stride-lab img').boundingBox()])
    assert.ok(box.y >= outer.y && box.y + box.height <= outer.y + outer.height, JSON.stringify([outer, box]));
  await keepPicture(page, 'sandbox-without-cors.png');
  await page.close();
});

test('a policy that forbids WebAssembly is named', () => withFaults({}, (page) => told(page, /security policy of this page forbids WebAssembly.*wasm-unsafe-eval/), {
  headers: {'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"},
}));

test('English starts without de.json, and German follows when it comes', async () => {
  const context = await browser.newContext({locale: 'de-DE'}), page = await context.newPage();
  let come;
  const coming = new Promise((done) => { come = done; });
  await page.route('**/languages/de.json', async (route) => {
    await coming;
    await route.continue();
  });
  await page.goto(server.origin);
  await page.waitForSelector('canvas[data-ready]', {timeout: 60000});
  assert.equal(await page.getAttribute('canvas', 'lang'), 'en');
  come();
  await page.waitForSelector('canvas[lang=de]');
  await context.close();
});

const said = async (lab) => (await notice(lab)).map((c) => c.name).join();

for (const [name, answer] of [
  ['a page to log in', {contentType: 'text/html', body: '<!doctype html><title>Log in</title>'}], ['another file', {body: '{"language": "es", "texts": {}, "lessons": {}}'}],
  ['an empty one', {body: ''}], ['none', {status: 404, body: '{}'}],
])
  test(`instead of a language file ${name}: a sentence, and the next try counts`, () => withLab({width: 1300, height: 800}, async (lab) => {
    await lab.page.route('**/languages/de.json', (route) => route.fulfill({contentType: 'application/json', ...answer}));
    const choose = async () => {
      await lab.click('language', 'bar');
      await lab.click('Deutsch', undefined, 'button');
    };
    await choose();
    await lab.until(() => said(lab), (words) => words === 'Deutsch cannot be fetched now: the lab goes on in English.', 'the sentence');
    await lab.page.unrouteAll();
    await choose();
    await lab.page.waitForSelector('canvas[lang=de]');
    lab.errors = lab.errors.filter((e) => !/404/.test(e));
  }));

test('lessons that cannot be fetched are not waited for', () => withLab({width: 1300, height: 800}, async (lab) => {
  await lab.page.route('**/languages/en.json', (route) => route.abort());
  await lab.click('lessons', 'bar');
  await lab.until(() => lab.every((c) => c.group === 'lessons'), (all) => all.some((c) => /lessons cannot be fetched now/.test(c.name)), 'the sentence in the list');
  await lab.press('Escape');
  await lab.page.unrouteAll();
  await lab.click('lessons', 'bar');
  await lab.until(() => lab.every((c) => c.group === 'lessons' && c.role === 'option'), (all) => all.length === 21, 'the lessons');
  lab.errors = lab.errors.filter((e) => !/ERR_FAILED/.test(e));
}));

const CODES = ['en', 'de', 'es'], NAMES = {en: 'English', de: 'Deutsch', es: 'Español'}, LANGUAGE = {en: 'language', de: 'Sprache', es: 'idioma'};
for (const from of CODES)
  for (const to of CODES.filter((code) => code !== from))
    test(`a lesson is open: from ${from} to ${to}, by the globe and by the attribute`, async () => {
      const text = async (ask) => (await ask()).filter((c) => c.group === 'lesson').map((c) => c.name).join('\n');
      const lab = await LabPage.open(browser, server.origin, {path: `/?lesson=3&lang=${from}`, width: 1300, height: 800, fast: true});
      await lab.until(() => text(() => lab.controls()), Boolean, 'the lesson');
      const before = await text(() => lab.controls());
      await lab.click(LANGUAGE[from], 'bar');
      await lab.click(NAMES[to], undefined, 'button');
      await lab.page.waitForSelector(`canvas[lang=${to}]`);
      await lab.until(() => text(() => lab.controls()), (words) => words && words !== before, 'the lesson in the other language');
      assert.deepEqual(lab.errors, []);
      await lab.close();
      await withHost(`<stride-lab lesson="3" lang="${from}"></stride-lab>`, {viewport: {width: 1300, height: 900}}, async (host) => {
        await host.ready();
        const first = await text(() => host.call('controls'));
        await host.page.evaluate((code) => document.querySelector('stride-lab').setAttribute('lang', code), to);
        await host.until(() => text(() => host.call('controls')), (words) => words && words !== first, 'the lesson in the other language');
      });
    });

const words = (host) => host.page.locator('stride-lab .words').textContent();
const start = (host) => host.page.locator('stride-lab .poster');

test('an element whose start hangs says so, and a click starts afresh', () => withHost('<stride-lab reveal="interaction"></stride-lab>', {}, async (host) => {
  assert.equal(await start(host).getAttribute('aria-label'), 'Start the learning-rate lab');
  let hangs = true;  // the first request for ever: unrouted, it would go on, and the lab come before the click
  await host.page.route('**/stride-program.wasm', (route) => { if (!hangs) return route.continue(); });
  await start(host).click();
  await host.until(() => words(host), (w) => /^The lab has not come yet.*Try again$/.test(w), 'the sentence', TEN_SECONDS);
  assert.match(await host.page.getAttribute('stride-lab .open', 'href'), /index\.html$/);
  hangs = false;
  await start(host).click();
  await host.ready();
  assert.equal(await host.page.locator('stride-lab .open').count(), 0);
}));

test('a context that never comes back: a sentence and the poster, no picture, and a click starts afresh where it was', () => withHost(LAB, {}, async (host) => {
  await host.ready();
  await host.page.evaluate(() => document.querySelector('stride-lab').setState({stride: 1, problem: {surface: 'beale'}, steps: 44}));
  await host.listen();
  const picture = () => host.page.evaluate(() => document.querySelector('stride-lab').toImage().then(() => 'a picture', (e) => e.message));
  await host.page.evaluate(() => {
    const context = document.querySelector('stride-lab').shadowRoot.querySelector('canvas.lab').getContext('webgl2');
    context.getExtension('WEBGL_lose_context').loseContext();
  });
  assert.match(await picture(), /no picture while/);
  await host.until(() => host.page.locator('stride-lab .poster').count(), (n) => n === 1, 'the poster');
  assert.match(await words(host), /^The browser has taken the graphics away/);
  assert.deepEqual((await host.events()).filter((e) => e.type === 'error').map((e) => e.kind), ['stopped']);
  await start(host).click();
  await host.ready();
  const s = await host.call('getScenario');
  assert.deepEqual([s.problem.surface, s.steps], ['beale', 44]);
}));

test('the page tells that its context is gone, and goes on when it comes back after all', () => withLab({}, async (lab) => {
  await lab.page.evaluate(() => {
    globalThis.trick = document.querySelector('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    globalThis.trick.loseContext();
  });
  await told(lab.page, /has taken the graphics away/);
  assert.equal(await lab.page.locator('.stage button').textContent(), 'Try again');
  await lab.page.evaluate(() => globalThis.trick.restoreContext());
  await lab.page.waitForSelector('html[data-state=ready]');
  await lab.settle();
  assert.ok(await lab.colours() > 20);
}));

test('a context that is lost again and again while a study runs, and while nobody looks: the study is done, the lab drawn', () => withLab({path: '/?workers=1'}, async (lab) => {
  const rows = await lab.page.evaluate(async () => {
    const canvas = document.querySelector('canvas'), trick = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    const study = canvas.stride.runStudy({study: {type: 'map', size: 96}, scenario: {stride: 1, steps: 2000}});
    for (let i = 0; i < 20; ++i) {
      if (i % 4 === 1) canvas.style.display = 'none';
      trick.loseContext();
      await wait(30);
      trick.restoreContext();
      await wait(30);
      canvas.style.display = '';
    }
    return (await study).rows.length;
  });
  assert.ok(rows > 1000, `${rows}`);
  await lab.settle();
  assert.ok(await lab.colours() > 20);
  assert.equal(await lab.page.evaluate(() => document.documentElement.dataset.state), 'ready');
}));

test('a tab that is frozen and thawed goes on: the study, the workers, the lab', () => withLab({path: '/?workers=1'}, async (lab) => {
  const session = await lab.context.newCDPSession(lab.page);
  await lab.page.evaluate(() => {
    globalThis.study = document.querySelector('canvas').stride.runStudy({study: {type: 'map', size: 96}, scenario: {stride: 1, steps: 2000}});
  });
  await session.send('Page.setWebLifecycleState', {state: 'frozen'});
  await pause(1500);
  await session.send('Page.setWebLifecycleState', {state: 'active'});
  assert.ok(await lab.page.evaluate(async () => (await globalThis.study).rows.length) > 1000);
  assert.equal(await lab.call('workersAtWork'), 1);
  await lab.type('Learning rate', '0.002', undefined, 'spinbutton');
  assert.equal((await lab.scenario()).runs[0].optimizer.lr, 0.002);
}));

const workers = (host) => host.page.workers().length;
const study = (host, selector) => host.page.evaluate((s) => globalThis.moduleOf(s).runStudy({study: {type: 'sweep'}}), selector);

test('labs that leave the page are collected, and one that comes back goes on where it was', {timeout: 180000}, () => withHost('<div id="all"></div>', {}, async (host) => {
  await host.page.evaluate(() => { document.getElementById('all').innerHTML = '<stride-lab loading="eager" workers="1" panels="surface"></stride-lab>'.repeat(4); });
  const labs = [1, 2, 3, 4].map((n) => `stride-lab:nth-child(${n})`);
  for (const lab of labs) {
    await host.ready(lab);
    await study(host, lab);
    await host.page.waitForFunction((s) => globalThis.moduleOf(s).workersAtWork() === 1, lab);
  }
  await host.until(() => workers(host), (n) => n === 1, 'one worker, the same for all');
  await host.page.evaluate(() => {
    const all = [...document.querySelectorAll('stride-lab')];
    globalThis.modules = all.map((lab) => new WeakRef(globalThis.moduleOf(`stride-lab:nth-child(${all.indexOf(lab) + 1})`)));
    globalThis.elements = all.slice(1).map((lab) => new WeakRef(lab));
    [globalThis.kept] = all;
  });
  await host.page.evaluate(() => globalThis.kept.setState({stride: 1, steps: 77}));
  await host.page.evaluate(() => document.getElementById('all').replaceChildren());
  await host.until(() => workers(host), (n) => n === 0, 'no worker is left');
  await pause(5500);
  const session = await host.context.newCDPSession(host.page);
  const left = () => host.page.evaluate(() => [globalThis.modules, globalThis.elements].map((refs) => refs.filter((ref) => ref.deref()).length));
  await host.until(async () => (await session.send('HeapProfiler.collectGarbage'), left()), (n) => n.join() === '0,0', 'all is collected');
  await host.page.evaluate(() => document.getElementById('all').append(globalThis.kept));
  await host.ready();
  assert.equal((await host.call('getScenario')).steps, 77);
}));

test('a lab out of use ends its workers, and has them again when there is work', () => withHost('<stride-lab workers="2"></stride-lab>', {}, async (host) => {
  await host.ready();
  await study(host, 'stride-lab');
  await host.page.waitForFunction(() => globalThis.moduleOf('stride-lab').workersAtWork() === 2);
  await host.until(() => workers(host), (n) => n === 2, 'two workers');
  const before = await study(host, 'stride-lab');
  await host.page.evaluate(() => globalThis.moduleOf('stride-lab').rest());
  await host.until(() => workers(host), (n) => n === 0, 'none');
  assert.deepEqual(await study(host, 'stride-lab'), before);
  await host.until(() => workers(host), (n) => n > 0, 'workers again');
}));

test('a lab that has stopped ends its workers', () => withHost('<stride-lab workers="1"></stride-lab>', {}, async (host) => {
  await host.ready();
  await study(host, 'stride-lab');
  await host.until(() => workers(host), (n) => n === 1, 'a worker');
  await host.page.evaluate(() => {
    const module = globalThis.moduleOf('stride-lab'), {ccall} = module;
    module.ccall = (name, ...rest) => {
      if (name === 'stride_frame') throw new WebAssembly.RuntimeError('unreachable');
      return ccall(name, ...rest);
    };
    module.requestFrame();
  });
  await host.until(() => host.page.locator('stride-lab .poster').count(), (n) => n === 1, 'the poster');
  assert.match(await words(host), /has stopped because of a fault of its own/);
  await host.until(() => workers(host), (n) => n === 0, 'no worker is left');
  host.errors = host.errors.filter((e) => !/unreachable/.test(e));
  await start(host).click();
  await host.ready();
}));

test('what a page complains of is cut, and can be dismissed', () => withHost(LAB, {}, async (host) => {
  await host.ready();
  await host.page.evaluate(() => document.querySelector('stride-lab').complain('word '.repeat(60000)));
  const all = await host.until(() => host.call('controls'), (c) => c.some((k) => k.group === 'notice'), 'the notice');
  const [sentence] = all.filter((c) => c.group === 'notice' && c.role !== 'button');
  assert.ok(sentence.name.length < 700, `${sentence.name.length} characters`);
  const {x, y} = await host.at('dismiss', 'notice'), box = await host.page.locator('stride-lab').boundingBox();
  assert.ok(x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height);
}));

test('a height alone leaves the width, and no height at all is a part of it', () => withHost(
    '<div style="width: 900px"><stride-lab id="high" style="height: 400px" reveal="manual"></stride-lab><stride-lab id="plain" reveal="manual"></stride-lab></div>', {
      bypassCSP: true,
    }, async (host) => {
      const box = (id) => host.page.locator(id).boundingBox();
      await host.until(() => box('#high'), (b) => b.height === 400 && b.width === 900, 'as wide as its column');
      const {width, height} = await box('#plain');
      assert.deepEqual([width, Math.round(height)], [900, 563]);
    }));

test('without an origin in the address the height is told after the greeting', () => withHost('<iframe src="embed.html?resize=1&lang=de" width="900" height="600"></iframe>', {}, async (host) => {
  await host.page.evaluate(() => {
    globalThis.heights = [];
    addEventListener('message', ({data}) => { if (data.subject === 'lti.frameResize') globalThis.heights.push(data.height); });
  });
  const frame = await host.until(() => host.page.frames()[1], Boolean, 'the frame');
  await frame.waitForFunction(() => globalThis.moduleOf('stride-lab')?.controls);
  await host.page.evaluate(() => document.querySelector('iframe').contentWindow.postMessage({stride: 1, type: 'hello'}, '*'));
  await host.until(() => host.page.evaluate(() => globalThis.heights), (h) => h.join() === '563', 'the height');
  assert.deepEqual(await frame.evaluate(() => [document.documentElement.lang, document.title]), ['de', 'Stride: ein Labor für Lernraten']);
}));

test('on paper there is the picture, light, and the screen stays as it was', () => withLab({looks: true}, async (lab) => {
  await lab.page.emulateMedia({media: 'print'});
  const before = await lab.scenario();
  await lab.page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const [r, g, b, shades] = await lab.page.evaluate(async () => {
    const picture = document.querySelector('canvas.picture'), {data} = picture.getContext('2d').getImageData(0, 0, picture.width, picture.height);
    const colours = new Map();
    for (const colour of new Uint32Array(data.buffer)) colours.set(colour, (colours.get(colour) ?? 0) + 1);
    const [[most]] = [...colours].sort((x, y) => y[1] - x[1]);
    return [most & 255, (most >> 8) & 255, (most >> 16) & 255, colours.size];
  });
  assert.ok(r > 230 && g > 230 && b > 230 && shades > 200, `${[r, g, b, shades]}`);
  await lab.keep('print.png');
  await lab.page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await lab.settle();
  assert.equal(await lab.page.locator('canvas.picture').count(), 0);
  assert.deepEqual(await lab.scenario(), before);
  assert.ok((await lab.page.pdf()).length > 30000, 'a page with a picture');
}));
