// Documents and links of every version, kept as they were: each opens for ever, and its runs print the same bytes in the columns of then.
//   node tests/kept/kept.mjs STRIDE                 compares what is kept with what the program prints
//   node tests/kept/kept.mjs STRIDE --keep VERSION  at a release: writes VERSION.json from the program's own tables
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';

const HERE = new URL('.', import.meta.url);
const [program, option, version] = process.argv.slice(2);
if (!program || (option && (option !== '--keep' || !version))) throw new Error('expected STRIDE [--keep VERSION]');

const ask = (words, input) => execFileSync(program, words, {input, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'pipe']});
const documentOf = (kept) => (kept.startsWith('{') ? kept : ask(['link', '--decode', kept]));
/// Columns may be added, as those of averages were: what is kept is what the others hold.
const withoutAverages = (csv) => csv.replace(/^(run,.*?),avg_.*\n/, '$1\n').split('\n').map((line, i, [head]) => line.split(',').slice(0, head.split(',').length).join(',')).join('\n');
const bitsOf = (kept) => createHash('sha256').update(withoutAverages(ask(['run', '-'], documentOf(kept)))).digest('hex');

/// The value of a parameter that is not its default, where there is one.
function another({kind, min, max, default: usual, choices}) {
  if (kind === 'toggle') return !usual;
  if (kind === 'choice') return choices.find((choice) => choice !== usual);
  if (kind !== 'number' && kind !== 'integer') return undefined;
  const value = typeof usual === 'number' && usual > 0 ? usual * (kind === 'integer' ? 2 : 0.75) : min >= 0 ? 3 : undefined;
  return value <= (max ?? Infinity) ? value : undefined;
}

/// Every row of every table, with each parameter once at another value than its default where the reader takes that; as documents and as links.
function everything() {
  const list = JSON.parse(ask(['list'])), documents = [{stride: 1}];
  const run = (more) => documents.push({stride: 1, steps: 40, runs: [more]});
  for (const {key} of list.surfaces) documents.push({stride: 1, problem: {surface: key}, steps: 40});
  for (const {key} of list.curves) documents.push({stride: 1, problem: {type: 'curve', curve: key}, steps: 40});
  for (const {key, params, networks_only: only} of list.optimizers) {
    if (only) continue;
    run({optimizer: {type: key}});
    for (const param of params) run({optimizer: {type: key, [param.key]: another(param)}});
  }
  for (const {key, params} of list.schedules) {
    run({schedule: {type: key}});
    for (const param of params) run({schedule: {type: key, [param.key]: another(param)}});
  }
  documents.push({stride: 1, problem: {expression: 'x^2/2 + 3|y| + sin(x y)', domain: [-3, 3, -2, 2], start: [1, 1.5], noise: {sigma: 0.1, seed: 7}}});
  for (const fit of [{}, {scale: 'standard', batch_size: 8}, {model: 'sigmoid'}]) documents.push({stride: 1, problem: {type: 'fit', ...fit}, steps: 40});
  documents.push({stride: 1, problem: {type: 'network', layers: [2, 4, 1], data: {type: 'moons', samples: 40}}, steps: 20});
  documents.push({stride: 1, runs: [{name: 'own', optimizer: {type: 'Custom', rule: ['m = 0.9m + g', 'p = p - lr m']}}]});
  const kept = [];
  for (const document of documents) {
    const text = JSON.stringify(document);
    try {
      bitsOf(text);
    } catch {
      continue;  // two parameters that go together
    }
    kept.push(text, ask(['link', '-'], text).trim());
  }
  for (const query of ['?surface=beale&optimizer=Adam&lr=0.1', '?expression=x%5E2%2By%5E2&start=1,2&steps=30', '?optimizer=SGD&momentum=0.9&schedule=StepLR&step_size=20&schedule.gamma=0.5',
                       '?surface=himmelblau&noise=0.2&seed=3&name=noisy&theme=dark'])
    kept.push(query);
  return kept;
}

if (option) {
  const kept = Object.fromEntries(everything().map((text) => [text, bitsOf(text)]));
  writeFileSync(new URL(version + '.json', HERE), JSON.stringify(kept, null, 0).replaceAll('","', '",\n"').replace('{', '{\n').replace(/}$/, '\n}\n'));
}
let count = 0;
for (const file of readdirSync(HERE).filter((name) => name.endsWith('.json')).sort()) {
  for (const [text, bits] of Object.entries(JSON.parse(readFileSync(new URL(file, HERE), 'utf8')))) {
    ++count;
    let now;
    try {
      now = bitsOf(text);
    } catch (fault) {
      now = String(fault.stderr || fault.message).trim();
    }
    if (now === bits) continue;
    console.error(`${file}: ${text}: expected ${bits}, got ${now}`);
    process.exitCode = 1;
  }
}
if (!count) throw new Error('nothing is kept');
console.log(`${count} documents and links of earlier versions: ${process.exitCode ? 'NOT all' : 'all'} as they were`);
