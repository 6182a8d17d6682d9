// A made-up language, in a file as a translator writes one: every text longer and in letters that tell where one is missing, and four plural
// categories.
//   node tests/invented.mjs > build/web/languages/qx.json
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const ACCENTS = {a: 'å', e: 'é', i: 'î', o: 'ö', u: 'û', n: 'ñ', c: 'ç', y: 'ý', A: 'Å', E: 'É', I: 'Î', O: 'Ö', U: 'Û'};
// What follows a bar tells meanings apart; places stay.
const stretched = (english) => english.split('|')[0].replace(/\{\d\}|[a-zA-Z]/g, (c) => ACCENTS[c] ?? c).replace(/\p{L}{4,}/u, (word) => word + 'ü'.repeat(Math.ceil(word.length * 0.2)));
const catalogue = JSON.parse(readFileSync(fileURLToPath(new URL('../texts/catalogue.json', import.meta.url)), 'utf8'));
const forms = (english) => Object.fromEntries(['one', 'few', 'many', 'other'].map((form) => [form, `${stretched(english)} (${form})`]));

export const invented = () => ({
  language: 'qx', name: 'Îñvéñtéd', decimal: ',', group: '\u2009',
  plurals: {one: 'i = 1 and v = 0', few: 'v = 0 and i % 10 = 2..4 and i % 100 != 12..14', many: 'v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14'},
  texts: Object.fromEntries(catalogue.filter((row) => !row.same).map((row) => [row.en, typeof row.de === 'object' ? forms(row.en) : stretched(row.en)])),
  lessons: {},
});

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(invented()));
