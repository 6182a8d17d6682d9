// Makes from the built page the folder that goes to a host: build/site.
//   node tools/publish.mjs [--web build/web] [--out build/site] [--unpacked] [--address https://your.host/stride/] [--stride build/native/stride]
// The address, without which chats show no picture of a link, may also stand in STRIDE_ADDRESS; the command draws those pictures.
// Everything that changes together lies in one folder named by its contents, so that no cache ever mixes two versions; what others link to keeps its
// name and stays small. Beside each file lie its packed forms, .br and .gz. A service worker keeps a copy for days without a network. What is in `out` of an earlier version stays for pages that are still open.
import {createHash} from 'node:crypto';
import {cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, extname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {brotliCompress, constants, gzip} from 'node:zlib';
import {writePages} from './pages.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const option = (name, fallback) => args.includes(name) ? args[args.indexOf(name) + 1] : fallback;
const web = option('--web', join(ROOT, 'build/web')), out = option('--out', join(ROOT, 'build/site'));
const VERSION = /project\(Stride VERSION ([\d.]+)/.exec(readFileSync(join(ROOT, 'CMakeLists.txt'), 'utf8'))[1];
// What pages of others name, or a person types.
const STABLE = /^(index\.html|embed\.html|gallery\.html|stride-lab\.css|stride-lab\.d\.ts|icon\.svg|(posters|lessons|examples)\/.*)$/;
const PACKED = new Set(['.html', '.js', '.css', '.svg', '.wasm', '.json', '.webmanifest']), WORTHWHILE = 1000;  // bytes

/// Every file below a folder, as paths within it.
export function filesOf(folder, at = folder) {
  return readdirSync(at, {withFileTypes: true}).sort((a, b) => a.name < b.name ? -1 : 1).flatMap((entry) => {
    const path = join(at, entry.name);
    return entry.isDirectory() ? filesOf(folder, path) : [relative(folder, path)];
  });
}

/// `text` with what a pattern finds replaced; that it is there `times` is part of the page's build.
function replaced(name, text, pattern, words, times = 1) {
  const found = text.match(new RegExp(pattern, 'g'))?.length ?? 0;
  if (found !== times) throw new Error(`${name}: expected ${pattern} ${times} times, found it ${found} times`);
  return text.replace(new RegExp(pattern, 'g'), words);
}

const SITE = join(ROOT, 'tools/site'), LATER = ['offline.js', 'title.js'];  // once the lab is there, or has not come
const names = filesOf(web), versioned = names.filter((name) => !STABLE.test(name)).concat(LATER);
const sum = createHash('sha256');
for (const [place, all] of [[web, names], [SITE, filesOf(SITE)]])
  for (const name of all) sum.update(name + '\0').update(readFileSync(join(place, name)));
const folder = `${VERSION}-${sum.digest('hex').slice(0, 10)}`;

function write(name, contents) {
  mkdirSync(dirname(join(out, name)), {recursive: true});
  writeFileSync(join(out, name), contents);
}

const INSTALLED = '<link rel="manifest" href="manifest.webmanifest">\n<link rel="apple-touch-icon" href="icon-192.png">\n';

/// A page's own links to what is versioned lead into the folder; the lab's page can be installed.
const forReaders = (html) => replaced('index.html', replaced('index.html', html, /<script src="first/, `${pages.head}${INSTALLED}<script src="first`), /<\/noscript>/, `${pages.noscript}</noscript>`);
const redirected = (name, html) => (name === 'index.html' ? forReaders(html) : html)
    .replace(/\b(src|href)="([\w./-]+)"/g, (whole, attribute, name) => versioned.includes(name) ? `${attribute}="${folder}/${name}"` : whole);

// What modules in the folder ask for beyond what the page has by itself.
const OUTWARD = {
  'stride-lab.js': (name, text) => replaced(name, text, /new URL\("index\.html",import\.meta\.url\)/, 'new URL("../index.html",import.meta.url)'),
  'stride.js': (name, text) => `${text.trimEnd()}\n${LATER.map((later) => `import("./${later}");\n`).join('')}`,
  'posters.js': (name, text) => replaced(name, text, /new URL\(`posters\//, 'new URL(`../posters/'),
};

function copyPage() {
  for (const name of names) {
    const bytes = readFileSync(join(web, name));
    if (!STABLE.test(name)) write(`${folder}/${name}`, OUTWARD[name] ? OUTWARD[name](name, bytes.toString()) : bytes);
    else write(name, /^[a-z]+\.html$/.test(name) ? redirected(name, bytes.toString()) : bytes);
  }
  for (const name of LATER) write(`${folder}/${name}`, readFileSync(join(SITE, name)));
  for (const name of filesOf(SITE).filter((file) => /\.(png|webmanifest)$/.test(file))) write(name, readFileSync(join(SITE, name)));
  write('stride-lab.js', `export * from './${folder}/stride-lab.js';\n`);
}

/// What hosts that read such a file may keep.
const headers = () => `/*\n  Access-Control-Allow-Origin: *\n/${folder}/*\n  Cache-Control: public, max-age=31536000, immutable\n`;

/// Everything that a learner may ask for without a network; of the programs those for this kind of browser, which are nearly all.
function writeServiceWorker() {
  const inside = versioned.filter((name) => !name.includes('scalar')).map((name) => `${folder}/${name}`);
  const files = [...inside, 'index.html', 'embed.html', 'icon.svg', 'manifest.webmanifest', 'stride-lab.js', 'stride-lab.css'];
  const text = readFileSync(join(SITE, 'service-worker.js'), 'utf8');
  write('service-worker.js', replaced('service-worker.js', replaced('service-worker.js', text, /THE_VERSION/, folder), /\['THE_FILES'\]/, JSON.stringify(files, null, 1)));
}

/// Beside each file its packed forms, where they are not there from the last time.
async function pack() {
  const brotli = (bytes) => promisify(brotliCompress)(bytes, {params: {
    [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }});
  const all = filesOf(out).filter((name) => PACKED.has(extname(name)));
  for (const name of all) {
    const bytes = readFileSync(join(out, name)), immutable = name.startsWith(folder + '/');
    for (const [ending, packed] of [['.br', brotli], ['.gz', (raw) => promisify(gzip)(raw, {level: 9})]]) {
      const file = join(out, name + ending);
      if (bytes.length < WORTHWHILE) rmSync(file, {force: true});
      else if (!immutable || !existsSync(file)) writeFileSync(file, await packed(bytes));
    }
  }
}

const given = option('--address', process.env.STRIDE_ADDRESS ?? '');
if (given && !/^https?:\/\//.test(given)) {
  console.error(`--address: expected https://..., got ${given}`);
  process.exit(2);
}
mkdirSync(out, {recursive: true});
const pages = writePages({web, out, address: given && given.replace(/\/?$/, '/'), command: option('--stride', join(ROOT, 'build/native/stride'))});
copyPage();
write('_headers', headers());
writeServiceWorker();
if (!args.includes('--unpacked')) await pack();
cpSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'));
console.log(`${out}: ${folder}`);
