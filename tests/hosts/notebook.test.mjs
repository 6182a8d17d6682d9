// python/examples.ipynb in a real JupyterLab, executed and used by a browser; what it leaves when it is saved; the widget in HTML that nbconvert builds; in
// Notebook 7 and in marimo.
// STRIDE_PYTHON is the interpreter with JupyterLab and the wheel.
import assert from 'node:assert/strict';
import {copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ARTIFACTS, launch} from '../browser/helpers.mjs';
import {doTask, handOn, turnTo} from './hand.mjs';
import {freePort, run, start} from './processes.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)), PYTHON = process.env.STRIDE_PYTHON;
const folder = mkdtempSync(join(tmpdir(), 'stride-notebook-')), notebook = join(folder, 'examples.ipynb');
const own = {...process.env, HOME: folder, JUPYTER_CONFIG_DIR: join(folder, 'config'), JUPYTER_DATA_DIR: join(folder, 'data'), JUPYTER_RUNTIME_DIR: join(folder, 'runtime'), IPYTHONDIR: join(folder, 'ipython'),
             PATH: `${dirname(PYTHON)}:${process.env.PATH}`};
const PATIENCE = 120000, LIMIT = {timeout: 2*PATIENCE};  // a kernel that dies would never answer
let browser, server, page, origin;

const answers = (address) => fetch(address, {signal: AbortSignal.timeout(5000)}).then(({ok}) => ok, () => false);

before(async () => {
  copyFileSync(join(ROOT, 'python/examples.ipynb'), notebook);
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  server = start(PYTHON, ['-m', 'jupyterlab', '--no-browser', '--allow-root', '--ip=127.0.0.1', `--port=${port}`, '--IdentityProvider.token=', '--LabApp.expose_app_in_browser=True', '--JupyterNotebookApp.expose_app_in_browser=True',
                          '--LabApp.news_url=', `--ServerApp.root_dir=${folder}`], {cwd: folder, env: own});
  for (const end = Date.now() + PATIENCE; !await answers(origin + '/api/status');) {
    if (server.child.exitCode !== null || Date.now() > end) throw new Error('JupyterLab did not start: ' + server.said());
    await new Promise((go) => setTimeout(go, 200));
  }
  browser = await launch();
  page = await browser.newPage({viewport: {width: 1280, height: 1000}});
  await page.goto(`${origin}/lab/tree/examples.ipynb`);
  await page.waitForFunction(() => globalThis.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle', null, {timeout: PATIENCE});
}, {timeout: 3*PATIENCE});
after(async () => {
  await browser?.close();
  server?.child.kill();  // ends its kernels, which are in groups of their own
  for (let tries = 0; server && server.child.exitCode === null && tries < 50; ++tries) await new Promise((go) => setTimeout(go, 200));
  server?.end();
  rmSync(folder, {recursive: true, force: true, maxRetries: 10, retryDelay: 300});
}, {timeout: 60000});

/// Runs a line in the notebook's kernel; what it prints.
const python = (code) => page.evaluate(async (text) => {
  const future = globalThis.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.requestExecute({code: text});
  let printed = '';
  future.onIOPub = ({content}) => { printed += content.text ?? content.evalue ?? ''; };
  await future.done;
  return printed.trim();
}, code);

const labs = () => page.evaluate(() => [...document.querySelectorAll('stride-lab')].map((lab) => Boolean(lab.shadowRoot?.querySelector('canvas.lab[data-ready]'))));

/// The first lab on a page has started; its scenario.
async function firstLab(where) {
  const lab = where.locator('stride-lab').first();
  await lab.waitFor({state: 'attached', timeout: PATIENCE});
  await lab.scrollIntoViewIfNeeded();
  await until(() => lab.evaluate((element) => Boolean(element.shadowRoot?.querySelector('canvas.lab[data-ready]'))), Boolean, 'the lab');
  return lab.evaluate((element) => element.getState());
}

async function until(ask, holds, what) {
  for (const end = Date.now() + PATIENCE;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what}: waited in vain, last was ${JSON.stringify(answer)}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

test('every cell runs, and the labs come', LIMIT, async () => {
  await page.evaluate(() => globalThis.jupyterapp.commands.execute('notebook:run-all-cells'));
  await page.locator('stride-lab').first().waitFor({state: 'attached', timeout: PATIENCE});
  await page.locator('stride-lab').first().scrollIntoViewIfNeeded();
  await until(labs, ([first]) => first, 'the first lab');
  await page.screenshot({path: join(ARTIFACTS, 'jupyterlab.png')});
  // What is far from the window has no place in the page.
  await until(async () => {
    await page.evaluate(() => {
      const {content} = globalThis.jupyterapp.shell.currentWidget;
      return content.scrollToItem(content.widgets.length - 1);
    });
    return page.evaluate(() => [...document.querySelectorAll('stride-lab')].some((lab) =>
      lab.shadowRoot?.querySelector('canvas.lab[data-ready]')?.stride?.controls?.().some(({role, name}) => role === 'region' && name === 'training.jsonl')));
  }, Boolean, 'the recorded training in the lab itself');
  await page.locator('stride-lab').last().scrollIntoViewIfNeeded();
  await page.screenshot({path: join(ARTIFACTS, 'jupyterlab-recorded.png')});
  const failed = await page.evaluate(() => globalThis.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
      .flatMap((cell) => (cell.getOutputs?.() ?? []).filter(({output_type: type}) => type === 'error').map(({evalue}) => evalue)));
  assert.deepEqual(failed, []);
});

test('scenario and step go both ways', LIMIT, async () => {
  await page.locator('stride-lab').first().scrollIntoViewIfNeeded();
  const state = () => page.evaluate(() => document.querySelector('stride-lab').getState());
  assert.equal((await state()).problem.surface, 'beale');
  await until(state, ({view}) => view?.cursor === 40, 'the step of the notebook');
  await page.evaluate(() => document.querySelector('stride-lab').setState({stride: 1, problem: {type: 'surface', surface: 'booth'}, steps: 30}));
  await until(() => python('print(lab.scenario["problem"]["surface"], len(lab.trajectory()))'), (said) => said === 'booth 31', 'in the kernel');
  await page.evaluate(() => document.querySelector('stride-lab').seek(12));
  await until(() => python('print(lab.step)'), (said) => said === '12', 'the step in the kernel');
  await python('lab.scenario = {"stride": 1, "problem": {"type": "curve", "curve": "two_valleys"}}');
  await until(state, ({problem}) => problem.curve === 'two_valleys', 'in the lab');
  assert.match(await python('lab.scenario = {"stride": 2}'), /stride: expected/);
});

test('the answer to a lesson that the kernel asks for reaches the kernel', LIMIT, async () => {
  await python('lab.lesson = 3');
  const hand = await handOn(page, page.mainFrame());
  const right = 'It climbs out of the valley, higher and higher';
  await turnTo(hand, right);
  await hand.click(right);
  await until(() => python('print(lab.answered and lab.answered["response"])'), (said) => said === right, 'the answer in the kernel');
  assert.equal(await python('print(lab.answered["correct"], lab.answered["lesson"], len(lab.answered["choices"]))'), 'True 3 3');
  await doTask(hand);
  await until(() => python('print(lab.goal and lab.goal["lesson"])'), (said) => said === '3', 'the task in the kernel');
});

test('saved, it holds pictures; built by nbconvert, the pictures stand in the page', LIMIT, async () => {
  await page.evaluate(() => globalThis.jupyterapp.commands.execute('docmanager:save'));
  const outputs = await until(() => JSON.parse(readFileSync(notebook, 'utf8')).cells.flatMap((cell) => cell.outputs ?? []).filter(({data}) => data?.['application/vnd.jupyter.widget-view+json']),
                              (found) => found.length === 2, 'the saved notebook');
  for (const {data} of outputs) assert.match([data['text/html']].flat().join(''), /<img src="data:image\/svg\+xml;base64,/);
  await run(PYTHON, ['-m', 'nbconvert', '--to', 'html', notebook], {cwd: folder, env: own});
  const html = readFileSync(join(folder, 'examples.html'), 'utf8');
  assert.equal(html.match(/alt="Stride: /g)?.length, 2);
});

test('Notebook 7 shows it', LIMIT, async () => {
  const other = await browser.newPage({viewport: {width: 1280, height: 1000}});
  await other.goto(`${origin}/notebooks/examples.ipynb`);
  await other.waitForFunction(() => globalThis.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle', null, {timeout: PATIENCE});
  assert.match(await other.evaluate(() => globalThis.jupyterapp.name), /Jupyter Notebook/);
  await other.evaluate(() => globalThis.jupyterapp.commands.execute('notebook:run-all-cells'));
  assert.equal((await firstLab(other)).problem.surface, 'beale');
  await other.screenshot({path: join(ARTIFACTS, 'notebook7.png')});
  await other.close();
});

test('marimo shows it, and what is done in the lab arrives in other cells', LIMIT, async () => {
  const app = join(folder, 'app.py'), port = await freePort();
  writeFileSync(app, `import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    from stride_lab import StrideLab
    lab = mo.ui.anywidget(StrideLab(surface="beale", optimizer="Adam", lr=0.1))
    lab
    return lab, mo


@app.cell
def _(lab, mo):
    mo.md(f"shown: {lab.value['scenario']['problem']['surface']}")
    return


if __name__ == "__main__":
    app.run()
`);
  const marimo = start(PYTHON, ['-m', 'marimo', '--yes', 'run', app, '--headless', '--no-token', '--host', '127.0.0.1', '--port', String(port)], {cwd: folder, env: own});
  try {
    await until(() => answers(`http://127.0.0.1:${port}/health`), Boolean, 'marimo');
    const other = await browser.newPage({viewport: {width: 1280, height: 1000}});
    await other.goto(`http://127.0.0.1:${port}/`);
    assert.equal((await firstLab(other)).problem.surface, 'beale');
    await other.getByText('shown: beale').waitFor({timeout: PATIENCE});
    await other.locator('stride-lab').first().evaluate((lab) => lab.setState({stride: 1, problem: {type: 'surface', surface: 'booth'}}));
    await other.getByText('shown: booth').waitFor({timeout: PATIENCE});
    await other.screenshot({path: join(ARTIFACTS, 'marimo.png')});
    await other.close();
  } finally {
    marimo.end();
  }
});
