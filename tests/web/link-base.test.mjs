// What the links of an element begin with.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {choiceFaults, linkBase} from '../../web/element/choices.js';
import {standIn} from './stand_in.mjs';

const element = (base) => ({getAttribute: (name) => name === 'link-base' ? base : null});

test('the page beside the element, unless link-base names another; what is no address leaves links out and is told', (t) => {
  standIn(t, {document: {baseURI: 'https://school.example/course/page.html'}});
  assert.match(linkBase(element(null)), /^file:.*index\.html$/);
  assert.equal(linkBase(element('https://lab.example/index.html?x=1#y')), 'https://lab.example/index.html');
  assert.equal(linkBase(element('../stride/index.html')), 'https://school.example/stride/index.html');
  assert.deepEqual(choiceFaults(element('../stride/index.html')), []);
  assert.equal(linkBase(element('')), '');
  assert.deepEqual(choiceFaults(element('')), []);
  for (const wrong of ['javascript:alert(1)', 'https://', 'data:text/html,x']) {
    assert.equal(linkBase(element(wrong)), '', wrong);
    assert.match(choiceFaults(element(wrong))[0], /^link-base: expected the address/, wrong);
  }
});
