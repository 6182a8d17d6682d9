// What the browser tests share: a static server, a browser, and the lab's controls found and used by name.
import {existsSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {serve as serveFolder} from '../../tools/serve.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const WEB = resolve(process.env.STRIDE_WEB ?? join(ROOT, 'build/web'));
export const ARTIFACTS = resolve(process.env.STRIDE_ARTIFACTS ?? join(ROOT, 'build/artifacts'));

const KEEPS_PICTURES = Boolean(process.env.STRIDE_PICTURES);

// No inline script or style, nothing from elsewhere: the page has to work under what strict hosts send.
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "worker-src 'self' blob:";

const FIXED = ['bar', 'pages', 'transport', 'notice'];  // groups of controls that no wheel scrolls

/// Roles of what holds other controls.
export const HOLD_OTHERS = ['group', 'region', 'dialog', 'tablist', 'listbox', 'table'];

/// Serves a folder on a free port, every file with these further headers; {origin, close()}.
export function serve(folder = WEB, headers = {}, options = {}) {
  return serveFolder(folder, {...options, headers: {'content-security-policy': CSP, ...headers}});
}

/// The browser as people have it, and the same engine without windows, in which a page stands in a third of the processor's time.
export const CHROMIUM = process.env.STRIDE_CHROMIUM ?? '/usr/bin/chromium';
const SHELL = '/usr/bin/chromium-headless-shell';

/// A browser to test the page in. tests/engines and the benchmarks take the whole one.
export const launch = (...flags) => launchProgram(process.env.STRIDE_CHROMIUM || !existsSync(SHELL) ? CHROMIUM : SHELL, flags);
export const launchWhole = (...flags) => launchProgram(CHROMIUM, flags);

function launchProgram(executablePath, flags) {
  return chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
           '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', ...flags],
  });
}

// Where the processor draws, four samples for each pixel take half of the time.
export function withoutSmoothEdges() {
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function(type, asked) { return get.call(this, type, {...asked, antialias: false}); };
}

// Where the processor draws, drawing is most of a test's time, and so is showing what has been cleared: both are done only while a test looks.
export function drawsWhenLookedAt() {
  const {prototype} = WebGL2RenderingContext;
  for (const name of ['clear', 'drawArrays', 'drawArraysInstanced', 'drawElements', 'drawElementsInstanced']) {
    const draw = prototype[name];
    prototype[name] = function(...given) { if (globalThis.isLookedAt) draw.apply(this, given); };
  }
}

// For tests that read pixels: a copy of what the canvas shows, to read from.
export function givesPictures() {
  globalThis.pictureNow = () => {
    const canvas = document.querySelector('canvas');
    globalThis.isLookedAt = true;
    canvas.stride.requestFrame();
    // The drawing buffer holds its picture only until the browser has shown it.
    return new Promise((done) => requestAnimationFrame(() => {
      globalThis.isLookedAt = false;
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {willReadFrequently: true});
      copy.drawImage(canvas, 0, 0);
      done(copy);
    }));
  };
}

/// The labs in a context's pages draw only while a test looks, and edges are not smooth.
export async function drawsLittle(context) {
  await context.addInitScript(withoutSmoothEdges);
  await context.addInitScript(drawsWhenLookedAt);
}

/// A page that the browser has lost answers nothing, and whoever has asked it something waits for ever: with its context all that is asked fails.
export function endWithItsPage({page, context, errors}) {
  page.on('crash', () => {
    errors.push('the page has crashed');
    context.close();
  });
}

/// A lab in a fresh page. `errors` gathers everything that the console calls an error, and requests that leave the server.
export class LabPage {
  static async open(browser, origin, {width = 1440, height = 900, ratio = 1, path = '/', dark = true, fast = false, looks = !fast, ...context} = {}) {
    const lab = new LabPage();
    lab.ratio = ratio;
    lab.errors = [];
    lab.context = await browser.newContext({
      viewport: {width, height}, deviceScaleFactor: ratio, colorScheme: dark ? 'dark' : 'light', ...context,
    });
    lab.page = await lab.context.newPage();
    if (fast) await lab.page.addInitScript(withoutSmoothEdges);
    if (!looks) await lab.page.addInitScript(drawsWhenLookedAt);
    await lab.page.addInitScript(givesPictures);
    lab.page.on('console', (message) => message.type() === 'error' && lab.errors.push(message.text()));
    lab.page.on('pageerror', (error) => lab.errors.push(String(error)));
    endWithItsPage(lab);
    lab.page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) lab.errors.push('request to ' + request.url());
    });
    await lab.page.goto(origin + path);
    await lab.ready();
    return lab;
  }

  async ready() {
    await this.page.waitForSelector('canvas[data-ready]', {timeout: 60000});
    await this.settle();
  }

  /// Waits until the lab asks for no more frames or, while something moves, until it has drawn eight: an input takes three to be taken,
  /// typing one for each key.
  settle(enough = 8) {
    return this.page.evaluate(async (most) => {
      const {stride} = document.querySelector('canvas');
      const next = () => new Promise((done) => requestAnimationFrame(done));
      const first = stride.frames;
      for (let last = -1; stride.frames !== last && stride.frames < first + most;) {
        last = stride.frames;
        await next();
        await next();
      }
    }, enough);
  }

  /// Calls one of the module's functions in the page.
  call(name, ...values) {
    return this.page.evaluate(([n, v]) => document.querySelector('canvas').stride[n](...v), [name, values]);
  }
  frames() { return this.page.evaluate(() => document.querySelector('canvas').stride.frames); }
  /// What stands in the record, without the groups that hold it.
  async controls() { return (await this.call('controls')).filter((c) => !HOLD_OTHERS.includes(c.role)); }
  scenario() { return this.call('getScenario'); }
  async setScenario(scenario) {
    const error = await this.call('setScenario', scenario);
    await this.settle();
    return error;
  }

  /// The one control of this name (and group, and role).
  async control(name, group, role) {
    const all = await this.controls();
    const found = all.filter((c) => c.name === name && (group === undefined || c.group === group) && (role === undefined || c.role === role));
    if (found.length === 1) return found[0];
    const names = all.map((c) => `${c.group} / ${c.role} ${c.name}`).join('\n  ');
    throw new Error(`${found.length} controls are called ${group ?? '*'} / ${role ?? '*'} ${name}; there are\n  ${names}`);
  }

  /// A place on a control in CSS pixels; 0, 0 is its top left, 1, 1 its bottom right.
  at(control, fx = 0.5, fy = 0.5) {
    return {x: (control.x + control.w * fx) / this.ratio, y: (control.y + control.h * fy) / this.ratio};
  }

  async hover(name, group, role, fx, fy) {
    const {x, y} = this.at(await this.control(name, group, role), fx, fy);
    await this.page.mouse.move(x, y);
    await this.settle();
  }

  async click(name, group, role) {
    await this.hover(name, group, role);
    await this.page.mouse.down();
    await this.settle();
    await this.page.mouse.up();
    await this.settle();
  }

  async tap(name, group, role) {
    const {x, y} = this.at(await this.control(name, group, role));
    await this.page.touchscreen.tap(x, y);
    await this.settle();
  }

  /// Drags a slider to a fraction of its length, by way of a few places between.
  async dragSlider(name, fraction, group) {
    const slider = await this.control(name, group, 'slider');
    const from = this.at(slider), to = this.at(slider, fraction);
    await this.page.mouse.move(from.x, from.y);
    await this.settle();
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, {steps: 4});
    await this.settle();
    await this.page.mouse.up();
    await this.settle();
  }

  /// Types a number or words into a field.
  async type(name, words, group, role) {
    await this.click(name, group, role);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
    await this.settle(20 + 4 * words.length);
  }

  /// Turns the wheel over its neighbours until a control is in sight.
  async scrollTo(name, group, role) {
    for (let tries = 0; tries < 40; ++tries) {
      const c = await this.control(name, group, role);
      if (c.visible) return c;
      const middle = (k) => [k.x + k.w / 2, k.y + k.h / 2];
      const [, y] = middle(c);
      // Not a plot, which takes the wheel for itself; not what stays where it is; for an option, nothing that lies under its list.
      const beside = (k) => k.group === c.group || (c.role === 'option' ? k.role === 'option' : !FIXED.includes(k.group));
      const near = (await this.every((k) => k.visible && k.role !== 'img' && k.x < c.x + c.w && k.x + k.w > c.x && beside(k)))
          .sort((a, b) => Math.abs(middle(a)[1] - y) - Math.abs(middle(b)[1] - y))[0];
      if (!near) break;
      const at = this.at(near);
      await this.page.mouse.move(at.x, at.y);
      await this.page.mouse.wheel(0, y > middle(near)[1] ? 200 : -200);
      await this.settle();
    }
    throw new Error(`${name} could not be scrolled to`);
  }

  /// Chooses an option of a drop-down as a hand does.
  async choose(name, option, group) {
    await this.click(name, group, 'combobox');
    await this.scrollTo(option, name, 'option');
    await this.click(option, name, 'option');
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.settle();
  }

  /// Every control that a predicate holds for.
  async every(holds) { return (await this.controls()).filter(holds); }

  /// Waits until what `ask` answers passes `holds`; returns it.
  async until(ask, holds, what, patience = 60000) {
    for (const end = Date.now() + patience;;) {
      const answer = await ask();
      if (holds(answer)) return answer;
      if (Date.now() > end) throw new Error(`${what}: waited in vain, last was ${JSON.stringify(answer)}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /// The picture inside a control, widened by `margin` CSS pixels, as rows of RGBA; small, for comparing.
  async pixels(control, {margin = 0, width = 96, height = 64} = {}) {
    const m = margin * this.ratio;
    const box = [control.x - m, control.y - m, control.w + 2 * m, control.h + 2 * m];
    const numbers = await this.page.evaluate(async ([from, w, h]) => {
      const canvas = document.querySelector('canvas');
      globalThis.isLookedAt = true;
      canvas.stride.requestFrame();
      // The drawing buffer holds its picture only until the browser has shown it.
      return new Promise((done) => requestAnimationFrame(() => {
        globalThis.isLookedAt = false;
        const copy = new OffscreenCanvas(w, h), draw = copy.getContext('2d');
        draw.drawImage(canvas, ...from, 0, 0, w, h);
        done([...draw.getImageData(0, 0, w, h).data]);
      }));
    }, [box, width, height]);
    return Uint8Array.from(numbers);
  }

  /// A picture for people: STRIDE_PICTURES=1 keeps those of all tests in build/artifacts.
  async keep(name) { if (KEEPS_PICTURES) await this.screenshot(name); }

  async screenshot(name) {
    const path = join(ARTIFACTS, name);
    await mkdir(dirname(path), {recursive: true});
    const look = (now) => this.page.evaluate((looked) => {
      globalThis.isLookedAt = looked;
      document.querySelector('canvas').stride.requestFrame();
    }, now);
    await look(true);
    await this.settle();
    await this.page.screenshot({path});
    await look(false);
  }

  /// How many different colours a grid of points on the canvas shows: 1 is a blank picture.
  colours() {
    return this.page.evaluate(async () => {
      const canvas = document.querySelector('canvas');
      globalThis.isLookedAt = true;
      canvas.stride.requestFrame();
      // The drawing buffer holds its picture only until the browser has shown it.
      const small = await new Promise((done) => requestAnimationFrame(() => {
        globalThis.isLookedAt = false;
        const copy = new OffscreenCanvas(160, 100), draw = copy.getContext('2d');
        draw.drawImage(canvas, 0, 0, copy.width, copy.height);
        done(draw.getImageData(0, 0, copy.width, copy.height).data);
      }));
      return new Set(new Uint32Array(small.buffer)).size;
    });
  }

  close() { return this.context.close(); }
}

/// As LabPage.keep, of any page.
export const keepPicture = async (page, name, options) => { if (KEEPS_PICTURES) await page.screenshot({path: join(ARTIFACTS, name), ...options}); };

/// How many different colours a picture shows.
export function colourCount(pixels) {
  return new Set(new Uint32Array(pixels.buffer)).size;
}

/// The part of two pictures, 0 to 1, that differs by more than a shade.
export function difference(a, b, shade = 12) {
  let count = 0;
  for (let i = 0; i < a.length; i += 4)
    count += Math.abs(a[i] - b[i]) > shade || Math.abs(a[i + 1] - b[i + 1]) > shade || Math.abs(a[i + 2] - b[i + 2]) > shade;
  return count / (a.length / 4);
}

/// Of a colour's three numbers, 0 to 255: how bright it is for the eye, 0 to 1 (WCAG 2.2, relative luminance).
export function luminance(colour) {
  const [r, g, b] = [...colour].map((x) => x / 255).map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/// The contrast of two colours, 1 to 21.
export function contrast(a, b) {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

/// A server and a browser for a file of tests, and `withLab(options, body)`: a fresh lab in which nothing may complain.
export function labTests({before, after, assert}) {
  let server, browser;
  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return async (options, body) => {
    const lab = await LabPage.open(browser, server.origin, {width: 900, height: 600, fast: true, ...options});
    try {
      await body(lab, {server, browser});
      assert.deepEqual(lab.errors, []);
    } finally {
      await lab.close();
    }
  };
}

/// Draws the loss that a lesson asks for by the mouse, through places in parts of the paper.
export async function drawLoss(lab, places) {
  const [paper] = await lab.every((c) => c.id.endsWith(' paper'));
  for (const [k, [x, y]] of places.entries()) {
    const at = lab.at(paper, x, y);
    await lab.page.mouse.move(at.x, at.y, {steps: k ? 6 : 1});
    if (k === 0) await lab.page.mouse.down();
    await lab.settle();
  }
  await lab.page.mouse.up();
  await lab.settle();
}

/// Two runs, one of them with a name of its own.
export const TWO = {
  stride: 1,
  problem: {surface: 'himmelblau', start: [-3, -1]},
  steps: 60,
  runs: [
    {optimizer: {type: 'SGD', lr: 0.01, momentum: 0.9}, schedule: {type: 'StepLR', step_size: 20}},
    {name: 'mine', optimizer: {type: 'Adam', lr: 0.3}, schedule: {type: 'CosineAnnealingLR', T_max: 60}},
  ],
};

export const rate = async (lab) => (await lab.scenario()).runs?.[0].optimizer?.lr;
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
export const surface = (lab) => lab.control('loss surface', 'surface', 'img');
export const notice = (lab) => lab.every((c) => c.group === 'notice' && c.role !== 'button');
