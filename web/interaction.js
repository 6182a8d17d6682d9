// A lesson's question, and a learner's answer to it, as xAPI tells interactions (Experience API 1.0.3, part 2, appendix C).

const letter = (index) => String.fromCharCode(97 + index);

/// Of the detail of an event `answered`, with words in the language of the lab: {definition, response}.
export function interactionOf({question, choices, response}, lang) {
  const words = (text) => ({[lang]: text});
  return {
    definition: {
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction', description: words(question), interactionType: choices ? 'choice' : 'numeric',
      ...(choices && {choices: choices.map((text, index) => ({id: letter(index), description: words(text)}))}),
    },
    response: choices ? letter(choices.indexOf(response)) : String(response),
  };
}
