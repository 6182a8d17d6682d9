// WebKitGTK, Safari's relative, by its own driver, in the words that Playwright's and Puppeteer's pages are spoken to in.
import {spawn} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {Builder, Button, Capabilities, Key, Origin} from 'selenium-webdriver';
import {PATIENCE} from './page.mjs';

const program = process.env.STRIDE_WEBKIT ?? '/usr/bin/WebKitWebDriver';
const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const browser = process.env.STRIDE_WEBKIT_BROWSER ?? `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;

function freePort() {
  return new Promise((found, failed) => {
    const server = createServer().once('error', failed).listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => found(port));
    });
  });
}

/// The driver's address, once it answers.
async function startDriver() {
  const port = await freePort(), address = `http://127.0.0.1:${port}`;
  const child = spawn(program, [`--port=${port}`], {stdio: 'ignore', env: {...process.env, LIBGL_ALWAYS_SOFTWARE: '1'}});
  let ended = '';
  child.once('error', (error) => { ended = error.message; });
  child.once('exit', (code) => { ended ||= `it ended with ${code}`; });
  for (const end = Date.now() + PATIENCE; !ended && Date.now() < end;) {
    const answer = await fetch(address + '/status').catch(() => null);
    if (answer?.ok) return {address, child};
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill();
  throw new Error(`${program} did not answer at ${address}${ended && ': ' + ended}`);
}

/// Calls a function in the page with a value; what it answers is awaited, and an error of it thrown here.
async function evaluate(driver, ask, value) {
  const {answer, error} = await driver.executeAsyncScript(`const [value, done] = arguments;
    (async () => (${ask})(value))().then((answer) => done({answer}), (error) => done({error: String(error)}));`, value);
  if (error) throw new Error(error);
  return answer ?? undefined;
}

function makeMouse(driver) {
  const at = {x: 0, y: 0};
  const act = (steps) => steps(driver.actions({async: true})).perform();
  return {
    async move(x, y, {steps = 1} = {}) {
      const from = {...at};
      for (let i = 1; i <= steps; ++i) {
        at.x = Math.round(from.x + (x - from.x) * i / steps), at.y = Math.round(from.y + (y - from.y) * i / steps);
        await act((actions) => actions.move({...at, origin: Origin.VIEWPORT, duration: 0}));
      }
    },
    down: () => act((actions) => actions.press(Button.LEFT)),
    up: () => act((actions) => actions.release(Button.LEFT)),
  };
}

export const webkit = {
  name: 'WebKitGTK',
  program,
  needsDisplay: true,
  installed: 'webkit2gtk-driver',

  async start({width, height}) {
    const {address, child} = await startDriver();
    const wanted = new Capabilities({browserName: 'MiniBrowser', 'webkitgtk:browserOptions': {binary: browser, args: ['--automation']}});
    const driver = await new Builder().usingServer(address).withCapabilities(wanted).build().catch((error) => {
      child.kill();
      throw error;
    });
    await driver.manage().setTimeouts({script: PATIENCE, pageLoad: PATIENCE});
    const page = {
      goto: (url) => driver.get(url),
      evaluate: (ask, value) => evaluate(driver, ask, value),
      mouse: makeMouse(driver),
      keyboard: {press: (key) => driver.actions({async: true}).sendKeys(Key[key.toUpperCase()] ?? key).perform()},
      screenshot: async ({path}) => writeFile(path, await driver.takeScreenshot(), 'base64'),
      quit: () => driver.quit().finally(() => child.kill()),
    };
    // The window is larger than what it shows by its bars.
    const size = () => evaluate(driver, () => [innerWidth, innerHeight]);
    await driver.manage().window().setRect({x: 0, y: 0, width, height});
    const [w, h] = await size();
    await driver.manage().window().setRect({x: 0, y: 0, width: 2 * width - w, height: 2 * height - h});
    return page;
  },
};
