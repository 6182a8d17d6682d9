// Makes from the built page what others carry away, in build/packages:
//   stride-lab-offline.html   the lab in one file that asks for nothing
//   stride-lab-VERSION.tgz    the npm package, with the element, its types, the program, languages, the offline file
//   stride-lab-notebook.js    the same for notebooks: a module for anywidget, which the wheel of python/ takes in
//   integrity.json            the sum (sha384) of each file, as <script integrity> wants it
//   node tools/package.mjs [--web build/web] [--out build/packages]
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';
import {forBundlers, MADE} from './npm.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const option = (name, fallback) => args.includes(name) ? args[args.indexOf(name) + 1] : join(ROOT, fallback);
const web = option('--web', 'build/web'), out = option('--out', 'build/packages');
const VERSION = /project\(Stride VERSION ([\d.]+)/.exec(readFileSync(join(ROOT, 'CMakeLists.txt'), 'utf8'))[1];
const text = (name) => readFileSync(join(web, name), 'utf8');

/// Every file below a folder, as paths within it.
function filesOf(folder, at = folder) {
  return readdirSync(at, {withFileTypes: true}).sort((a, b) => a.name < b.name ? -1 : 1).flatMap((entry) => {
    const path = join(at, entry.name);
    return entry.isDirectory() ? filesOf(folder, path) : [relative(folder, path)];
  });
}

// What stands in for web/files.js: the files are in the page, packed.
const standIn = (files) => `const files = ${files};
export const hasAddresses = false;
export async function fetchFile(name) {
  const packed = files[name] ?? files[name.replace('program', 'program-full')];
  if (!packed) return new Response(null, {status: 404});
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, {headers: {'Content-Type': name.endsWith('.wasm') ? 'application/wasm' : 'application/json'}});
}
`;
const packedFiles = (files) => ({
  name: 'packed-files',
  setup(bundler) {
    bundler.onResolve({filter: /\/files\.js$/}, () => ({path: 'files', namespace: 'packed'}));
    bundler.onLoad({filter: /.*/, namespace: 'packed'}, () => ({contents: standIn(files)}));
  },
});

const languages = () => readdirSync(join(web, 'languages')).map((name) => 'languages/' + name);
/// Files by name, packed.
const packedTexts = (names) => Object.fromEntries(names.map((name) => [name, gzipSync(readFileSync(join(web, name)), {level: 9}).toString('base64')]));

/// The element in one module, with one program: whoever runs notebooks has a browser with SIMD.
async function notebookModule() {
  const files = packedTexts(['stride-program-full.wasm', 'digits.bin', ...languages()]), source = join(ROOT, 'web') + '/';
  const ours = {name: 'ours', setup(bundler) {
    bundler.onResolve({filter: MADE}, ({path}) => ({path: join(web, path)}));
    bundler.onLoad({filter: /\/home\.js$/}, ({path}) => path.startsWith(source) ? {contents: "export const home = () => '';"} : null);
  }};
  const bundle = await build({
    entryPoints: [join(ROOT, 'python/widget.js')], bundle: true, write: false, format: 'esm', minify: true, target: 'es2022',
    plugins: [packedFiles(JSON.stringify(files)), ours], define: {'import.meta.url': '"file:///"'}, logLevel: 'warning',
  });
  return bundle.outputFiles[0].text;
}

/// In a script a closing tag would end it, wherever it stands.
const inScript = (code) => code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

async function offlinePage() {
  const bundle = await build({
    entryPoints: [join(web, 'stride.js')], bundle: true, write: false, format: 'esm', minify: true, target: 'es2022',
    plugins: [packedFiles("JSON.parse(document.getElementById('files').textContent)")],
    define: {'import.meta.url': '"file:///"'}, logLevel: 'warning',
  });
  // One program for each kind of browser: it has everything from the start.
  const files = packedTexts(['stride-program-full.wasm', 'stride-program-full-scalar.wasm', 'digits.bin', ...languages()]);
  const icon = 'data:image/svg+xml;base64,' + Buffer.from(text('icon.svg')).toString('base64');
  let page = text('index.html');
  const put = (pattern, words) => {
    if (!pattern.test(page)) throw new Error(`index.html: expected ${pattern}`);
    page = page.replace(pattern, () => words);
  };
  put(/<link rel="icon"[^>]*>/, `<link rel="icon" href="${icon}">`);
  put(/<link rel="stylesheet" href="stride\.css">/, `<style>${text('stride.css')}</style>`);
  put(/(<link rel="modulepreload"[^>]*>\n)+/, '');
  put(/<script src="first\.js"><\/script>/, `<script>${inScript(text('first.js'))}</script>`);
  put(/<script type="module" src="stride\.js"><\/script>/, '');
  put(/<\/body>/, `<script type="application/json" id="files">${JSON.stringify(files)}</script>\n` +
      `<script type="module">${inScript(bundle.outputFiles[0].text)}</script>\n</body>`);
  return page;
}

const sum = (file) => 'sha384-' + createHash('sha384').update(readFileSync(file)).digest('base64');

function describePackage(folder) {
  const names = filesOf(folder);
  writeFileSync(join(folder, 'integrity.json'), JSON.stringify(Object.fromEntries(names.map((name) => [name, sum(join(folder, name))])), null, 2) + '\n');
}

rmSync(join(out, 'stride-lab'), {recursive: true, force: true});
mkdirSync(join(out, 'stride-lab'), {recursive: true});
const folder = join(out, 'stride-lab');
// Gallery and examples belong to a site, not to a library; the lessons lie within the program and the languages.
const NOT_PACKED = /^(gallery|examples|lessons)\b|\.symbols$/;
for (const name of filesOf(web).filter((name) => !NOT_PACKED.test(name))) cpSync(join(web, name), join(folder, name));
writeFileSync(join(folder, 'stride-lab-offline.html'), await offlinePage());
cpSync(join(folder, 'stride-lab-offline.html'), join(out, 'stride-lab-offline.html'));
writeFileSync(join(out, 'stride-lab-notebook.js'), await notebookModule());
cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
cpSync(join(ROOT, 'docs/package.md'), join(folder, 'README.md'));
await forBundlers(web, folder, VERSION);
describePackage(folder);
cpSync(join(folder, 'integrity.json'), join(out, 'integrity.json'));
const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', out], {cwd: folder, encoding: 'utf8'}).trim();
for (const name of ['stride-lab-offline.html', packed]) console.log(`${join(basename(out), name)}  ${(statSync(join(out, name)).size / 1024).toFixed(0)} KB`);
