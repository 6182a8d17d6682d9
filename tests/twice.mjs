// The page is made to the same bytes again: its first program is linked anew, its texts, pictures and scripts are written anew.
//   node tests/twice.mjs   after the page's build; leaves the page as it was
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const PAGE = 'build/web', AGAIN = ['stride-program.js', 'stride-program.wasm', 'posters', 'languages', 'lessons', 'canvas.js', 'stride.css', 'index.html'];

function hashes() {
  const files = readdirSync(PAGE, {recursive: true}).filter((name) => statSync(join(PAGE, name)).isFile()).sort();
  return new Map(files.map((name) => [name, createHash('sha256').update(readFileSync(join(PAGE, name))).digest('hex')]));
}

const first = hashes();
for (const name of AGAIN) rmSync(join(PAGE, name), {recursive: true});
if (hashes().size > first.size - AGAIN.length) throw new Error('nothing was taken away');
execFileSync('cmake', ['--build', '--preset', 'web'], {stdio: 'inherit'});
const second = hashes();
const other = [...new Set([...first.keys(), ...second.keys()])].filter((name) => first.get(name) !== second.get(name));
for (const name of other) console.error(`${name}: other bytes than before`);
console.log(`${first.size - other.length} of ${first.size} files have the same bytes`);
process.exit(other.length ? 1 : 0);
