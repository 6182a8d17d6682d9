// Languages: which one is wanted, and its texts and lessons, fetched once for all labs of a page. English texts lie within the program.
import {fetchFile} from './files.js';

const CODES = ['en', 'de', 'es', 'zh', 'he'], FONTS = ['zh', 'he'], RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur', 'yi'];
const PATIENCE = 15000, PATIENCE_FOR_WORDS = 2000;  // milliseconds
const files = new Map(), asked = new Set();

const short = (code) => String(code ?? '').toLowerCase().split('-')[0];

/// "de-AT" is "de"; what is not ours is ''.
const ours = (code) => CODES.find((own) => own === short(code)) ?? '';

/// One that the address asks for by name may have a file of somebody else's beside ours.
function wanted(code) {
  const own = short(code);
  if (!/^[a-z]{2,3}$/.test(own)) return '';
  asked.add(own);
  return own;
}

function kept() {
  try {
    return localStorage.getItem('stride-language');
  } catch {
    return null;  // storage is refused
  }
}

/// The code of the language to begin with.
export function chooseLanguage({lang, link = ''}) {
  const query = link.includes('?') ? new URLSearchParams(link.slice(link.indexOf('?')).split('#')[0]).get('lang') : '';
  return ours(lang) || wanted(query) || [kept(), ...(navigator.languages ?? [])].map(ours).find(Boolean) || 'en';
}

/// Whether there is a file of ours for this code.
export const isOurs = (code) => CODES.includes(code);

export const directionOf = (code) => RIGHT_TO_LEFT.includes(short(code)) ? 'rtl' : 'ltr';

let turn = (line) => line;

/// A line of a language that is written from right to left, its letters in the order in which they stand from left to right.
export const order = (line) => turn(line);

/// What a language needs besides its texts: letters that the browser may lack, and their order. Without the letters its own have to serve.
async function bringLetters(code) {
  if (directionOf(code) === 'rtl') turn = (await import('./right-to-left.js')).order;
  if (!FONTS.includes(code)) return;
  try {
    const response = await fetchFile(`letters-${code}.bin`, {signal: AbortSignal.timeout?.(PATIENCE)});
    if (response.ok) document.fonts.add(await new FontFace('Stride', await response.arrayBuffer()).load());
  } catch {
    // The browser's own letters.
  }
}

/// The language's file as text, null where there is none or it can't be had; '' for English, whose file holds `lessons` alone.
export async function fetchLanguage(code, lessons = false) {
  if (code === 'en' && !lessons) return '';
  if (!isOurs(code) && !asked.has(code)) return null;
  if (!files.has(code)) files.set(code, get(code));
  const text = await files.get(code);
  if (text === null) files.delete(code);
  return text;
}

/// A sentence of the page itself, where the lab cannot say it: in the language, or in English where that can't be had soon.
export async function translated(code, english) {
  const text = await Promise.race([fetchLanguage(code), new Promise((late) => setTimeout(late, PATIENCE_FOR_WORDS))]);
  return text ? JSON.parse(text).texts[english] ?? english : english;
}

async function get(code) {
  try {
    const response = await fetchFile(`languages/${code}.json`, {signal: AbortSignal.timeout?.(PATIENCE)});
    const text = await response.text();
    // A host may answer with a page of its own, to log in or to say that there is no such file.
    if (!response.ok || JSON.parse(text).language !== code) return null;
    await bringLetters(code);
    return text;
  } catch {
    return null;
  }
}
