// Which language the page begins with, and how its file is fetched.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {chooseLanguage, fetchLanguage, translated} from '../../web/language.js';
import {standIn, storage} from './stand_in.mjs';

/// A host of language files: counts what is asked of it.
function host(t, answer) {
  const asked = [];
  standIn(t, {fetch: async (address) => {
    asked.push(new URL(address).pathname.split('/').pop());
    return answer(asked.at(-1));
  }});
  return asked;
}

const file = (code, texts) => new Response(JSON.stringify({language: code, texts, lessons: {}}));

test('first what the page asks for, then the link, the last choice, the browser; else English', (t) => {
  const begin = (lang, link, kept, browser) => {
    standIn(t, {localStorage: storage(kept ? {'stride-language': kept} : {}), navigator: {languages: browser}});
    return chooseLanguage({lang, link});
  };
  assert.equal(begin('es', '?lang=de', 'de', ['de']), 'es');
  assert.equal(begin('', '?surface=beale&lang=de#s=x', 'es', ['es']), 'de');
  assert.equal(begin(undefined, '?surface=beale', 'es', ['de']), 'es');
  assert.equal(begin(null, '', '', ['fr-CA', 'de-AT', 'es']), 'de');
  assert.equal(begin('fr', '', 'xx', ['ja']), 'en');
  assert.equal(begin('fr', '?lang=pt', 'de', ['de']), 'pt', 'whose file somebody may have put beside ours');
  assert.equal(begin('', '?lang=../de', '', []), 'en');
  assert.equal(begin('ES-mx', '', '', []), 'es');
  assert.equal(begin(undefined, '', '', undefined), 'en');
  assert.equal(begin(undefined, '#s=lang=de', '', []), 'en');
});

test('where storage is refused the browser is asked', (t) => {
  standIn(t, {localStorage: storage({}, true), navigator: {languages: ['de']}});
  assert.equal(chooseLanguage({}), 'de');
});

test('English texts lie within the program, other languages are fetched once, none of ours is not', async (t) => {
  const asked = host(t, () => file('de', {Step: 'Schritt'}));
  assert.equal(await fetchLanguage('en'), '');
  assert.equal(await fetchLanguage('fr'), null);
  assert.equal(await fetchLanguage('../de'), null);
  assert.deepEqual(asked, []);
  const [one, two] = await Promise.all([fetchLanguage('de'), fetchLanguage('de')]);
  assert.equal(one, two);
  assert.equal(JSON.parse(one).texts.Step, 'Schritt');
  assert.deepEqual(asked, ['de.json']);
  assert.equal(await translated('de', 'Step'), 'Schritt');
  assert.equal(await translated('de', 'No such text'), 'No such text');
  assert.equal(await translated('en', 'Step'), 'Step');
  assert.deepEqual(asked, ['de.json']);
});

test('a file that cannot be had is null, and is asked for again', async (t) => {
  let answers = [() => new Response('', {status: 404}), () => { throw new TypeError('Failed to fetch'); }, () => file('es', {Step: 'Paso'})];
  const asked = host(t, () => answers.shift()());
  assert.equal(await fetchLanguage('es'), null);
  assert.equal(await translated('es', 'Step'), 'Step');
  assert.equal(await translated('es', 'Step'), 'Paso');
  assert.equal(asked.length, 3);
  answers = [];
  assert.equal(await translated('es', 'Step'), 'Paso');
});
