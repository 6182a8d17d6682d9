// Packs one lesson for a course system: as SCORM 1.2 (a zip that reports score and completion) or as H5P (which reports them as xAPI).
//   node tools/course.mjs scorm|h5p --lesson 3|mine.md [--lang de] [--out lesson.zip] [--module build/packages/stride-lab-notebook.js]
// Both hold the whole lab and ask for nothing. H5P takes no .wasm and no .html: there the lab is one script, and so it is here.
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {zip} from './zip.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url)), COURSE = join(ROOT, 'tools/course');
const args = process.argv.slice(2), kind = args[0];
const option = (name, fallback) => args.includes(name) ? args[args.indexOf(name) + 1] : fallback;
const asked = option('--lesson', ''), lang = option('--lang', 'en');

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

/// The lesson's text and the header in JSON that it begins with.
function readLesson() {
  const folder = join(ROOT, 'web/lessons', lang), own = asked.endsWith('.md');
  let file = asked;
  if (!own) {
    const languages = readdirSync(join(folder, '..'));
    if (!languages.includes(lang)) fail(`--lang: expected one of ${languages.join(', ')}, got ${lang}`);
    const names = readdirSync(folder).filter((name) => name.endsWith('.md')).sort();
    if (!names[asked - 1]) fail(`--lesson: expected a number from 1 to ${names.length} or a .md file, got ${asked || 'nothing'}`);
    file = join(folder, names[asked - 1]);
  }
  const text = readFileSync(file, 'utf8'), header = /^---\n([^]*?)\n---\n/.exec(text);
  if (!header) fail(`${file}: expected a header in JSON between two lines ---`);
  return {text, own, header: JSON.parse(header[1])};
}

const escaped = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const course = (name) => readFileSync(join(COURSE, name), 'utf8');
const {text, own, header} = readLesson();
/// What the course's own script is told: the lesson, and which parts count.
const about = {lesson: own ? 0 : Number(asked), lang, title: header.title, markdown: own ? text : '', question: Boolean(header.prediction), number: Boolean(header.goal?.ask), goal: Boolean(header.goal)};
const lab = readFileSync(option('--module', join(ROOT, 'build/packages/stride-lab-notebook.js')));

const makers = {
  scorm: () => [`lesson-${own ? 'own' : asked}-scorm12.zip`, new Map([
    ['imsmanifest.xml', course('imsmanifest.xml').replaceAll('THE_TITLE', () => escaped(header.title))],
    ['index.html', course('index.html').replaceAll('THE_LANGUAGE', lang).replaceAll('THE_DIRECTION', lang === 'he' ? 'rtl' : 'ltr').replaceAll('THE_TITLE', () => escaped(header.title))],
    ['about.js', `export default ${JSON.stringify(about)};\n`],
    ['scorm.js', course('scorm.js')],
    ['stride-lab.js', lab],
  ])],
  // Of a minor version 0 players make H5P.StrideLab-1.undefined.
  h5p: () => [`lesson-${own ? 'own' : asked}.h5p`, new Map([
    ['h5p.json', JSON.stringify({title: header.title, language: lang, mainLibrary: 'H5P.StrideLab', embedTypes: ['iframe'], license: 'U',
      preloadedDependencies: [{machineName: 'H5P.StrideLab', majorVersion: 1, minorVersion: 1}]})],
    ['content/content.json', JSON.stringify(about)],
    ['H5P.StrideLab-1.1/library.json', course('library.json')],
    ['H5P.StrideLab-1.1/semantics.json', course('semantics.json')],
    ['H5P.StrideLab-1.1/h5p.js', course('h5p.js')],
    ['H5P.StrideLab-1.1/interaction.js', readFileSync(join(ROOT, 'web/interaction.js'), 'utf8')],
    ['H5P.StrideLab-1.1/stride-lab.js', lab],
  ])],
};
if (!makers[kind]) fail(`expected scorm or h5p, got ${kind ?? 'nothing'}`);
const [name, files] = makers[kind](), out = option('--out', join(ROOT, 'build/packages', name)), bytes = zip(files);
writeFileSync(out, bytes);
console.log(`${out}  ${(bytes.length/1024).toFixed(0)} KB`);
