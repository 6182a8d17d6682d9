// Answers as xAPI tells them.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {interactionOf} from '../../web/interaction.js';

test('a choice is one of the letters that the statement itself explains', () => {
  const {definition, response} = interactionOf({question: 'And at 0.21?', choices: ['Out', 'Sooner'], response: 'Sooner'}, 'en');
  assert.equal(response, 'b');
  assert.equal(definition.type, 'http://adlnet.gov/expapi/activities/cmi.interaction');
  assert.equal(definition.interactionType, 'choice');
  assert.deepEqual(definition.description, {en: 'And at 0.21?'});
  assert.deepEqual(definition.choices, [{id: 'a', description: {en: 'Out'}}, {id: 'b', description: {en: 'Sooner'}}]);
});

test('a drawing is the number that it ends at', () => {
  const {definition, response} = interactionOf({question: 'Wo endet er?', response: 0.25}, 'de');
  assert.deepEqual(definition, {type: 'http://adlnet.gov/expapi/activities/cmi.interaction', description: {de: 'Wo endet er?'}, interactionType: 'numeric'});
  assert.equal(response, '0.25');
});
