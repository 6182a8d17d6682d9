// What the lab asks of the browser, where the browser refuses it, and how often it asks.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {makeHost, openFiles} from '../../web/host.js';
import {clock, standIn, storage} from './stand_in.mjs';

const hostOf = (options = {}, more = {}) => makeHost({canvas: {style: {}}, options, module: {}, ...more});

test('storage that is refused is no fault: what is chosen lasts as long as the page', (t) => {
  standIn(t, {localStorage: storage({}, true)});
  const host = hostOf({fills: true});
  assert.equal(host.load('key'), '');
  assert.equal(host.storedTheme(), 'auto');
  host.store('key', 'value');
  host.keepTheme('dark');
  assert.equal(host.load('key'), 'value');
  assert.equal(host.storedTheme(), 'dark');
});

test('a theme is kept by the lab that fills its page, and only one that there is', (t) => {
  const kept = storage();
  standIn(t, {localStorage: kept});
  const page = hostOf({fills: true}), guest = hostOf({});
  guest.keepTheme('light');
  assert.deepEqual(kept.contents, {});
  page.keepTheme('dark');
  assert.equal(page.storedTheme(), 'dark');
  assert.equal(guest.storedTheme(), 'auto');
  kept.setItem('stride-theme', 'sepia');
  assert.equal(page.storedTheme(), 'auto');
  page.store('notes', 'words');
  assert.equal(page.load('notes'), 'words');
});

test('what the options leave out is empty, and what they say is handed on', () => {
  const empty = hostOf();
  for (const name of ['linkBase', 'startLink', 'panels', 'locked']) assert.equal(empty[name](), '', name);
  const told = [];
  const full = hostOf({linkBase: 'https://a.example/', link: '?lr=1', panels: 'surface', locked: 'rate', onEvent: (event) => told.push(event)});
  assert.deepEqual([full.linkBase(), full.startLink(), full.panels(), full.locked()], ['https://a.example/', '?lr=1', 'surface', 'rate']);
  full.event({type: 'progress', step: 3});
  empty.event({type: 'progress', step: 3});  // nobody listens
  assert.deepEqual(told, [{type: 'progress', step: 3}]);
});

test('preferences are the browser\'s', (t) => {
  const asked = [];
  standIn(t, {matchMedia: (query) => (asked.push(query), {matches: query.includes('dark')})});
  assert.equal(hostOf().prefersDark(), true);
  assert.equal(hostOf({isDark: () => undefined}).prefersDark(), true);
  assert.equal(hostOf({isDark: () => false}).prefersDark(), false, 'the page around comes first');
  assert.equal(hostOf().prefersReducedMotion(), false);
  assert.deepEqual(asked, ['(prefers-color-scheme: dark)', '(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)']);
});

test('the address bar changes at once, then at most every 400 ms, and ends with the last link', (t) => {
  const pass = clock(t);
  const shown = [];
  const {showLink} = hostOf({onLink: (link) => shown.push(link)});
  showLink('a');
  pass(0);
  assert.deepEqual(shown, ['a']);
  for (const link of 'bcdefg') {
    showLink(link);
    pass(50);
  }
  assert.deepEqual(shown, ['a']);
  pass(100);
  assert.deepEqual(shown, ['a', 'g']);
  pass(1000);
  showLink('h');
  pass(0);
  assert.deepEqual(shown, ['a', 'g', 'h']);
});

test('text is copied by the clipboard, and by command where that is refused or missing', async (t) => {
  const copied = [];
  const area = {style: {}, select: () => {}, remove: () => {}};
  let focus = 0;
  standIn(t, {document: {
    createElement: () => area, activeElement: {focus: () => ++focus}, body: {append: () => {}},
    execCommand: () => copied.push(`command: ${area.value}`),
  }});
  const withClipboard = (clipboard) => standIn(t, {navigator: {clipboard}});
  withClipboard({writeText: async (words) => { copied.push(`clipboard: ${words}`); }});
  hostOf().copyText('one');
  withClipboard({writeText: async () => { throw new Error('NotAllowedError'); }});
  hostOf().copyText('two');
  await new Promise((done) => setImmediate(done));
  withClipboard(undefined);
  hostOf().copyText('three');
  assert.deepEqual(copied, ['clipboard: one', 'command: two', 'command: three']);
  assert.equal(focus, 2);
});

test('files are handed to the lab by their names, no more of it than the reader takes', async () => {
  const opened = [];
  const module = {openDocument: (text, name) => opened.push([text.length, name])};
  await openFiles(module, [new File(['{"stride": 1}'], 'mine.json'), new File(['x'.repeat(20 << 20)], 'film.mp4')]);
  assert.deepEqual(opened[0], [13, 'mine.json']);
  assert.equal(opened[1][1], 'film.mp4');
  assert.ok(opened[1][0] > 16 << 20 && opened[1][0] < 17 << 20);
});
