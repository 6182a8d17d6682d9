// The pages of web/examples and the gallery, each opened as a reader opens it.
import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {keepPicture, WEB} from './helpers.mjs';
import {hostTests} from './host.mjs';

// What these pages need beyond the strictest: frames of their own site, and reveal.js's fonts.
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "worker-src 'self' blob:; frame-src 'self'; font-src 'self'";
const withHost = hostTests({before, after, assert}, {headers: {'content-security-policy': POLICY}, looks: false});
const REVEAL = resolve(dirname(fileURLToPath(import.meta.url)), '../../node_modules/reveal.js/dist');
const TYPES = {css: 'text/css', js: 'text/javascript'};
const shoot = (host, name) => keepPicture(host.page, `example-${name}.png`);

/// Starts what waits to be asked, and waits for every lab of the page.
async function startAll(host) {
  const count = await host.page.locator('stride-lab').count();
  for (let i = 1; i <= count; ++i) {
    const lab = `stride-lab >> nth=${i - 1}`;
    await host.page.locator(lab).scrollIntoViewIfNeeded();
    await host.page.evaluate((n) => document.querySelectorAll('stride-lab')[n].start(), i - 1);
  }
  return count;
}

for (const name of ['plain', 'mkdocs', 'sphinx', 'quarto']) {
  test(`${name}: its labs run`, () => withHost(`/examples/${name}.html`, {}, async (host) => {
    const count = await startAll(host);
    assert.ok(count > 0);
    const states = await host.page.evaluate(() => [...document.querySelectorAll('stride-lab')].map((lab) => lab.getState()));
    assert.ok(states.every((s) => s.stride === 1 && s.runs.length), JSON.stringify(states));
    assert.ok(await host.page.evaluate(() => [...document.querySelectorAll('stride-lab')].every((lab) => lab.querySelector('a'))), 'a link without script');
    await host.page.evaluate(() => scrollTo(0, 0));
    await shoot(host, name);
  }));
}

for (const name of ['plain', 'mkdocs', 'sphinx', 'quarto', 'twenty']) {
  test(`${name}: without script each lab is its picture, and a link`, () => withHost(`/examples/${name}.html`, {javaScriptEnabled: false}, async (host) => {
    for (const lab of await host.page.locator('stride-lab').all()) {
      const picture = lab.locator('a[href*="index.html?"] img');
      await picture.scrollIntoViewIfNeeded();
      const [box, about] = [await picture.boundingBox(), await lab.getAttribute('poster')];
      assert.equal(await picture.getAttribute('src'), about);
      assert.ok(box.width > 200 && box.height > 120, JSON.stringify(box));
      assert.match(await (await fetch(new URL(about, host.page.url()))).text(), /^<svg .*<path class='way'/);
    }
    await shoot(host, name + '-no-script');
  }));
}

test('a picture of a scenario shows the scenario that the lab will', () => withHost('/examples/plain.html', {}, async (host) => {
  const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../web/posters');
  const shown = [];
  for (const name of ['plain', 'mkdocs', 'sphinx', 'quarto']) {
    await host.page.goto(`${host.origin}/examples/${name}.html`);
    for (const lab of await host.page.locator('stride-lab[poster*="-"]').all()) {
      const poster = (await lab.getAttribute('poster')).split('/').at(-1).replace('.svg', '');
      const scenario = await readFile(join(folder, poster + '.json'), 'utf8');
      await lab.evaluate((l) => l.start());
      const [was, is] = await lab.evaluate(async (l, s) => [l.getState(), (await l.setState(s), l.getState())], scenario);
      assert.deepEqual([was.problem, was.steps, was.runs], [is.problem, is.steps, is.runs], poster);
      shown.push(poster + '.json');
    }
  }
  assert.deepEqual(shown.sort(), (await readdir(folder)).sort());
}));

test('before a lab is wanted its picture stands there', () => withHost('/examples/quarto.html', {}, async (host) => {
  const picture = host.page.locator('stride-lab .poster img');
  await host.until(() => picture.evaluate((i) => i.complete && i.naturalWidth), (width) => width > 0, 'the picture');
  await shoot(host, 'poster');
}));

test('jupyter-book: the frame runs', () => withHost('/examples/jupyter-book.html', {}, async (host) => {
  const inside = await host.until(() => host.page.frames()[1], Boolean, 'the frame');
  await inside.waitForFunction(() => globalThis.moduleOf?.('stride-lab'), undefined, {timeout: 60000});
  const state = await inside.evaluate(() => globalThis.moduleOf('stride-lab').getScenario());
  assert.equal(state.problem.surface, 'saddle');
  await shoot(host, 'jupyter-book');
}));

test('reveal.js: a slide that is left and unloaded comes back as it was', () => withHost('/examples/plain.html', {}, async (host) => {
  await host.page.route('**/examples/reveal.js/dist/**', async (route) => {
    const file = new URL(route.request().url()).pathname.split('/dist/')[1];
    await route.fulfill({body: await readFile(join(REVEAL, file)), contentType: TYPES[file.split('.').at(-1)] ?? 'font/woff2'});
  });
  await host.page.goto(host.origin + '/examples/reveal.html#/1');
  await host.ready('#first');
  host.errors = [];  // the page that was left may have been fetching
  await host.page.evaluate(() => document.querySelector('#first').setState({stride: 1, problem: {surface: 'booth'}, steps: 40}));
  await host.page.evaluate(() => document.querySelector('#first').seek(7));
  const before = await host.page.evaluate(() => document.querySelector('#first').getState());
  await host.settle('#first');
  await shoot(host, 'reveal');
  await host.page.evaluate(() => {
    location.hash = '#/3';
    const lab = document.querySelector('#first'), slide = lab.parentNode;
    lab.remove();
    globalThis.back = () => slide.append(lab);
    globalThis.lab = lab;
  });
  await host.until(() => host.page.evaluate(() => globalThis.lab.shadowRoot.querySelector('canvas.lab').getContext('webgl2').isContextLost()), Boolean,
                   'its context is given up');
  await host.page.evaluate(() => { globalThis.back(); location.hash = '#/1'; });
  await host.until(() => host.page.evaluate(() => !globalThis.lab.shadowRoot.querySelector('canvas.picture') &&
                                                  !globalThis.lab.shadowRoot.querySelector('canvas.lab').getContext('webgl2').isContextLost()),
                   Boolean, 'and comes back');
  assert.deepEqual(await host.page.evaluate(() => document.querySelector('#first').getState()), before);
}));

test('twenty labs: one program for all, and no more than eight contexts', {timeout: 240000}, () => withHost('/examples/twenty.html', {
  viewport: {width: 900, height: 800},
}, async (host) => {
  const live = () => host.page.evaluate(() => [...document.querySelectorAll('stride-lab')].filter((lab) => {
    const canvas = lab.shadowRoot.querySelector('canvas.lab');
    return canvas && !canvas.getContext('webgl2').isContextLost();
  }).length);
  const labs = await host.page.locator('stride-lab').all();
  assert.equal(labs.length, 20);
  let most = 0;
  for (const lab of labs) {
    await lab.evaluate((l) => l.scrollIntoView());
    await lab.evaluate((l) => l.start());
    await host.until(live, (n) => n <= 8, 'some give theirs up');
    most = Math.max(most, await live());
  }
  assert.ok(most > 4, `${most} at a time`);
  for (const file of ['stride-program.wasm', 'stride-program.js', 'canvas.js'])
    assert.equal(host.requests.filter((r) => r.endsWith('/' + file)).length, 1, `${file} is fetched once`);
  await host.page.evaluate(() => scrollTo(0, 0));
  const first = '#quad_k1';
  await host.until(() => host.page.evaluate((s) => !document.querySelector(s).shadowRoot.querySelector('canvas.picture'), first), Boolean, 'the first comes back');
  await host.settle(first);
  assert.ok(await live() <= 8);
  assert.equal((await host.page.evaluate((s) => document.querySelector(s).getState(), first)).problem.surface, 'quad_k1');
  await shoot(host, 'twenty');
}));

test('every example is opened here', async () => {
  const pages = (await readdir(join(WEB, 'examples'))).filter((f) => f.endsWith('.html')).sort();
  assert.deepEqual(pages, ['jupyter-book.html', 'mkdocs.html', 'plain.html', 'quarto.html', 'reveal.html', 'sphinx.html', 'twenty.html']);
});

test('gallery: what is chosen stands in the snippet, the link and the lab', () => withHost('/gallery.html', {}, async (host) => {
  await host.page.waitForSelector('.card');
  await host.page.fill('#surface', 'beale');
  await host.page.fill('#lr', '0.02');
  await host.page.check('input[name=panels][value=rate]');
  await host.page.check('input[name=panels][value=surface]');
  await host.page.check('input[name=locked][value=surface]');
  await host.page.selectOption('#theme', 'dark');
  const text = (id) => host.page.inputValue('#' + id);
  assert.match(await text('snippet'), /<stride-lab surface="beale" lr="0\.02" panels="surface rate" locked="surface" theme="dark" poster="[^"]+\/posters\/beale\.svg">/);
  assert.match(await text('frame'), /embed\.html\?surface=beale&amp;lr=0\.02&amp;panels=surface\+rate&amp;locked=surface&amp;theme=dark"/);
  const link = new URL(await text('link'));
  assert.equal(link.search, '?surface=beale&lr=0.02&theme=dark');
  await host.ready('#preview');
  const state = await host.page.evaluate(() => document.querySelector('#preview').getState());
  assert.equal(state.problem.surface, 'beale');
  await shoot(host, 'gallery');
  await host.until(() => host.page.evaluate(() => [...document.querySelectorAll('.card stride-lab')].every(
      (lab) => lab.shadowRoot.querySelector('.poster img')?.naturalWidth)), Boolean, 'every card has its picture');
  // What is written for copying says what is shown beside it.
  const cards = await host.page.evaluate(() => [...document.querySelectorAll('.card')].map((card) =>
    [card.querySelector('stride-lab').cloneNode(false).outerHTML, card.querySelector('textarea').value]));
  assert.ok(cards.length >= 4);
  for (const [shown, written] of cards) assert.ok(written.includes(shown.slice(0, shown.indexOf('>')).replace(/ reveal="interaction"/, '')), written);
}));

test('gallery: what is done in the lab is copied, what is wrong is not, and a lesson can be left', () => withHost('/gallery.html', {}, async (host) => {
  await host.ready('#preview');
  const {page} = host, text = (id) => page.inputValue('#' + id), state = () => page.evaluate(() => document.querySelector('#preview').getState());
  const scenario = async () => JSON.parse(/ scenario="([^"]*)"/.exec(await text('snippet'))[1].replaceAll('&quot;', '"'));
  assert.ok(await page.isVisible('#near'), 'an address of this machine is told');
  await page.fill('#lr', 'fast');
  await page.locator('#lr').blur();
  await page.waitForFunction(() => document.querySelector('#fault').textContent.includes('expected'));
  assert.equal(await page.getAttribute('#lr', 'aria-invalid'), 'true');
  assert.doesNotMatch(await text('snippet'), /fast/);
  await page.fill('#lr', '0.02');
  await page.locator('#lr').blur();
  await page.waitForFunction(() => document.querySelector('#fault').textContent === '');
  assert.match(await text('snippet'), /<stride-lab lr="0\.02"/);
  for (const [id, value] of [['steps', '77'], ['start', '-1, 2.5'], ['noise', '0.25']]) {
    await page.fill('#' + id, value);
    await page.locator('#' + id).blur();
    await page.waitForFunction((what) => document.querySelector('#snippet').value.includes(what), {steps: '77', start: '2.5', noise: '0.25'}[id]);
  }
  await page.evaluate(async () => {
    const lab = document.querySelector('#preview').shadowRoot.querySelector('canvas.lab').stride, now = lab.getScenario();
    now.runs = [...now.runs, {optimizer: {type: 'Adam', lr: 0.1}}];
    lab.setScenario(now);
  });
  await page.waitForFunction(() => document.querySelector('#snippet').value.includes('Adam'));
  const {view: _, ...numbers} = await state();
  assert.deepEqual(await scenario(), numbers);
  assert.deepEqual([numbers.steps, numbers.problem.start, numbers.problem.noise.sigma, numbers.runs.length], [77, [-1, 2.5], 0.25, 2]);
  assert.match(await text('frame'), /embed\.html#s=/);
  await page.fill('#steps', 'many');
  await page.locator('#steps').blur();
  await page.waitForFunction(() => document.querySelector('#fault').textContent.startsWith('steps'));
  assert.deepEqual((await scenario()).steps, 77);
  await page.fill('#steps', '77');
  await page.fill('#lesson', '3');
  await page.locator('#lesson').blur();
  await page.waitForFunction(() => document.querySelector('#preview').getState()?.problem?.surface === 'quad_k10');
  assert.match(await text('snippet'), /<stride-lab lr="0\.02" lesson="3"/);
  await page.fill('#lesson', '');
  await page.locator('#lesson').blur();
  await page.waitForFunction(() => document.querySelector('#preview').getState()?.problem?.surface !== 'quad_k10');
  assert.match(await text('snippet'), /<stride-lab lr="0\.02"/);
  assert.equal((await state()).runs[0].optimizer.lr, 0.02);
}));

for (const [code, words] of [['de', 'Stride für Lehrende'], ['es', 'Stride para docentes']]) {
  test(`gallery in ${code}: every word of it`, () => withHost(`/gallery.html?lang=${code}`, {}, async (host) => {
    await host.page.waitForSelector('.card');
    assert.equal(await host.page.textContent('h1'), words);
    const english = await host.page.evaluate(async () => {
      const {SAY} = await import(document.querySelector('script[src$="gallery.js"]').src.replace('gallery.js', 'gallery-words.js'));
      const own = {...SAY[document.documentElement.lang]}, missing = Object.keys(SAY.en).filter((key) => !(key in own));
      return [...missing, ...[...document.querySelectorAll('[data-say]')].filter((node) => node.textContent !== own[node.dataset.say]).map((node) => node.textContent)];
    });
    assert.deepEqual(english, []);
    await shoot(host, `gallery-${code}`);
  }));
}
