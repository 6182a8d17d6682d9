// axe-core finds nothing to complain of, in any place where the lab is met, in light and dark.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {drawsLittle, launch, serve} from './helpers.mjs';

const AXE = readFileSync(fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
const link = (problem) => '/#s=' + Buffer.from(JSON.stringify({stride: 1, problem})).toString('base64url');
const LABS = {
  'the start page': '/', 'the lab as text': '/', 'a network': link({type: 'network', data: {type: 'moons'}}), 'a curve': link({type: 'curve', expression: 'x^2'}),
  'an embedded lab': '/embed.html?surface=beale',
  'another language': '/?lang=de', 'the gallery': '/gallery.html', 'twenty labs': '/examples/twenty.html',
};

const LESSONS = readdirSync(fileURLToPath(new URL('../../web/lessons/en', import.meta.url))).filter((name) => /^\d.*\.md$/.test(name)).length;

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/// What axe finds, a line each.
async function findings(page) {
  await page.evaluate(AXE);
  const {violations, passes} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ['violations']}));
  assert.ok(passes.length > 5, 'there is something to look at');
  return violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.target} ${node.html.slice(0, 150)}: ${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message}`));
}

for (const [what, path] of Object.entries(LABS))
  for (const colorScheme of ['dark', 'light'])
    test(`${what}, ${colorScheme}`, async () => {
      const context = await browser.newContext({colorScheme, viewport: {width: 1100, height: 800}, reducedMotion: 'reduce'}), page = await context.newPage();
      await drawsLittle(context);
      await page.goto(server.origin + path);
      await page.waitForSelector('.mirror button', {state: 'attached', timeout: 60000});
      await page.waitForTimeout(700);
      const [, wanted] = /^a (network|curve)$/.exec(what) ?? [];
      if (wanted) await page.getByRole('img', {name: wanted}).first().waitFor({state: 'attached', timeout: 60000});
      if (what === 'the lab as text') {
        await page.getByRole('button', {name: 'Show the lab as text'}).press('Enter');
        await page.getByRole('button', {name: 'Show the lab as a picture'}).waitFor();
      }
      assert.deepEqual(await findings(page), []);
      await context.close();
    });

test('every lesson, in dark and light', async () => {
  assert.ok(LESSONS > 5, `${LESSONS} lessons`);
  const context = await browser.newContext({viewport: {width: 1100, height: 800}, reducedMotion: 'reduce'}), page = await context.newPage();
  await drawsLittle(context);
  for (let lesson = 1; lesson <= LESSONS; ++lesson) {
    await page.goto(`${server.origin}/?lesson=${lesson}`);
    await page.waitForSelector('.mirror [role=heading]', {state: 'attached', timeout: 60000});
    for (const colorScheme of ['dark', 'light']) {
      await page.emulateMedia({colorScheme});
      await page.waitForTimeout(500);
      assert.deepEqual(await findings(page), [], `lesson ${lesson}, ${colorScheme}`);
    }
  }
  await context.close();
});
