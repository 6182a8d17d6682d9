// Gathers in build/release, from what has been built, everything that a release consists of, each file with its version in its name, and their sums:
//   stride-VERSION-site.zip       the folder for a host, index.html on top
//   stride-VERSION-offline.html   the lab in one file
//   stride-lab-VERSION.tgz        the npm package
//   stride_lab-VERSION-….whl      the notebook's
//   stride-VERSION-….deb, .tar.gz the native programs
//   SHA256SUMS                    as sha256sum -c reads it
//   node tools/release.mjs        after the builds `web` and `native`; `./run --release` makes these first
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {zip} from './zip.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url)), PACKAGES = join(ROOT, 'build/packages'), OUT = join(ROOT, 'build/release'), SITE = join(ROOT, 'build/release-site');
const VERSION = /project\(Stride VERSION ([\d.]+)/.exec(readFileSync(join(ROOT, 'CMakeLists.txt'), 'utf8'))[1];
const PYTHON = process.platform === 'linux' ? '/usr/bin/python3' : 'python3';

const run = (command, ...words) => execFileSync(command, words, {cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit']});

function filesOf(folder, at = folder) {
  return readdirSync(at, {withFileTypes: true}).flatMap((entry) => entry.isDirectory() ? filesOf(folder, join(at, entry.name)) : [relative(folder, join(at, entry.name))]);
}

for (const folder of [PACKAGES, OUT, SITE]) {
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
}
run('cpack', '--config', 'build/native/CPackConfig.cmake', '-B', 'build/packages');
run('node', 'tools/package.mjs');
run(PYTHON, 'python/backend.py', 'build/packages');
run('node', 'tools/publish.mjs', '--out', SITE);

writeFileSync(join(OUT, `stride-${VERSION}-site.zip`), zip(new Map(filesOf(SITE).map((name) => [name.replaceAll('\\', '/'), readFileSync(join(SITE, name))]))));
copyFileSync(join(PACKAGES, 'stride-lab-offline.html'), join(OUT, `stride-${VERSION}-offline.html`));
for (const name of readdirSync(PACKAGES).filter((file) => /\.(tgz|whl|deb|tar\.gz)$/.test(file))) copyFileSync(join(PACKAGES, name), join(OUT, name));

const made = readdirSync(OUT).sort();
for (const [what, pattern] of [['the npm package', /\.tgz$/], ['the wheel', /\.whl$/], ['an archive of the programs', /\.tar\.gz$/]])
  if (!made.some((name) => pattern.test(name))) throw new Error(`build/release: expected ${what}, got ${made.join(', ')}`);
for (const name of made) if (!name.includes(VERSION)) throw new Error(`build/release: expected version ${VERSION} in each name, got ${name}`);
const sums = made.map((name) => `${createHash('sha256').update(readFileSync(join(OUT, name))).digest('hex')}  ${name}\n`);
writeFileSync(join(OUT, 'SHA256SUMS'), sums.join(''));
console.log(sums.join(''));
