// What the npm package has beside the plain folder: the element as bundlers and servers take it, types for frameworks, package.json and
// custom-elements.json. The plain folder's own modules find their files by names made up on the way, which no bundler can follow.
import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = join(ROOT, 'web'), TYPES = join(ROOT, 'tools/npm');
const FRAMEWORKS = ['react', 'vue', 'svelte'];

// Parcel makes JavaScript of JSON even where its address is wanted: languages have a second name.
const asText = (name) => name.replace(/\.json$/, '.txt');
const literal = (name) => `  ${JSON.stringify(name)}: () => new URL(${JSON.stringify('./' + asText(name))}, import.meta.url),\n`;

/// In place of modules that find files by name: the same with every address written out, which is what bundlers look for.
const written = (web) => ({
  'files.js': `const files = {\n${[...readdirSync(web).filter((name) => /\.(wasm|bin)$/.test(name)), ...readdirSync(join(web, 'languages')).map((name) => 'languages/' + name)]
      .map(literal).join('')}};\nexport const hasAddresses = true;\nexport const fetchFile = (name, options) => fetch(files[name](), options);\n`,
  // A bundler may put the element anywhere; no page of the lab is beside it.
  'home.js': "export const home = () => '';\n",
});

/// Modules that the build makes: they lie in the page, not among the sources.
export const MADE = /^\.\/(stride-program|bidi)\.js$/;

function asBundlersTakeIt(web) {
  const contents = written(web);
  return {
    name: 'as-bundlers-take-it',
    setup(bundler) {
      bundler.onResolve({filter: MADE}, ({path}) => ({path: join(web, path)}));
      bundler.onLoad({filter: /\/(files|home)\.js$/}, ({path}) => ({contents: contents[path.split('/').pop()]}));
      // The glue is handed its program: an address of its own would be one more file, and for some bundlers a path of the machine that builds.
      bundler.onLoad({filter: /\/stride-program\.js$/}, ({path}) => {
        const text = readFileSync(path, 'utf8'), own = /new URL\("stride-program\.wasm",import\.meta\.url\)(\.toString\(\)|\.href)|import\.meta\.url/g;
        if (!own.test(text)) throw new Error('stride-program.js: expected addresses of its own');
        return {contents: text.replace(own, '""')};
      });
    },
  };
}

/// The pictures' addresses, each written out.
function posters(web) {
  const own = readFileSync(join(SOURCES, 'posters.js'), 'utf8'), made = /new URL\(`posters\/\$\{name\}\.svg`, import\.meta\.url\)\.href/;
  if (!made.test(own)) throw new Error(`posters.js: expected ${made}`);
  const names = readdirSync(join(web, 'posters'));
  return own.replace(made, "(files[`posters/${name}.svg`]?.().href ?? '')") + `\nconst files = {\n${names.map((name) => literal('posters/' + name)).join('')}};\n`;
}

/// The rows of a table of docs/embedding.md by its heading's first word, as [first cell, last cell].
function table(first) {
  const lines = readFileSync(join(ROOT, 'docs/embedding.md'), 'utf8').split('\n'), start = lines.findIndex((line) => line.startsWith(`| ${first} |`)) + 2;
  const rows = lines.slice(start, lines.findIndex((line, at) => at >= start && !line.startsWith('|')));
  return rows.map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | ?\|$/g, '').trim()));
}

const named = (rows) => rows.flatMap(([names, description]) => [...names.matchAll(/`([\w-]+)/g)].map(([, name]) => ({name, description})));

/// What editors read of an element (custom-elements.json, schema 2.1.0): as docs/embedding.md tells it.
const manifest = () => ({
  schemaVersion: '2.1.0', readme: 'README.md',
  modules: [{
    kind: 'javascript-module', path: 'element.js',
    declarations: [{
      kind: 'class', name: 'StrideLab', tagName: 'stride-lab', customElement: true, superclass: {name: 'HTMLElement'},
      attributes: named(table('attribute')), members: named(table('method')).map((method) => ({kind: 'method', ...method})),
      events: named(table('event')).map((event) => ({...event, type: {text: 'CustomEvent'}})),
      cssParts: [{name: 'lab', description: 'the canvas of the lab'}, {name: 'poster', description: 'what stands there before the start'}],
    }],
    exports: [{kind: 'js', name: 'StrideLab', declaration: {name: 'StrideLab', module: 'element.js'}},
              {kind: 'custom-element-definition', name: 'stride-lab', declaration: {name: 'StrideLab', module: 'element.js'}}],
  }],
});

/// Where the project lives, for what npm calls provenance: STRIDE_REPOSITORY, or the remote that this was cloned from. {} where neither is a public address.
function provenance() {
  let address = process.env.STRIDE_REPOSITORY ?? '';
  try {
    address ||= execFileSync('git', ['remote', 'get-url', 'origin'], {cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
  } catch {
    // No git, or no remote.
  }
  if (!/^https:\/\//.test(address)) return {};
  const page = address.replace(/\.git$/, '');
  return {repository: {type: 'git', url: `git+${page}.git`}, homepage: `${page}#readme`, bugs: {url: `${page}/issues`}};
}

const describe = (version) => ({
  name: 'stride-lab', version, description: 'The learning-rate laboratory as a custom element', license: 'MIT', type: 'module',
  keywords: ['learning-rate', 'gradient-descent', 'optimizer', 'education', 'custom-element'], ...provenance(),
  main: './element.js', types: './stride-lab.d.ts', customElements: './custom-elements.json',
  exports: {
    '.': {types: './stride-lab.d.ts', default: './element.js'},
    ...Object.fromEntries(FRAMEWORKS.map((name) => ['./' + name, {types: `./${name}.d.ts`, default: `./${name}.js`}])),
    './posters.js': {types: './posters.d.ts', default: './element-posters.js'},
    './stride-lab.js': {types: './stride-lab.d.ts', default: './stride-lab.js'},
    './*': './*',
  },
  // Nothing may be left out as unused: modules define the element, the style sheet keeps its room.
  sideEffects: ['./*.js', './*.css'],
  publishConfig: {access: 'public', provenance: true},
});

/// Adds all of it to `folder`, which holds the plain files of the page `web`.
export async function forBundlers(web, folder, version) {
  await build({
    entryPoints: {element: join(SOURCES, 'stride-lab.js')}, bundle: true, splitting: true, format: 'esm', minify: true, target: 'es2022', outdir: folder,
    chunkNames: 'element-[name]-[hash]', plugins: [asBundlersTakeIt(web)], logLevel: 'warning',
  });
  for (const name of readdirSync(join(web, 'languages'))) cpSync(join(web, 'languages', name), join(folder, 'languages', asText(name)));
  writeFileSync(join(folder, 'element-posters.js'), posters(web));
  for (const name of FRAMEWORKS) writeFileSync(join(folder, `${name}.js`), "export * from './element.js';\n");
  for (const name of readdirSync(TYPES)) cpSync(join(TYPES, name), join(folder, name));
  for (const [name, value] of [['custom-elements.json', manifest()], ['package.json', describe(version)]])
    writeFileSync(join(folder, name), JSON.stringify(value, null, 2) + '\n');
  if (!existsSync(join(folder, 'element.js'))) throw new Error('element.js was not made');
}
