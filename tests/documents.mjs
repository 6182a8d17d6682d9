// What the documents list is what the program has: the tables of docs/scenario.md are those of `stride list`, README names every command and
// study; every scenario that a document shows is read, every command that one names is there, and every file that one points to.
//   node tests/documents.mjs COMMAND...   (`stride`, or how to run it)
//   node tests/documents.mjs --write COMMAND...   puts the tables into docs/scenario.md
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {IN_PAGES, reference} from './bits/questions.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const words = process.argv.slice(2), write = words[0] === '--write';
const [program, ...first] = write ? words.slice(1) : words;
const stride = (...args) => execFileSync(program, [...first, ...args], {encoding: 'utf8', maxBuffer: 1 << 24});
const list = JSON.parse(stride('list'));
const FORMAT = 'docs/scenario.md';
const DOCUMENTS = readdirSync('.').filter((name) => name.endsWith('.md')).concat(readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`));

const cell = (text) => String(text).replaceAll('|', '\\|');
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const numbers = (values) => `[${values.join(', ')}]`;

function range(p) {
  if (p.choices) return p.choices.map((choice) => `\`${choice}\``).join(', ');
  if (p.kind === 'toggle') return '`true`, `false`';
  const low = p.min === undefined ? '' : `${p.exclusive_min ? '>' : '≥'} ${p.min}`, high = p.max === undefined ? '' : `${p.exclusive_max ? '<' : '≤'} ${p.max}`;
  const whole = p.kind === 'integer' || p.kind === 'integers' ? 'whole' : '';
  return [whole, low, high].filter(Boolean).join(', ');
}

function parameter(p) {
  const value = p.default === null || (Array.isArray(p.default) && p.default.length === 0) ? '–' : typeof p.default === 'string' ? `\`${p.default}\`` : JSON.stringify(p.default).replaceAll(',', ', ');
  const limits = range(p);
  return `\`${p.key}\` ${value}${limits ? ` (${limits})` : ''}`;
}

const types = (rows) => table(['type', '', 'parameters'], rows.map((r) => [`\`${r.key}\``, cell(`${r.help} ${r.source === 'none' ? '' : `*${r.source}*`}`.trim()), r.params.map(parameter).join('<br>')]));
const tables = {
  surfaces: () => table(['name', 'f(x, y)', 'domain', 'start', 'rate of SGD'],
      list.surfaces.map((s) => [`\`${s.key}\``, cell(s.formula), numbers(s.domain), numbers(s.start), s.lr])),
  curves: () => table(['name', 'f(x)', 'domain', 'start', 'rate of SGD'],
      list.curves.map((c) => [`\`${c.key}\``, cell(c.formula), numbers(c.domain), c.start, c.lr])),
  functions: () => `Functions: ${list.expression.functions.map((name) => `\`${name}\``).join(', ')}.`,
  optimizers: () => types(list.optimizers),
  schedules: () => types(list.schedules),
  schedule_presets: () => table(['preset', 'of'], list.schedule_presets.map((p) => [cell(p.name), cell(p.source)])),
  studies: () => types(list.studies),
  network_studies: () => types(list.network_studies),
  datasets: () => table(['name', '', 'inputs', 'classes', 'samples'], list.datasets.map((d) => [`\`${d.key}\``, cell(d.help), d.inputs, d.classes, d.samples])),
};

const faults = [];
for (const [name, rows] of Object.entries(list))
  if (Array.isArray(rows) && !tables[name]) faults.push(`tests/documents.mjs: \`stride list\` has ${name}, of which there is no table`);

/// `<!-- table NAME -->` and what follows up to the next `<!-- end -->`.
function check_tables() {
  const text = readFileSync(FORMAT, 'utf8'), found = [];
  const filled = text.replace(/(<!-- table (\w+) -->\n)([\s\S]*?)(<!-- end -->)/g, (_, begin, name, __, end) => {
    found.push(name);
    return `${begin}${tables[name]()}\n${end}`;
  });
  for (const name of Object.keys(tables))
    if (!found.includes(name)) faults.push(`${FORMAT}: no table of ${name}`);
  if (write) writeFileSync(FORMAT, filled);
  else if (filled !== text) faults.push(`${FORMAT}: its tables are not those of \`stride list\`; node tests/documents.mjs --write COMMAND puts them right`);
}

function check_scenarios(name, text) {
  for (const [, block] of text.matchAll(/^```jsonc?\n([\s\S]*?)^```/gm)) {
    if (!/"stride": *1/.test(block)) continue;
    const read = spawnSync(program, [...first, 'link', '-'], {input: block, encoding: 'utf8'});
    if (read.status !== 0) faults.push(`${name}: a scenario is not read: ${read.stderr.trim()}`);
  }
  for (const [link] of text.matchAll(/^ {4}\?[\w.&=,-]+$/gm)) {
    const read = spawnSync(program, [...first, 'link', '--decode', link.trim()], {encoding: 'utf8'});
    if (read.status !== 0) faults.push(`${name}: ${link.trim()}: ${read.stderr.trim()}`);
  }
}

function check_commands(name, text) {
  const help = stride('--help');
  const known = (command) => new RegExp(`^ *${command}\\b`, 'm').test(help);
  for (const [, command] of text.matchAll(/(?:`|\/)stride ([a-z][\w-]*)/g))
    if (!known(command)) faults.push(`${name}: there is no command \`stride ${command}\``);
}

function check_files(name, text) {
  for (const [, target] of text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)(?:#[^)]*)?\)/g))
    if (!existsSync(join(dirname(name), target))) faults.push(`${name}: there is no ${target}`);
  for (const [, path] of text.matchAll(/`((?:src|tests|tools|cmake|texts|web|docs)\/[\w./*-]+)`/g)) {
    if (/ROOM|NAME/.test(path)) continue;
    const folder = dirname(path), pattern = new RegExp(`^${path.slice(folder.length + 1).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
    if (!existsSync(path) && !(existsSync(folder) && readdirSync(folder).some((file) => pattern.test(file)))) faults.push(`${name}: there is no ${path}`);
  }
}

/// A promise names a file of tests and the words of one of them; its table of hashes is that of tests/bits.
function check_promises() {
  const text = readFileSync('docs/promises.md', 'utf8');
  for (const [, path, name] of text.matchAll(/`(tests\/[\w./-]+)` "([^"]+)"/g))
    if (!existsSync(path) || !readFileSync(path, 'utf8').includes(name)) faults.push(`docs/promises.md: ${path} has no test "${name}"`);
  const steps = readFileSync('test', 'utf8');
  for (const [, list] of text.matchAll(/steps? ((?:`\w+`(?:, )?)+)/g))
    for (const [, step] of list.matchAll(/`(\w+)`/g))
      if (!steps.includes(`step ${step} `) && !steps.includes(`meanwhile ${step} `) && !existsSync(`tests/fuzz/${step}.cpp`)) faults.push(`docs/promises.md: ./test has no step ${step}`);
  const everywhere = 'builds of the command line', pages = `${everywhere}, pages`;
  const rows = Object.entries(reference()).map(([what, hash]) => [what, `\`${hash.slice(0, 16)}\``, what === IN_PAGES || what === 'studies' ? pages : everywhere]);
  const filled = text.replace(/(<!-- bits -->\n)([\s\S]*?)(<!-- end -->)/, (_, begin, __, end) => `${begin}${table(['what', 'hash', 'the same in'], rows)}\n${end}`);
  if (write) writeFileSync('docs/promises.md', filled);
  else if (filled !== text) faults.push('docs/promises.md: its hashes are not those of tests/bits/reference.json');
}

/// README names every command and every study; how many lessons there are.
function check_readme() {
  const text = readFileSync('README.md', 'utf8'), help = stride('--help');
  const commands = [...help.slice(help.indexOf('Subcommands')).matchAll(/^ {2}([a-z][\w-]*) /gm)].map(([, command]) => command);
  if (commands.length === 0) faults.push('`stride --help` names no command');
  for (const command of commands)
    if (!text.includes(`stride ${command} `)) faults.push(`README.md: the command \`stride ${command}\` is missing`);
  for (const {key} of [...list.studies, ...list.network_studies])
    if (!new RegExp(`stride study.*\\b${key}\\b`).test(text)) faults.push(`README.md: the study ${key} is missing`);
  const lessons = readdirSync('web/lessons/en').filter((name) => name.endsWith('.md')).length;
  const spelled = {14: 'fourteen', 15: 'fifteen', 16: 'sixteen', 17: 'seventeen', 18: 'eighteen', 19: 'nineteen', 20: 'twenty', 21: 'twenty-one'}[lessons] ?? String(lessons);
  for (const name of ['README.md', 'CHANGELOG.md'])
    if (!readFileSync(name, 'utf8').includes(spelled)) faults.push(`${name}: there are ${spelled} lessons`);
}

check_tables();
check_readme();
check_promises();
for (const name of DOCUMENTS) {
  const text = readFileSync(name, 'utf8');
  check_scenarios(name, text);
  check_commands(name, text);
  check_files(name, text);
}
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
