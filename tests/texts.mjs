// Every text that the lab shows is in texts/catalogue.json, in every language, with the same places to fill; and nothing lies there
// that no one shows. A literal in the sources below is a text unless where it stands says otherwise.
//   node tests/texts.mjs COMMAND...   (`stride`, or how to run it: its `list` knows the tables' texts)
import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {WORDS} from '../web/element/words.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// A language is a file beside the catalogue; the sentences of some stand in the catalogue's rows.
const FILES = new Map(readdirSync('texts').filter((name) => /^[a-z]{2,3}\.json$/.test(name)).map((name) => [name.slice(0, -5), JSON.parse(readFileSync(`texts/${name}`, 'utf8'))]));
const LANGUAGES = [...FILES.keys()];
// record.cpp writes the record of controls for programs.
const sources_of = (room, ...except) => readdirSync(room, {recursive: true}).filter((name) => name.endsWith('.cpp') && !except.includes(name)).map((name) => `${room}/${name}`);
const SOURCES = [...sources_of('src/lab'), ...sources_of('src/ui', 'record.cpp'), ...sources_of('src/schedule_editing'),
                 'src/lesson/judge.cpp', 'src/lesson/advice.cpp', 'src/core/outcome.cpp', 'src/core/optimizers/explain.cpp', 'src/core/optimizers/second_order/explain_asking.cpp'];
// Much in these is said to programs: queries, markup. A text is what tr() is given and what a function names.
const TOLD = ['src/lesson/memory/quiz.cpp', 'src/lesson/memory/worksheet.cpp'], IS_TOLD = /\b(tr\(|return )\s*$/;
// What stands before a literal that no one reads: names of ImGui's windows, roles, groups, keys of tables and of storage.
const UNREAD = new RegExp([
  String.raw`ImGui::(Begin\w*|Open\w*|Is\w*|PushID|GetID|InputText\w*)\(\(?\s*$`,
  String.raw`\b(begin_area|area|show|takes_press|numbered|keyed|draw_track|load|store|save_file|number_of|study_settings|set|help)\($`,
  String.raw`find_\w+\((?:[^()]|\([^()]*\))*$`, String.raw`\bparam\(\w+, $`,
  String.raw`(?:study_settings|network_study)\((?:"[\w-]+"|[\w:]+),\s*\{(?:[^{}]|\{[^{}]*\})*\{$`, String.raw`\bsettle\([^()]*\{[^{}]*$`, String.raw`const char\* key : \{[^{}]*$`,
  String.raw`(group|symbol|key) (=|==|!=) $`, String.raw`group = "run" \? $`, String.raw`\bstorage = $`, String.raw`text (=|==|!=) $`,
  String.raw`(starts|ends)_with\($`, String.raw`string_view\([\w.]+\) == $`, String.raw`string_view\(o\.key\) != $`,
  String.raw`\btr_count\([^;"]*$`, String.raw`\bt == $`, String.raw`view\.theme == $`, String.raw`view\.theme = is_dark\([^)]*\) \? ("light" : )?$`, String.raw`\blr\.name = $`, String.raw`walk\(settings\.nested\[k\], nest, prefix \+ $`, String.raw`p\.term \? std::string\($`,
].join('|'));
const UNSHOWN = new Set(JSON.parse(readFileSync('texts/unshown.json', 'utf8')));

/// The string literals of a C++ source, neighbours joined, each with what stands before it on its statement.
function literals(source) {
  const found = [];
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\])'|R"(\w*)\(([\s\S]*?)\)\1"|"((?:\\.|[^"\\\n])*)"/g;
  for (let match; (match = token.exec(source));) {
    if (match[3] === undefined) continue;
    const before = source.slice(Math.max(0, match.index - 600), match.index);
    const last = found.at(-1);
    if (last && /^\s*$/.test(source.slice(last.end, match.index))) last.text += match[3], last.end = token.lastIndex;
    else found.push({text: match[3], before, end: token.lastIndex, line: source.slice(0, match.index).split('\n').length});
  }
  return found;
}

const unescaped = (text) => text.replace(/\\"/g, '"').replace(/\\n/g, '\n').replace(/\\\\/g, '\\');
const isText = ({text, before}) => /\p{L}{2}/u.test(text.replace(/\\x[0-9a-f]{2}/g, '').replace(/%[-.*\d]*[a-zA-Z]/g, '')) &&
    !/#include\s*$/.test(before) && !UNREAD.test(before);

/// The texts that are counted: the second one of tr_count.
const COUNTED = new Set();

function textsOfSources() {
  const texts = new Map();
  for (const file of [...SOURCES, ...TOLD])
    for (const literal of literals(readFileSync(file, 'utf8')).filter(isText)) {
      if (TOLD.includes(file) && !IS_TOLD.test(literal.before)) continue;
      const text = unescaped(literal.text);
      if (/\btr_count\([^;]*",\s*$/.test(literal.before)) COUNTED.add(text);
      if (!UNSHOWN.has(text)) texts.set(text, `${file}:${literal.line}`);
    }
  return texts;
}

/// What the lines of the optimizers' rules mean, and the names of the map's axes that are words.
function textsOfCore() {
  const texts = new Map();
  const collect = (file, where) => {
    for (const literal of literals(readFileSync(file, 'utf8')))
      if (where.test(literal.before) && isText(literal)) texts.set(unescaped(literal.text), `${file}:${literal.line}`);
  };
  for (const name of readdirSync('src/core/optimizers').filter((file) => /^optimizer_\w+\.(cpp|h)$/.test(file)))
    collect(`src/core/optimizers/${name}`, /\{"[^"]*",\s*"[^"]*",\s*$|const char\* \w+ =\s*$/);
  collect('src/core/recording/findings.cpp', /(\}|values),\s*$|[?:]\s*$/);
  collect('src/lesson/glossary.cpp', /(\{|",)\s*$/);
  collect('src/core/studies/study_axes.cpp', /(plain_axis\(|axis\{)Kind::\w+, "[\w.]+", $/);
  return texts;
}

/// What the desktop program adds, and the sentences that the page says where the lab can't.
function textsOfPlatforms() {
  const texts = new Map();
  for (const file of ['src/platform/desktop.cpp', 'src/platform/take_away.cpp'])
    for (const literal of literals(readFileSync(file, 'utf8')))
      if (/\btr\($/.test(literal.before)) texts.set(unescaped(literal.text), `${file}:${literal.line}`);
  for (const file of ['web/canvas.js', 'web/full.js', 'web/take-away.js', 'web/mirror.js', 'web/mirror/plots.js'])
    for (const [, sentence] of readFileSync(file, 'utf8').matchAll(/^const [A-Z_]+ = ((?:'[^']+'[\s+]*)+);$/gm))
      texts.set(sentence.replace(/'\s*\+\s*'/g, '').slice(1, -1), file);
  for (const literal of literals(readFileSync('src/platform/web_input.cpp', 'utf8')))
    if (/\btr\($/.test(literal.before.trimEnd())) texts.set(unescaped(literal.text), `src/platform/web_input.cpp:${literal.line}`);
  return texts;
}

/// The element's few words lie within itself: it says them before anything is fetched.
function checkElement(fault) {
  for (const code of ['en', ...LANGUAGES])
    for (const key of Object.keys(WORDS.en)) if (!WORDS[code]?.[key]) fault(`web/element/words.js: expected a word for ${key} in ${code}`);
}

const command = process.argv.slice(2);
const list = JSON.parse(execFileSync(command[0], [...command.slice(1), 'list'], {maxBuffer: 1 << 26}));

/// Names, help and units of the tables' rows and parameters.
function textsOfTables() {
  const texts = new Map();
  const add = (text, place) => text && texts.set(text, `stride list, ${place}`);
  for (const table of ['curves', 'surfaces', 'datasets', 'optimizers', 'schedules', 'schedule_presets'])
    for (const row of list[table]) {
      for (const text of [row.name, row.help]) add(text, row.key ?? table);
      for (const param of row.params ?? []) for (const text of [param.help, param.unit]) add(text, `${row.key}.${param.key}`);
    }
  // Of the studies the lab shows the settings of the range test.
  for (const param of list.studies.find((study) => study.key === 'range-test').params)
    if (param.key !== 'steps') add(param.help, `range-test.${param.key}`);
  return texts;
}

const places = (text) => (text.match(/\{\d\}/g) ?? []).sort().join();

/// The text of a language for an English one. What is counted has a form for each of the language's plural categories, and says the number
/// in all but "zero", "one" and "two".
function checkText(code, english, text) {
  const name = JSON.stringify(english);
  if (!text) return fault(`${code}: expected a text for ${name}`);
  const wrong = (form) => fault(`${code}: expected the places ${places(english)} of ${name} in ${JSON.stringify(form)}`);
  if (typeof text === 'string') return COUNTED.has(english) ? fault(`${code}: expected plural forms of ${name}`) : places(text) !== places(english) && wrong(text);
  const categories = [...Object.keys(FILES.get(code).plurals ?? {}), 'other'].sort().join();
  if (Object.keys(text).sort().join() !== categories) fault(`${code}: expected the forms ${categories} of ${name}`);
  for (const [category, form] of Object.entries(text)) if (places(form) !== places(english) && !['zero', 'one', 'two'].includes(category)) wrong(form);
}

const catalogue = JSON.parse(readFileSync('texts/catalogue.json', 'utf8'));
const known = new Map(catalogue.map((row) => [row.en, row]));
const wanted = new Map([...textsOfPlatforms(), ...textsOfTables(), ...textsOfCore(), ...textsOfSources()]);
let faults = 0;
const fault = (words) => { ++faults; console.error(words); };

if (process.env.STRIDE_MISSING) {
  // For whoever writes the catalogue: what is not in it yet, as rows.
  console.log([...wanted].filter(([text]) => !known.has(text)).map(([text, place]) => JSON.stringify({en: text, place})).join('\n'));
  process.exit(0);
}
for (const [text, place] of wanted) if (!known.has(text)) fault(`${place}: not in the catalogue: ${JSON.stringify(text)}`);
if (known.size !== catalogue.length) fault('the catalogue has a text twice');
for (const row of catalogue) {
  const name = JSON.stringify(row.en);
  if (!wanted.has(row.en)) fault(`nobody shows ${name}`);
  if (row.same) continue;  // a name, the same in every language
  for (const code of LANGUAGES) checkText(code, row.en, row[code] ?? FILES.get(code).texts[row.en]);
}
for (const [code, {language, name, texts}] of FILES) {
  if (language !== code || !name) fault(`texts/${code}.json: expected its language and what its speakers call it`);
  for (const english of Object.keys(texts)) if (!known.has(english)) fault(`texts/${code}.json: nobody shows ${JSON.stringify(english)}`);
}
// Keys of parameters and types, which the widgets are handed like words, are PyTorch's and stay.
const keys = [...list.optimizers, ...list.schedules].flatMap((row) => [row.key, ...row.params.flatMap((param) => [param.key, ...(param.choices ?? [])])]);
for (const key of keys) if (known.get(key)?.de) fault(`${JSON.stringify(key)} is the name of a parameter and must not be translated: tell the text apart with a bar`);
checkElement(fault);
console.log(`${catalogue.length} texts in ${LANGUAGES.length + 1} languages`);
process.exit(faults ? 1 : 0);
