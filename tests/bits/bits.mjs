// Bit for bit: `stride` prints the same bytes whatever it was compiled with. Prints a table: a hash for every kind of question, and the
// builds that came to it.
//   node tests/bits/bits.mjs NAME=COMMAND...   each COMMAND is a `stride`, e.g. wasm="node --no-experimental-fetch build/cli-wasm/stride.cjs"
//   --update                                   writes tests/bits/reference.json (after a change that means to change numbers)
import {execFile, execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {REFERENCE, STUDIES, hashOf, reference, rowsOf, scenarios} from './questions.mjs';

/// What a `stride` prints; `words` are its arguments, the last a scenario, which is written into `file`.
function asker(command, file) {
  const [program, ...args] = command.split(' ');
  return async (...words) => {
    writeFileSync(file, JSON.stringify(words.pop()));
    return (await promisify(execFile)(program, [...args, ...words, file], {maxBuffer: 1 << 28, encoding: 'buffer'})).stdout;
  };
}

async function studyRows(ask, list) {
  const rows = [];
  for (const {scenario, study: {type, ...options}} of STUDIES) {
    const words = Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)]);
    rows.push(rowsOf((await ask('study', type, ...words, scenario)).toString(), list.studies.find((s) => s.key === type).columns));
  }
  return rows;
}

/// The first line in which two builds differ.
function difference(a, b, texts) {
  for (let i = 0; i < a.length; ++i) {
    if (a[i].equals(b[i])) continue;
    const [x, y] = [a[i].toString().split('\n'), b[i].toString().split('\n')];
    const line = x.findIndex((l, j) => l !== y[j]);
    return `${JSON.stringify(texts[i])}\nline ${line + 1}: ${x[line]}\n    and: ${y[line]}`;
  }
  return 'no line';
}

const update = process.argv.includes('--update');
const builds = process.argv.slice(2).filter((a) => a !== '--update').map((a) => [a.slice(0, a.indexOf('=')), a.slice(a.indexOf('=') + 1)]);
if (!builds.length) throw new Error('expected NAME=COMMAND...');
const [program, ...args] = builds[0][1].split(' ');
const list = JSON.parse(execFileSync(program, [...args, 'list'], {maxBuffer: 1 << 26})), groups = scenarios(list);
const folder = mkdtempSync(join(tmpdir(), 'stride-bits-'));
try {
  const results = await Promise.all(builds.map(async ([name, command]) => {
    const ask = asker(command, join(folder, `${name}.json`)), printed = {}, sums = {};
    for (const [group, members] of Object.entries(groups)) {
      printed[group] = [];
      for (const scenario of members) printed[group].push(await ask('run', scenario));
      sums[group] = hashOf(printed[group]);
    }
    sums.studies = hashOf(await studyRows(ask, list));
    return {name, printed, sums};
  }));
  if (update) writeFileSync(REFERENCE, JSON.stringify(results[0].sums, null, 2) + '\n');
  const expected = reference();
  for (const group of Object.keys(results[0].sums)) {
    const same = results.filter(({sums}) => sums[group] === expected[group]).map(({name}) => name);
    console.log(`| ${group} | ${expected[group]} | ${same.join(', ')} |`);
    for (const {name, sums, printed} of results) {
      if (sums[group] === expected[group]) continue;
      process.exitCode = 1;
      console.error(`${name}: ${group}: ${sums[group]}`);
      if (sums[group] !== results[0].sums[group] && printed[group])
        console.error(`${name} differs from ${results[0].name}: ${difference(results[0].printed[group], printed[group], groups[group])}`);
    }
  }
} finally {
  rmSync(folder, {recursive: true});
}
