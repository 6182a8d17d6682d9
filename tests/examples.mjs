// The shell examples of README and docs, run as they stand: in a folder that holds what they name, with `stride` on the path. Each line has to succeed and to
// print or write something; what cannot be run here says which test does it.
//   node tests/examples.mjs
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url)), PATIENCE = 60000;
const read = (name) => readFileSync(join(ROOT, name), 'utf8');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`), 'python/README.md'];

/// How a line begins that is run by another test: the file, and words of it that do so.
const ELSEWHERE = {
  './run': ['.github/workflows/pages.yml', './run --site'],
  './test': ['.ci/run', '/test'],
  'cmake --preset native': ['test', 'step native-build build native'],
  'build/native/stride-lab scenario.json': ['tests/desktop/window.test.mjs', 'build/native/stride-lab'],
  'build/native/stride bench': ['tests/cli_test.py', '"bench"'],
  'cd node_modules/stride-lab': ['tests/hosts/hosts.test.mjs', "await run('bash', ['-ec', documented]"],
  'node tools/course.mjs': ['tests/hosts/courses.test.mjs', "await runHere('bash', ['-ec', documented]"],
  'aws s3 sync': ['docs/hosting.md', 'An object store packs nothing by itself'],  // by nobody: there is no such store here
};

/// What the examples name: README's own scenario, and files as a reader would have them.
function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'stride-examples-'));
  mkdirSync(join(folder, 'build'));
  symlinkSync(join(ROOT, 'build/native'), join(folder, 'build/native'));
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
  writeFileSync(join(folder, 'scenario.json'), /```json\n([^]*?)```/.exec(read('README.md'))[1]);
  writeFileSync(join(folder, 'mine.csv'), 'x,y\n1,2\n2,4\n3,5\n');
  writeFileSync(join(folder, 'mine.md'), read('web/lessons/en/06-exponential.md'));
  writeFileSync(join(folder, 'metrics.csv'), 'step,lr,loss,val_loss\n' + Array.from({length: 60}, (_, i) => `${i},${0.1*(60 - i)/60},${Math.exp(-i/20)},${Math.exp(-i/25)}\n`).join(''));
  return folder;
}

const faults = [], used = new Set(), folder = makeFolder();
let runs = 0;

function runLine(name, line) {
  const begins = Object.keys(ELSEWHERE).find((words) => line.startsWith(words));
  if (begins) {
    const [file, words] = ELSEWHERE[begins];
    used.add(begins);
    if (!read(file).includes(words)) faults.push(`${name}: ${line}: ${file} does not have ${words}`);
    return;
  }
  const before = readdirSync(folder), words = ['-c', `set -eo pipefail\n${line}`], env = {...process.env, PATH: `${join(ROOT, 'build/native')}:${process.env.PATH}`};
  const {status, error, stdout, stderr} = spawnSync('bash', words, {cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 26, timeout: PATIENCE, killSignal: 'SIGKILL'});
  const made = readdirSync(folder).filter((file) => !before.includes(file));
  ++runs;
  if (status !== 0) faults.push(`${name}: ${line}: ${error?.message ?? stderr.trim()}`);
  else if (!stdout && !made.length) faults.push(`${name}: ${line}: it printed nothing and made no file`);
  for (const file of made) if (!statSync(join(folder, file)).size) faults.push(`${name}: ${line}: ${file} is empty`);
}

try {
  for (const name of DOCUMENTS)
    for (const [, block] of read(name).matchAll(/^ *```sh\n([^]*?)^ *```/gm))
      for (const line of block.trim().split('\n')) if (line.trim()) runLine(name, line.trim());
} finally {
  rmSync(folder, {recursive: true, force: true});
}
for (const words of Object.keys(ELSEWHERE)) if (!used.has(words)) faults.push(`tests/examples.mjs: no example begins with ${words}`);
if (runs < 10) faults.push(`tests/examples.mjs: only ${runs} examples were found`);
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
