// Languages: which one is wanted, and its texts and lessons, fetched once for all labs of a page. English texts lie within the program.
import {fetchFile} from './files.js';

const CODES = ['en', 'de', 'es'];
const PATIENCE = 15000, PATIENCE_FOR_WORDS = 2000;  // milliseconds
const files = new Map();

/// "de-AT" is "de"; what is not ours is ''.
const ours = (code) => CODES.find((own) => own === String(code ?? '').toLowerCase().split('-')[0]) ?? '';

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
  return [lang, query, kept(), ...(navigator.languages ?? [])].map(ours).find(Boolean) ?? 'en';
}

/// Whether there is a file for this code.
export const isOurs = (code) => CODES.includes(code);

/// The language's file as text, null where there is none or it can't be had; '' for English, whose file holds `lessons` alone.
export async function fetchLanguage(code, lessons = false) {
  if (code === 'en' && !lessons) return '';
  if (!isOurs(code)) return null;
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
    return response.ok && JSON.parse(text).language === code ? text : null;
  } catch {
    return null;
  }
}
