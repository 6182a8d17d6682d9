// What a first visit of the page transfers, part by part, and that all of it compressed stays within its budget.
//   node tests/size.mjs [FOLDER OF THE PAGE]
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';

const BUDGET = 400 * 1024;
const FULL = 'stride-program-full.wasm';  // fetched when a curve, a model or a rule of one's own is asked for
// For browsers without SIMD, without script.
const NOT_AT_FIRST = [FULL, 'stride-program-scalar.wasm', 'stride-program-full-scalar.wasm', 'posters/rosenbrock.svg'];
const [folder = 'build/web'] = process.argv.slice(2);

/// The page, and whatever its files name among their neighbours, each once. Languages and lessons are fetched only when they are asked for;
/// the worker's file is, with the first study.
function visited() {
  const found = ['index.html'];
  const named = /(?:src|href)="([\w./-]+)"|(?:from|import|URL\()\s*["']\.?\/?([\w.-]+\.(?:js|wasm))["']/g;
  for (const name of found) {
    if (!/\.(html|js)$/.test(name)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, link, module] of text.matchAll(named)) {
      const file = link ?? module;
      if (NOT_AT_FIRST.includes(file)) continue;
      if (!found.includes(file) && existsSync(join(folder, file))) found.push(file);
    }
  }
  return found;
}

const brotli = (bytes) => brotliCompressSync(bytes, {params: {
  [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
}}).length;

const files = visited();
for (const needed of ['stride.css', 'stride-program.js', 'stride-program.wasm', 'stride-worker.js'])
  if (!files.includes(needed)) throw new Error(`${needed} was not found from index.html`);
const row = (name) => {
  const bytes = readFileSync(join(folder, name));
  return [name, bytes.length, gzipSync(bytes, {level: 9}).length, brotli(bytes)];
};
const rows = files.map(row).sort((a, b) => b[3] - a[3]);
rows.push(['all that a first visit transfers', ...[1, 2, 3].map((i) => rows.reduce((sum, row) => sum + row[i], 0))]);
console.log('| bytes | raw | gzip -9 | brotli -11 |\n| --- | --: | --: | --: |');
for (const [name, ...sizes] of rows) console.log(`| ${name} | ${sizes.map((n) => n.toLocaleString('en')).join(' | ')} |`);
const total = rows.at(-1)[3], full = row(FULL);
console.log(`| later: ${full[0]} | ${full.slice(1).map((n) => n.toLocaleString('en')).join(' | ')} |`);
console.log(`\n${(total / 1024).toFixed(1)} of ${BUDGET / 1024} KB`);
if (total > BUDGET) {
  console.error(`${total - BUDGET} bytes too many`);
  process.exit(1);
}
