// plugins/ in the systems that they are for, each built by its own tool and opened in a browser: Sphinx, Jupyter Book, MkDocs, reveal.js, Docusaurus, Quarto's
// shortcode; and the packages of one lesson in a SCORM runtime and in an H5P player. STRIDE_PYTHON is the interpreter with Sphinx and MkDocs; STRIDE_PANDOC, where
// there is no Quarto, the folder usr of a pandoc that runs the shortcode.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {after, before, test as testOf} from 'node:test';
import {fileURLToPath} from 'node:url';
import {serve} from '../../tools/serve.mjs';
import {ARTIFACTS, launch, WEB} from '../browser/helpers.mjs';
import {doTask, handOn, turnTo} from './hand.mjs';
import {ended, run as runHere} from './processes.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..'), MODULES = join(ROOT, 'build/hosts/node_modules');
const PLACE = join(ROOT, 'build/hosts/courses'), SITE = join(PLACE, 'site'), PLUGINS = join(ROOT, 'plugins'), PYTHON = process.env.STRIDE_PYTHON;
const ENV = {...process.env, STRIDE_PLUGINS: PLUGINS, STRIDE_SITE: SITE, STRIDE_COMMAND: join(ROOT, 'build/native/stride'), PYTHONPATH: join(PLUGINS, 'sphinx'), NO_COLOR: '1',
             DOCUSAURUS_NO_PERSISTENT_CACHE: '1', NODE_ENV: '', CI: '1'};
const PATIENCE = 60000;
let browser;

/// None waits for ever, whatever a page or a tool does.
const test = (name, act) => testOf(name, {timeout: 400000}, act);

const run = (folder, command, ...words) => runHere(command, words, {cwd: join(PLACE, folder), env: ENV});
const faultsOf = (folder, command, words, more = {}) => ended(command, words, {cwd: join(PLACE, folder), env: {...ENV, ...more}}).then(({stderr}) => stderr);
const configured = (file) => writeFileSync(join(PLACE, file), readFileSync(join(PLACE, file), 'utf8').replace('THE_SITE', SITE));

before(async () => {
  rmSync(PLACE, {recursive: true, force: true});
  cpSync(join(ROOT, 'tests/hosts/courses'), PLACE, {recursive: true});
  execFileSync('node', [join(ROOT, 'tools/publish.mjs'), '--web', WEB, '--out', SITE, '--unpacked'], {stdio: 'ignore'});
  browser = await launch();
});
after(() => browser?.close());

/// Opens a page of a folder; `act` uses it, and nothing may have gone wrong by then.
async function opened(folder, path, act, port = 0) {
  const site = await serve(join(PLACE, folder), {port}), page = await browser.newPage({viewport: {width: 1280, height: 900}}), wrong = [];
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  page.on('request', (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(site.origin) || wrong.push('asks for ' + request.url()));
  try {
    await page.goto(site.origin + path);
    await act(page, site.origin);
    await page.screenshot({path: join(ARTIFACTS, `course-${folder.split('/')[0]}.png`)});
    // The book theme's own script stands twice in its pages.
    assert.deepEqual(wrong.filter((fault) => !/favicon|THEBE_JS_URL/.test(fault)), []);
  } finally {
    await page.close();
    await site.close();
  }
}

/// The lab on the page has started and shows what its page says, in German.
async function shows(page, surface, words = 'Lernrate') {
  await page.locator('stride-lab').first().scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector('stride-lab')?.shadowRoot?.querySelector('canvas.lab[data-ready]')?.stride?.controls);
  const {problem, runs} = await page.evaluate(() => document.querySelector('stride-lab').getState());
  assert.equal(problem.surface, surface);
  if (surface === 'beale') assert.deepEqual(runs[0].optimizer, {type: 'Adam', lr: 0.1});
  const names = await page.evaluate(() => document.querySelector('stride-lab').shadowRoot.querySelector('canvas.lab').stride.controls().map(({name}) => name));
  assert.ok(names.includes(words), `${words} among ${names.slice(0, 20)}`);
}

const heightOf = (page) => page.evaluate(() => document.querySelector('stride-lab').getBoundingClientRect().height);

test('each plugin fits a screen or two', () => {
  for (const folder of readdirSync(PLUGINS)) {
    for (const name of readdirSync(join(PLUGINS, folder), {recursive: true}).filter((file) => /\.\w+$/.test(file)))
      assert.ok(readFileSync(join(PLUGINS, folder, name), 'utf8').split('\n').length <= 101, `${folder}/${name}`);
  }
});

test('docs/courses.md shows what is built here', () => {
  const text = readFileSync(join(ROOT, 'docs/courses.md'), 'utf8'), own = (name) => readFileSync(join(ROOT, 'tests/hosts/courses', name), 'utf8');
  const shown = {python: 'sphinx/conf.py', rst: 'sphinx/deep/page.rst', yaml: 'mkdocs/mkdocs.yml', 'stride-lab': 'mkdocs/docs/beale.md', js: 'reveal/index.html', jsx: 'docusaurus/docs/intro.mdx', '(?=\n---)': 'quarto/page.qmd'};
  for (const [language, file] of Object.entries(shown)) {
    const block = new RegExp('\n```' + language + '\n([^]*?)\n```').exec(text)[1], built = own(file).replace('THE_SITE', '../site').replace('os.environ["STRIDE_SITE"]', '"site"').replace(/ onReady=.*? \/>/, ' />');
    for (const line of block.split('\n')) assert.ok(built.includes(line.trim()), `${file}: ${line}`);
  }
});

test('docs/courses.md packs lessons as it stands, README\'s among them', async () => {
  const read = (name) => readFileSync(join(ROOT, name), 'utf8'), place = join(PLACE, 'packs'), [, documented] = /```sh\n([^]*?)```/.exec(read('docs/courses.md'));
  mkdirSync(place);
  symlinkSync(join(ROOT, 'tools'), join(place, 'tools'));
  writeFileSync(join(place, 'mine.md'), /```\n(---\n[^]*?)```/.exec(read('README.md'))[1]);
  const said = await runHere('bash', ['-ec', documented], {cwd: place}), made = said.trim().split('\n').map((line) => resolve(place, line.split('  ')[0]));
  assert.equal(made.length, documented.trim().split('\n').length);
  for (const file of made) assert.match(await runHere('/usr/bin/python3', ['-m', 'zipfile', '-l', file], {}), /stride-lab\.js/);
});

test('Sphinx: pages at any depth, pictures in LaTeX, faults by file and line', async () => {
  await run('sphinx', PYTHON, '-m', 'sphinx', '-q', '-W', '-b', 'html', '.', 'html');
  await opened('sphinx/html', '/deep/page.html', (page) => shows(page, 'beale'));
  await opened('sphinx/html', '/index.html', async (page) => {
    await shows(page, 'himmelblau', 'Learning rate');
    assert.equal(await heightOf(page), 420);
  });
  await run('sphinx', PYTHON, '-m', 'sphinx', '-q', '-W', '-b', 'dirhtml', '.', 'dirhtml');
  await opened('sphinx/dirhtml', '/deep/page/', (page) => shows(page, 'beale'));
  await run('sphinx', PYTHON, '-m', 'sphinx', '-q', '-W', '-b', 'latex', '.', 'latex');
  const tex = readFileSync(join(PLACE, 'sphinx/latex/acourse.tex'), 'utf8'), pictures = [...tex.matchAll(/includegraphics\{\{([^}]*)\}\.png\}/g)].map(([, name]) => name);
  assert.equal(pictures.length, 2);
  for (const name of pictures) assert.equal(readFileSync(join(PLACE, 'sphinx/latex', name + '.png')).subarray(1, 4).toString(), 'PNG');
  writeFileSync(join(PLACE, 'sphinx/deep/page.rst'), '.. stride-lab::\n   :surfaces: beale\n');
  assert.match(await faultsOf('sphinx', PYTHON, ['-m', 'sphinx', '-b', 'html', '.', 'wrong']), /page\.rst:1: .*\n.*unknown option: "surfaces"/);
  assert.match(await faultsOf('sphinx', PYTHON, ['-m', 'sphinx', '-b', 'html', '.', 'wrong'], {STRIDE_SITE: 'nowhere'}),
               /stride_lab_site: expected the folder that \.\/run --site makes, or an address, got 'nowhere'/);
});

test('Jupyter Book: a lab, and the picture that a saved notebook holds of one', async () => {
  configured('book/_config.yml');
  await run('book', join(dirname(PYTHON), 'jupyter-book'), 'build', '.', '-W', '-q');
  await opened('book/_build/html', '/intro.html', (page) => shows(page, 'beale'));
  await opened('book/_build/html', '/saved.html', async (page) => {
    const picture = page.getByRole('img', {name: 'Stride: Adam beale'});
    await picture.waitFor();
    assert.equal(await picture.evaluate((node) => node.naturalWidth), 40);
  });
  const setting = /nb_mime_priority_overrides: .*/.exec(readFileSync(join(PLACE, 'book/_config.yml'), 'utf8'))[0];
  assert.ok(readFileSync(join(ROOT, 'python/README.md'), 'utf8').includes(setting), 'the documented setting');
});

test('MkDocs: instant navigation, and a scenario as a child', async () => {
  cpSync(join(PLUGINS, 'mkdocs/stride_lab_mkdocs.py'), join(PLACE, 'mkdocs/stride_lab_mkdocs.py'));
  configured('mkdocs/mkdocs.yml');
  const free = await serve(SITE), port = Number(new URL(free.origin).port);  // Material goes by the address that the site believes to have
  await free.close();
  writeFileSync(join(PLACE, 'mkdocs/mkdocs.yml'), readFileSync(join(PLACE, 'mkdocs/mkdocs.yml'), 'utf8').replace('http://127.0.0.1/', `${free.origin}/`));
  await run('mkdocs', PYTHON, '-m', 'mkdocs', 'build', '-q', '--strict');
  assert.ok(!readdirSync(join(PLACE, 'mkdocs/site')).includes('01-blindfold'), 'lessons are no pages');
  await opened('mkdocs/site', '/', async (page) => {
    await page.evaluate(() => { globalThis.isSamePage = true; });
    await page.locator('nav a', {hasText: 'Beale'}).first().click();
    await shows(page, 'beale');
    assert.equal(await heightOf(page), 480);
    await page.locator('nav a', {hasText: 'Himmelblau'}).first().click();
    await page.waitForFunction(() => document.querySelector('h1').textContent.includes('Himmelblau'));
    await shows(page, 'himmelblau', 'Learning rate');
    await page.locator('nav a', {hasText: 'Beale'}).first().click();
    await page.waitForFunction(() => document.querySelector('h1').textContent.includes('Beale'));
    await shows(page, 'beale');
    assert.ok(await page.evaluate(() => globalThis.isSamePage), 'no page was loaded anew');
  }, port);
  writeFileSync(join(PLACE, 'mkdocs/docs/beale.md'), '```stride-lab\nsurfaces: beale\n```\n');
  assert.match(await faultsOf('mkdocs', PYTHON, ['-m', 'mkdocs', 'build', '-q']), /beale\.md: stride-lab: expected one of .*, got 'surfaces: beale'/);
});

test('reveal.js: a lab starts with its slide and keeps its keys', async () => {
  cpSync(join(MODULES, 'reveal.js'), join(PLACE, 'reveal/reveal.js'), {recursive: true});
  cpSync(join(PLUGINS, 'reveal/stride-lab-reveal.js'), join(PLACE, 'reveal/stride-lab-reveal.js'));
  cpSync(SITE, join(PLACE, 'reveal/stride'), {recursive: true});
  const slide = (page) => page.evaluate(() => [...document.querySelectorAll('.slides > section')].findIndex((section) => section.classList.contains('present')));
  await opened('reveal', '/index.html', async (page) => {
    await page.waitForFunction(() => document.querySelector('.reveal.ready'));
    assert.ok(!await page.evaluate(() => document.querySelector('stride-lab').shadowRoot?.querySelector('canvas.lab')), 'not before its slide');
    await page.keyboard.press('ArrowRight');
    await shows(page, 'beale');
    await page.screenshot({path: join(ARTIFACTS, 'course-reveal-slide.png')});
    await page.evaluate(() => document.querySelector('stride-lab').focus());
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('stride-lab').getState().view?.cursor > 0);
    assert.equal(await slide(page), 1);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelectorAll('.slides > section')[2].classList.contains('present'));
  });
});

test('Docusaurus: the component in MDX', async () => {
  cpSync(join(PLUGINS, 'docusaurus/StrideLab.jsx'), join(PLACE, 'docusaurus/src/components/StrideLab.jsx'));
  cpSync(SITE, join(PLACE, 'docusaurus/static/stride'), {recursive: true});
  await run('docusaurus', join(MODULES, '.bin/docusaurus'), 'build', '--no-minify');
  await opened('docusaurus/build', '/', async (page) => {
    await shows(page, 'beale');
    await page.waitForFunction(() => document.querySelector('stride-lab').dataset.told === 'ready');
    assert.equal(await heightOf(page), 480);
    await page.locator('main a', {hasText: 'Another page'}).click();
    await page.waitForFunction(() => document.querySelector('h1').textContent === 'Another');
    await page.goBack();
    await shows(page, 'beale');
  });
});

test('Quarto: the shortcode, by Quarto where it is there, otherwise by pandoc', async () => {
  cpSync(SITE, join(PLACE, 'quarto/stride'), {recursive: true});
  if (spawnSync('quarto', ['--version']).status === 0) {
    cpSync(join(PLUGINS, 'quarto/_extensions'), join(PLACE, 'quarto/_extensions'), {recursive: true});
    await run('quarto', 'quarto', 'render', 'page.qmd');
  } else {
    const place = process.env.STRIDE_PANDOC;
    await run('quarto', 'env', `LD_LIBRARY_PATH=${place}/lib/${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-gnu`, `${place}/bin/pandoc`, '--data-dir', `${place}/share/pandoc/data`, 'page.qmd', '--from', 'markdown', '--to', 'html', '--standalone', '--lua-filter', 'pandoc.lua', '--output', 'page.html');
  }
  await opened('quarto', '/page.html', async (page) => {
    await shows(page, 'beale');
    assert.equal(await heightOf(page), 480);
  });
});

/// Packs the third lesson; its files in a folder.
function packed(kind, folder) {
  const file = join(PLACE, `lesson.${kind}`);
  execFileSync('node', [join(ROOT, 'tools/course.mjs'), kind, '--lesson', '3', '--out', file], {stdio: 'ignore'});
  mkdirSync(join(PLACE, folder), {recursive: true});
  execFileSync('/usr/bin/python3', ['-m', 'zipfile', '-e', file, join(PLACE, folder)]);
}

/// Learns the third lesson as a student does, by hand: reads, answers wrongly, works out the limit, and lowers the rate until the walker arrives.
async function learns(page, iframe) {
  const frame = await iframe.contentFrame(), hand = await handOn(page, frame);
  await turnTo(hand, 'It arrives a little sooner');
  await hand.click('It arrives a little sooner');
  await doTask(hand);
  await hand.comes('Done.');
  return frame;
}

test('SCORM 1.2: score, status and answers reach a runtime, and are there again', async () => {
  packed('scorm', 'scorm/lesson');
  cpSync(join(MODULES, 'scorm-again/dist/scorm12.min.js'), join(PLACE, 'scorm/scorm12.js'));
  writeFileSync(join(PLACE, 'scorm/index.html'), '<!doctype html><title>A course</title><script src="scorm12.js"></script><script>window.API = new Scorm12API({autocommit: false, logLevel: 4});</script>' +
    '<iframe src="lesson/index.html" width="1200" height="800"></iframe>');
  await opened('scorm', '/index.html', async (page) => {
    const frame = await learns(page, await page.locator('iframe').elementHandle());
    const value = (name) => page.evaluate((n) => window.API.lmsGetValue(n), name);
    assert.equal(await frame.textContent('#said'), '');
    assert.equal((await frame.evaluate(() => document.querySelector('stride-lab').getState())).problem.expression, '(x^2 + 25*y^2)/2');
    assert.deepEqual([await value('cmi.core.score.raw'), await value('cmi.core.lesson_status'), Number(await value('cmi.interactions._count'))], ['67', 'completed', 3]);
    const {interactions} = await page.evaluate(() => window.API.renderCMIToJSONObject?.().cmi ?? JSON.parse(window.API.renderCMIToJSONString()).cmi);
    const [question, number, task] = [0, 1, 2].map((k) => interactions[k]);
    assert.deepEqual([question.id, question.type, question.student_response, question.result], ['lesson-3-question', 'fill-in', 'It arrives a little sooner', 'wrong']);
    assert.deepEqual([number.id, number.type, number.student_response, number.result], ['lesson-3-number', 'numeric', '0.08', 'correct']);
    assert.deepEqual([task.id, task.type, task.result], ['lesson-3-task', 'performance', 'correct']);
    await page.evaluate(() => { document.querySelector('iframe').src = 'about:blank'; });
    await page.waitForFunction(() => window.API.isTerminated?.() ?? true);
  });
  await opened('scorm', '/lesson/index.html', async (page) => {
    await page.waitForFunction(() => document.getElementById('said').textContent.startsWith('No course system answers here'));
  });
});

test('H5P: plays in a player, and tells answers and score as xAPI', async () => {
  packed('h5p', 'h5p/content');
  cpSync(join(MODULES, 'h5p-standalone/dist'), join(PLACE, 'h5p/player'), {recursive: true});
  writeFileSync(join(PLACE, 'h5p/index.html'), `<!doctype html><title>A course</title><link rel="stylesheet" href="player/styles/h5p.css"><script src="player/main.bundle.js"></script><div id="place"></div>
<script>window.told = [];
new H5PStandalone.H5P(document.getElementById('place'), {h5pJsonPath: 'content', frameJs: 'player/frame.bundle.js', frameCss: 'player/styles/h5p.css'})
  .then(() => H5P.externalDispatcher.on('xAPI', ({data}) => window.told.push(data.statement)));</script>`);
  await opened('h5p', '/index.html', async (page) => {
    const element = await page.waitForSelector('iframe.h5p-iframe, #place iframe');
    await learns(page, element);
    const told = await page.evaluate(() => window.told), has = ({verb, result}) => [verb.id.split('/').pop(), result?.score?.raw, result?.completion];
    assert.deepEqual(told.map(has).filter(([verb]) => ['answered', 'completed', 'progressed'].includes(verb)), [['answered', 0, true], ['progressed', 0, false], ['answered', 1, true], ['progressed', 1, false], ['completed', 2, true]]);
    const {object: {definition}, result} = told.find(({verb}) => verb.id.endsWith('/answered'));
    assert.deepEqual([definition.interactionType, definition.choices.length, result.response, result.success], ['choice', 3, 'a', false]);
    assert.deepEqual(definition.choices[0], {id: 'a', description: {en: 'It arrives a little sooner'}});
  });
});
