// Lines that are written from right to left: fetched with the languages that are.
import bidiFactory from './bidi.js';

const bidi = bidiFactory(), turned = new Map();
// Numbers and letters with signs between them, as 2 (1 + μ)/λ = 0.05, are read from left to right wherever they stand.
const SUM = /[−√(\w\u0370-\u03ff](?:[−√()\w\u0370-\u03ff²³^×·+=<>≤≥≈←/ ]|\.(?=\d))*[)\w\u0370-\u03ff²³]/g, OPERATOR = /[×·+=<>≤≥≈←/]| − /;

function apart(sum) {
  if (!OPERATOR.test(sum)) return sum;
  const count = (bracket) => sum.split(bracket).length;
  let before = '', after = '';
  for (; sum.startsWith('(') && count('(') > count(')'); sum = sum.slice(1)) before += '(';
  for (; sum.endsWith(')') && count(')') > count('('); sum = sum.slice(0, -1)) after += ')';
  return `${before}\u2066${sum}\u2069${after}`;
}

/// A line, its letters in the order in which they stand from left to right.
export function order(line) {
  if (!turned.has(line)) {
    if (turned.size > 2000) turned.clear();
    // A mark keeps the sign of a number before it.
    const marked = line.replace(SUM, apart).replace(/−(?=[\d∞])/g, '\u200e−');
    turned.set(line, bidi.getReorderedString(marked, bidi.getEmbeddingLevels(marked, 'rtl')).replace(/[\u200e\u2066\u2069]/g, ''));
  }
  return turned.get(line);
}
