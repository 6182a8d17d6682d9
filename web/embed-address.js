// What the address of embed.html may say.

const oneOf = (...values) => ({expected: `one of ${values.join(', ')}`, fits: (text) => values.includes(text)});
const words = {expected: 'words with spaces or commas between them', fits: (text) => /^[a-z ,]{0,200}$/.test(text)};
const httpOrigin = (text) => {
  try {
    return /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
  } catch {
    return false;
  }
};

/// Parameters that are this page's. Everything else is the scenario's (surface, optimizer, lr, schedule, ...): the lab checks those
/// against its own tables, and passes over what is in none.
export const PARAMETERS = {
  panels: words,
  locked: words,
  theme: oneOf('auto', 'light', 'dark', 'projector'),
  curve: {expected: 'the name of a curve', fits: (text) => /^[a-z0-9_]{0,40}$/.test(text)},
  fit: {...oneOf('', 'line', 'sigmoid'), expected: 'line or sigmoid'},
  network: {...oneOf('', 'tanh', 'relu', 'sigmoid'), expected: 'tanh, relu or sigmoid'},
  data: {expected: 'the name of a data set, or JSON', fits: (text) => /^([a-z]{1,40}|\{[^]{0,100000}\})$/.test(text)},
  layers: {expected: 'whole numbers with spaces or commas between them', fits: (text) => /^\d{1,2}([ ,]+\d{1,2}){1,7}$/.test(text)},
  lang: {expected: 'a language, as de', fits: (text) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text)},
  lesson: {expected: 'the number of a lesson or a .md file beside embed.html', fits: (text) => /^(\d{1,3}|(?!\/|.*\.\.)[\w./-]{1,200}\.md)$/.test(text)},
  reveal: oneOf('auto', 'interaction'),
  workers: {expected: 'a number from 0 to 8', fits: (text) => /^[0-8]$/.test(text)},
  origin: {expected: 'an origin, as https://school.example', fits: httpOrigin},
  resize: oneOf('0', '1'),
};

const decoded = (text) => [...new URLSearchParams(text)][0] ?? ['', ''];

/// {page: the parameters of this page, faults: a sentence each, scenario: a link with everything else as it was written, '' where there is
/// nothing}.
export function readAddress(query, hash) {
  const page = {}, faults = [], rest = [];
  for (const part of query.replace(/^\?/, '').split('&').filter(Boolean)) {
    const [name, value] = decoded(part);
    if (!Object.hasOwn(PARAMETERS, name)) {
      rest.push(part);
      continue;
    }
    const {expected, fits} = PARAMETERS[name];
    if (Object.hasOwn(page, name)) faults.push(`${name}: expected once, got it twice`);
    else if (!fits(value)) faults.push(`${name}: expected ${expected}, got "${value.slice(0, 60)}"`);
    else page[name] = value;
  }
  return {page, faults, scenario: rest.length || hash.startsWith('#s=') ? `?${rest.join('&')}${hash}` : ''};
}
