// Every file that a first visit fetches, missing, cut off, of another version, forbidden and late: either the lab comes, or a sentence that
// names the reason, with a way to try again.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {drawsLittle, labTests, launch, notice, serve, WEB} from './helpers.mjs';

const withLab = labTests({before, after, assert});

const AT_ONCE = 4;  // pages
const MODULE = 'text/javascript', TYPES = {css: 'text/css', wasm: 'application/wasm', js: MODULE, svg: 'image/svg+xml'};
const BROKEN = /one of its files is missing or damaged/, LATE = /has not come yet/;
const UNREACHED = /stride-program\.wasm cannot be fetched/, DAMAGED = /damaged or of different versions/;
// What the lab does without: it comes unwatched, or without its sign or its mirror.
const SPARED = new Set(['first.js', 'icon.svg', 'mirror.js']);
const FAULTS = {
  missing: () => ({status: 404, body: 'gone'}),
  'cut off': (name) => {
    const whole = readFileSync(join(WEB, name));
    return {body: whole.subarray(0, whole.length / 2), contentType: TYPES[name.split('.').pop()]};
  },
  'of another version': (name) => ({body: name.endsWith('.wasm') ? Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]) : 'export {};', contentType: TYPES[name.split('.').pop()]}),
  'a page to log in': () => ({body: '<!doctype html><title>Log in</title>', contentType: 'text/html'}),
  forbidden: () => 'abort',
  late: () => 'hang',
};

let server, browser, files;
before(async () => {
  server = await serve();
  browser = await launch();
  const page = await browser.newPage(), seen = new Set();
  page.on('request', (request) => seen.add(new URL(request.url()).pathname.slice(1)));
  await page.goto(server.origin);
  await page.waitForSelector('html[data-state=ready]', {timeout: 60000});
  await page.waitForSelector('.mirror', {state: 'attached', timeout: 60000});
  await page.close();
  const known = readdirSync(WEB);
  files = [...seen].filter((name) => known.includes(name));
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/// What the page says, or 'ready', of a visit where one file is answered so; on a busy machine it may say first that it is late.
async function visit(name, fault, wanted) {
  const context = await browser.newContext({viewport: {width: 600, height: 400}}), page = await context.newPage();
  await drawsLittle(context);
  try {
    await page.route(`**/${name}`, (route) => {
      if (fault === 'hang') return undefined;
      return fault === 'abort' ? route.abort('blockedbyclient') : route.fulfill(fault);
    });
    await page.goto(server.origin, {waitUntil: 'commit'});
    for (const end = Date.now() + 60000;;) {
      await page.waitForFunction(() => /ready|failed/.test(document.documentElement.dataset.state), null, {timeout: 60000});
      const [state, words, ways] = await page.evaluate(() => [
        document.documentElement.dataset.state, document.getElementById('message')?.textContent, document.querySelectorAll('.stage button').length]);
      // Without its styles the page works beside the sentence.
      const said = state === 'ready' && !ways ? state : `${words}${ways ? '' : ' and no way to try again'}`;
      if (wanted.test(said) || !LATE.test(said) || Date.now() > end) return said;
      await new Promise((done) => setTimeout(done, 200));
    }
  } finally {
    await context.close();
  }
}

function expected(name, kind) {
  if (SPARED.has(name)) return /^ready$/;
  // One that does nothing at all is waited for.
  if (kind === 'late' || (kind === 'of another version' && name === 'stride.js')) return LATE;
  if (!name.endsWith('.wasm')) return BROKEN;
  return kind === 'missing' || kind === 'forbidden' ? UNREACHED : DAMAGED;
}

for (const [kind, fault] of Object.entries(FAULTS))
  test(`any file of the page ${kind}: the reason in words, or the lab`, async () => {
    assert.ok(files.length > 7, files.join());
    const wrong = [], waiting = [...files];
    await Promise.all(Array.from({length: AT_ONCE}, async () => {
      for (let name; (name = waiting.pop());) {
        // A style sheet without rules, and one that is half there, is a style sheet.
        if (name.endsWith('.css') && kind !== 'missing' && kind !== 'forbidden') continue;
        if (name === 'first.js' && kind === 'late') continue;  // the browser itself waits for it, before there is a page
        const wanted = expected(name, kind), said = await visit(name, fault(name), wanted).catch((error) => error.message);
        if (!wanted.test(said)) wrong.push(`${name}: ${said}`);
      }
    }));
    assert.deepEqual(wrong, []);
  });

test('what else one takes away cannot be fetched: the scenario is saved, and a sentence says so', () => withLab({}, async (lab) => {
  await lab.page.route('**/take-away.js', (route) => route.abort());
  await lab.page.focus('canvas');
  const file = lab.page.waitForEvent('download');
  await lab.page.keyboard.press('Control+s');
  await file;
  await lab.until(() => notice(lab), ([words]) => /cannot be fetched now: .*take-away\.js/.test(words?.name), 'the sentence');
  lab.errors = lab.errors.filter((words) => !/ERR_FAILED/.test(words));
}));
