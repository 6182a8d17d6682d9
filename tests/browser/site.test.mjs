// The folder that goes to a host: names by contents, a lesson without a network, a newer version told and taken.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {keepPicture, LabPage, launch, serve, WEB} from './helpers.mjs';

const TOOL = fileURLToPath(new URL('../../tools/publish.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stride-site-')), web = join(folder, 'web'), site = join(folder, 'site');
let browser, server;

/// Publishes what is in `web`; the name of the folder that holds it.
const publish = () => execFileSync('node', [TOOL, '--web', web, '--out', site, '--unpacked'], {encoding: 'utf8'}).trim().split(': ').pop();

before(async () => {
  cpSync(WEB, web, {recursive: true});
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, {recursive: true, force: true});
});

test('what changes together lies in one folder named by its contents; what others link to is small and keeps its name', async () => {
  const first = publish();
  assert.match(first, /^\d+\.\d+\.\d+-[0-9a-f]{10}$/);
  assert.equal(publish(), first, 'the same contents, the same name');
  const loose = readdirSync(site).filter((name) => /\.(js|wasm)$/.test(name));
  assert.deepEqual(loose.sort(), ['service-worker.js', 'stride-lab.js']);
  assert.ok(readFileSync(join(site, 'stride-lab.js')).length < 100);
  for (const page of ['index.html', 'embed.html', 'gallery.html'])
    for (const [, name] of readFileSync(join(site, page), 'utf8').matchAll(/(?:src|href)="([\w./-]+)"/g)) assert.ok(existsSync(join(site, name)), `${page}: ${name}`);
  const listed = JSON.parse(/FILES = (\[[^\]]*\])/.exec(readFileSync(join(site, 'service-worker.js'), 'utf8'))[1]);
  for (const name of listed) assert.ok(existsSync(join(site, name)), name);
  const manifest = JSON.parse(readFileSync(join(site, 'manifest.webmanifest'), 'utf8'));
  for (const {src} of manifest.icons) assert.ok(existsSync(join(site, src)), src);
});

test('the page, the element, the frame and the gallery work in it, and a page of before an update keeps its own files', async () => {
  server = await serve(site);
  const old = readFileSync(join(site, 'index.html'), 'utf8'), first = publish();
  appendFileSync(join(web, 'stride.js'), '\n');
  const second = publish();
  assert.notEqual(second, first);
  writeFileSync(join(site, 'old.html'), old);
  for (const [path, version] of [['/old.html', first], ['/index.html', second]]) {
    const lab = await LabPage.open(browser, server.origin, {path: path + '?surface=beale&lang=en', serviceWorkers: 'block', fast: true});
    assert.equal((await lab.scenario()).problem.surface, 'beale');
    const asked = await lab.page.evaluate(() => performance.getEntriesByType('resource').map(({name}) => name).filter((name) => /\.(js|wasm)$/.test(name)));
    for (const name of asked) assert.ok(name.includes(`/${version}/`), name);
    assert.deepEqual(lab.errors, []);
    await lab.context.close();
  }
  const page = await browser.newPage();
  for (const [path, selector] of [['/embed.html?surface=booth', 'stride-lab'], ['/gallery.html', '#preview']]) {
    await page.goto(server.origin + path);
    await page.waitForFunction((s) => document.querySelector(s)?.getState?.()?.stride, selector);
    assert.ok(await page.evaluate((s) => document.querySelector(s).getState(), selector));
    assert.ok(!(await page.evaluate(() => [...document.images].some((image) => image.complete && !image.naturalWidth && !image.loading))), 'pictures');
  }
  await page.close();
});

test('after a first visit it works without a network: the page, a lesson, its answer, another language', async () => {
  const lab = await LabPage.open(browser, server.origin, {path: '/index.html?lang=en', fast: true});
  await lab.page.evaluate(() => navigator.serviceWorker.ready);
  await lab.page.reload();  // now the worker answers
  await lab.ready();
  await lab.until(() => lab.page.evaluate(() => Boolean(navigator.serviceWorker.controller)), Boolean, 'the worker');
  await server.close();
  await lab.page.goto(server.origin + '/index.html?lesson=3&lang=de', {waitUntil: 'commit'});
  await lab.ready();
  const right = 'Er steigt aus dem Tal, höher und höher';
  const shows = async (name) => (await lab.controls()).some((c) => c.name === name);
  await lab.until(() => shows('nächste Seite'), Boolean, 'the lesson');
  for (let on = 0; on < 6 && !await shows(right); ++on) await lab.click('nächste Seite');
  await lab.click(right);
  await lab.control('Ja.');
  for (let on = 0; on < 6 && !await shows('Deine Aufgabe'); ++on) await lab.click('nächste Seite');
  await lab.type('Deine Zahl', '0,08');
  await lab.click('die Zahl abgeben');
  for (let presses = 0; presses < 20 && !await shows('Geschafft.'); ++presses) await lab.press('[');
  await lab.control('Geschafft.');
  await lab.page.goto(server.origin + '/?surface=himmelblau&lang=es', {waitUntil: 'commit'});
  await lab.ready();
  assert.equal((await lab.scenario()).problem.surface, 'himmelblau');
  assert.ok((await lab.controls()).some(({name}) => name === 'Tasa de aprendizaje'), 'Spanish');
  assert.equal(await lab.setScenario({stride: 1, problem: {type: 'curve', curve: 'parabola'}}), '', 'the full program too');
  await lab.context.close();
});

test('a newer version is told to an open page, and taken when the learner says so', async () => {
  server = await serve(site);
  const lab = await LabPage.open(browser, server.origin, {path: '/index.html?lang=de', fast: true});
  await lab.page.evaluate(() => navigator.serviceWorker.ready);
  await lab.page.reload();
  await lab.ready();
  appendFileSync(join(web, 'stride.js'), '\n');
  const third = publish();
  await lab.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await lab.page.locator('#newer p', {hasText: 'Eine neuere Version von Stride ist da.'}).waitFor();
  await lab.page.getByRole('button', {name: 'Neu laden'}).click();
  await lab.page.waitForFunction((version) => document.scripts[0]?.src.includes(version), third);
  await lab.ready();
  assert.deepEqual(lab.errors, []);
  await lab.context.close();
});

test('surfaces and lessons have pages to be found, read and previewed by', async () => {
  const own = join(folder, 'read'), address = 'https://school.example/stride/', command = fileURLToPath(new URL('../../build/native/stride', import.meta.url));
  execFileSync('node', [TOOL, '--web', web, '--out', own, '--unpacked', '--address', address.slice(0, -1), '--stride', command]);
  assert.throws(() => execFileSync('node', [TOOL, '--web', web, '--out', own, '--address', 'school'], {stdio: 'pipe'}), /expected https:/);
  const lessons = readdirSync(join(WEB, 'lessons/en')).length, meta = (html, name) => new RegExp(`<meta property="og:${name}" content="([^"]*)"`).exec(html)?.[1];
  const spoken = readdirSync(join(WEB, 'lessons')).filter((code) => readdirSync(join(WEB, 'lessons', code)).length === lessons);
  assert.equal(readdirSync(join(own, 'lesson')).length, spoken.length*lessons);
  for (const code of spoken) assert.match(readFileSync(join(own, `lesson/3${code === 'en' ? '' : '.' + code}.html`), 'utf8'), new RegExp(`<html lang="${code}"${code === 'he' ? ' dir="rtl"' : ''}>`));
  for (const path of [...readdirSync(join(own, 'surface')).map((name) => `surface/${name}`), 'lesson/3.html', 'lesson/3.de.html', 'lesson/16.es.html', 'index.html']) {
    const html = readFileSync(join(own, path), 'utf8');
    for (const name of ['title', 'description', 'image', 'url']) assert.ok(meta(html, name), `${path}: ${name}`);
    assert.equal(meta(html, 'url'), address + (path === 'index.html' ? '' : path));
    const picture = readFileSync(join(own, meta(html, 'image').slice(address.length)));
    assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [1200, 630], path);
  }
  assert.match(readFileSync(join(own, 'lesson/3.html'), 'utf8'), /the limit is <strong>2\/λ<\/strong>/);
  assert.match(readFileSync(join(own, 'index.html'), 'utf8'), /<noscript>[^]*<a href="lesson\/16\.html">/);
  for (const [, path] of readFileSync(join(own, 'sitemap.xml'), 'utf8').matchAll(/<loc>https:\/\/school\.example\/stride\/(.*?)<\/loc>/g)) assert.ok(existsSync(join(own, path)), path);
  const host = await serve(own), silent = await browser.newContext({javaScriptEnabled: false}), reader = await silent.newPage(), wrong = [];
  reader.on('response', (response) => response.status() >= 400 && wrong.push(response.url()));
  await reader.goto(`${host.origin}/lesson/3.html`);
  assert.ok(await reader.getByText('Across the valley one step turns y into').isVisible());
  assert.ok(await reader.locator('stride-lab img').isVisible());
  assert.deepEqual(wrong, []);
  const page = await browser.newPage();
  await page.goto(`${host.origin}/lesson/3.html`);
  await page.waitForFunction(() => document.querySelector('stride-lab').shadowRoot?.querySelector('canvas.lab[data-ready]'));
  await keepPicture(page, 'site-lesson.png', {fullPage: true});
  const lab = await LabPage.open(browser, host.origin, {path: '/?surface=beale&optimizer=Adam&lang=en', serviceWorkers: 'block', fast: true});
  await lab.page.waitForFunction(() => document.title === 'beale: Adam · Stride: a learning-rate laboratory');
  await lab.setScenario({stride: 1, problem: {type: 'surface', surface: 'six_hump_camel'}});
  await lab.page.waitForFunction(() => document.title === 'six hump camel · Stride: a learning-rate laboratory');
  assert.deepEqual(lab.errors, []);
  await lab.context.close();
  await page.close();
  await silent.close();
  await host.close();
});
