// Letters that the lab's own fonts lack, in names of people's own: the browser has them all.

const FIRST = 0xe000, MOST = 4096;  // what stands for a word lies where there is no writing, below the lab's own symbols
const RIGHT_TO_LEFT = '[\\u0590-\\u08ff\\ufb1d-\\ufefc]';
// What letters in a row do not make: what runs from right to left, what is joined, what several characters are one sign of.
const JOINED = new RegExp(`${RIGHT_TO_LEFT}(?:[^\\n\\u{1f000}-\\u{1ffff}]*${RIGHT_TO_LEFT})?|[\\u0900-\\u1cff]+|[\\u{1f1e6}-\\u{1f1ff}]{2}|.(?:\\p{M}|\\u200d.|\\p{EMod})+`, 'gu');
const words = [];
let pen;

/// Has one letter for each of these.
export const join = (text) => text.replace(JOINED, (word) => {
  let i = words.indexOf(word);
  if (i < 0 && words.length < MOST) i = words.push(word) - 1;
  return i < 0 ? word : String.fromCharCode(FIRST + i);
});

/// A letter in white, or in its own colours, on `pixels` (RGBA, rows of `width`; none: it is only measured) with its foot at the height
/// `size`. How far it reaches.
export function drawLetter(code, size, width, pixels) {
  pen ??= document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const letter = words[code - FIRST] ?? String.fromCodePoint(code), height = pixels.length / width / 4;
  if (height) Object.assign(pen.canvas, {width, height});
  Object.assign(pen, {font: size + 'px Stride, sans-serif', fillStyle: '#fff'});
  if (height) {
    pen.fillText(letter, 0, size);
    pixels.set(pen.getImageData(0, 0, width, height).data);
  }
  return pen.measureText(letter).width;
}
