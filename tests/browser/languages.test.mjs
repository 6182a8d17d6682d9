// Languages whose letters are fetched, one that runs from right to left, and one that the page was not built with.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {readdirSync, readFileSync} from 'node:fs';
import {invented} from '../invented.mjs';
import {keepPicture, launch, LabPage, serve} from './helpers.mjs';

let browser, server;
before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
after(() => Promise.all([browser.close(), server.close()]));

const LETTERS = {zh: /\p{Script=Han}/gu, he: /\p{Script=Hebrew}/gu};
const LESSONS = new URL('../../web/lessons/', import.meta.url);
const lessonsIn = (code) => readdirSync(new URL(`${code}/`, LESSONS)).map((name) => readFileSync(new URL(`${code}/${name}`, LESSONS), 'utf8'));
const own = (code) => JSON.parse(readFileSync(new URL(`../../texts/${code}.json`, import.meta.url), 'utf8')).texts;

for (const [code, direction] of [['zh', 'ltr'], ['he', 'rtl']])
  for (const [width, height] of [[1280, 800], [390, 844]])
    test(`${code} at ${width} × ${height}: its own letters, its mirror, nothing cut`, async () => {
      const lab = await LabPage.open(browser, server.origin, {path: `/?lang=${code}`, width, height, fast: true});
      const asked = [];
      lab.page.on('request', (request) => asked.push(request.url()));
      // Letters of the browser's own would hide that one is missing in the font.
      const missing = await lab.page.evaluate(async (texts) => {
        const font = [...document.fonts].find((face) => face.family === 'Stride' && face.status === 'loaded');
        if (!font) return 'no font';
        const pen = document.createElement('canvas').getContext('2d');
        const width = (family, letter) => { pen.font = `40px ${family}`; return pen.measureText(letter).width; };
        // A letter that the font has is as wide whichever font stands in for those that it lacks.
        return [...new Set(texts)].filter((letter) => width('Stride, monospace', letter) !== width('Stride, serif', letter) || !document.fonts.check('40px Stride', letter)).join('');
      }, (JSON.stringify(own(code)) + lessonsIn(code)).match(LETTERS[code]));
      assert.equal(missing, '');
      const mirror = lab.page.locator('.mirror');
      await mirror.first().waitFor({state: 'attached'});
      await lab.until(() => mirror.first().evaluate((root) => `${root.lang} ${root.dir}`), (got) => got === `${code} ${direction}`, 'the mirror in the language');
      const controls = await lab.controls();
      assert.ok(controls.some((c) => c.name === own(code).optimizer || c.name === own(code)['learning rate']), 'a control by its name');
      assert.deepEqual(controls.filter((c) => c.visible && c.clipped).map((c) => c.name), []);
      await lab.keep(`language-${code}-${width}.png`);
      await lab.page.goto(`${server.origin}/?lang=${code}&lesson=5`);
      await lab.ready();
      // A paragraph that begins with a word to press: at the right in Hebrew.
      const [seed] = own(code)['seed; seeds'].split('; ');
      const [term] = await lab.until(() => lab.every((c) => c.group === 'lesson' && c.role === 'button' && c.name === seed), (found) => found.length === 1, 'the lesson');
      const [words] = await lab.every((c) => c.role === 'text' && c.name.startsWith(seed));
      const gap = code === 'he' ? words.x + words.w - term.x - term.w : term.x - words.x;
      assert.ok(gap >= 0 && gap < 3, `the paragraph begins ${gap} from its edge`);
      assert.equal(await mirror.first().evaluate((root, name) => getComputedStyle([...root.querySelectorAll('*')].findLast((element) => element.textContent.startsWith(name))).direction, seed), direction);
      await lab.keep(`language-${code}-lesson-${width}.png`);
      assert.deepEqual(lab.errors, []);
      await lab.close();
    });

test('English fetches no letters', async () => {
  const lab = await LabPage.open(browser, server.origin, {path: '/?lang=en', width: 1280, height: 800, fast: true});
  const fetched = await lab.page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /letters-|bidi|languages/.test(name)));
  assert.deepEqual(fetched, []);
  await lab.close();
});

test('a language file that is put beside the others is spoken, with its plural forms and its comma', async () => {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}});
  await context.route('**/languages/qx.json', (route) => route.fulfill({contentType: 'application/json', body: JSON.stringify(invented())}));
  const page = await context.newPage();
  await page.goto(`${server.origin}/?lang=qx`);
  await page.waitForSelector('canvas[lang=qx]');
  const controls = () => page.evaluate(() => document.querySelector('canvas').stride.controls());
  let all = [];
  for (let tries = 0; tries < 100 && !all.some((c) => /\((one|few|many|other)\)/.test(c.value)); ++tries) {
    await page.waitForTimeout(100);
    all = await controls();
  }
  assert.ok(all.some((c) => /\((few|many)\)/.test(c.value)), 'a plural form that English lacks');
  assert.ok(all.some((c) => /\d,\d/.test(c.value)), 'a decimal comma');
  assert.deepEqual(all.filter((c) => c.visible && /\d\.\d/.test(c.value)).map((c) => `${c.name}: ${c.value}`), []);
  assert.deepEqual(all.filter((c) => c.visible && c.clipped).map((c) => c.name), []);
  await keepPicture(page, 'language-invented.png');
  await context.close();
});
