// axe-core finds nothing to complain of, in any place where the lab is met, in light and dark.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {launch, serve} from './helpers.mjs';

const AXE = readFileSync(fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
const LABS = {
  'the start page': '/', 'a lesson': '/?lesson=2', 'the blindfold': '/?lesson=1', 'a network': '/?network=tanh', 'a curve': '/?curve=x%5E2', 'an embedded lab': '/embed.html?surface=beale',
  'another language': '/?lang=de', 'the gallery': '/gallery.html', 'twenty labs': '/examples/twenty.html',
};

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
      await page.goto(server.origin + path);
      await page.waitForSelector('.mirror button', {state: 'attached', timeout: 60000});
      await page.waitForTimeout(700);
      assert.deepEqual(await findings(page), []);
      await context.close();
    });
