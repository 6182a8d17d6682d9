// What the browser tests share: a static server, a browser, and the lab's controls found and used by name.
import {mkdir} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {serve as serveFolder} from '../../tools/serve.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const WEB = resolve(process.env.STRIDE_WEB ?? join(ROOT, 'build/web'));
export const ARTIFACTS = resolve(process.env.STRIDE_ARTIFACTS ?? join(ROOT, 'build/artifacts'));

// No inline script or style, nothing from elsewhere: the page has to work under what strict hosts send.
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "worker-src 'self' blob:";

/// Serves a folder on a free port, every file with these further headers; {origin, close()}.
export function serve(folder = WEB, headers = {}) {
  return serveFolder(folder, {headers: {'content-security-policy': CSP, ...headers}});
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.STRIDE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
           '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

/// A lab in a fresh page. `errors` gathers everything that the console calls an error, and requests that leave the server.
export class LabPage {
  static async open(browser, origin, {width = 1440, height = 900, ratio = 1, path = '/', dark = true, ...context} = {}) {
    const lab = new LabPage();
    lab.ratio = ratio;
    lab.errors = [];
    lab.context = await browser.newContext({
      viewport: {width, height}, deviceScaleFactor: ratio, colorScheme: dark ? 'dark' : 'light', ...context,
    });
    lab.page = await lab.context.newPage();
    lab.page.on('console', (message) => message.type() === 'error' && lab.errors.push(message.text()));
    lab.page.on('pageerror', (error) => lab.errors.push(String(error)));
    lab.page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) lab.errors.push('request to ' + request.url());
    });
    await lab.page.goto(origin + path);
    await lab.ready();
    return lab;
  }

  async ready() {
    await this.page.waitForSelector('canvas[data-ready]', {timeout: 30000});
    await this.settle();
  }

  /// Waits until the lab asks for no more frames (or, while something moves, for half a second).
  settle() {
    return this.page.evaluate(async () => {
      const {stride} = document.querySelector('canvas');
      const next = () => new Promise((done) => requestAnimationFrame(done));
      const end = performance.now() + 500;
      for (let last = -1; stride.frames !== last && performance.now() < end;) {
        last = stride.frames;
        await next();
        await next();
      }
    });
  }

  /// Calls one of the module's functions in the page.
  call(name, ...values) {
    return this.page.evaluate(([n, v]) => document.querySelector('canvas').stride[n](...v), [name, values]);
  }
  frames() { return this.page.evaluate(() => document.querySelector('canvas').stride.frames); }
  controls() { return this.call('controls'); }
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
    await this.settle();
  }

  async screenshot(name) {
    const path = join(ARTIFACTS, name);
    await mkdir(dirname(path), {recursive: true});
    return this.page.screenshot({path});
  }

  /// How many different colours a grid of points on the canvas shows: 1 is a blank picture.
  colours() {
    return this.page.evaluate(async () => {
      const canvas = document.querySelector('canvas');
      canvas.stride.requestFrame();
      // The drawing buffer holds its picture only until the browser has shown it.
      const small = await new Promise((done) => requestAnimationFrame(() => {
        const copy = new OffscreenCanvas(160, 100), draw = copy.getContext('2d');
        draw.drawImage(canvas, 0, 0, copy.width, copy.height);
        done(draw.getImageData(0, 0, copy.width, copy.height).data);
      }));
      return new Set(new Uint32Array(small.buffer)).size;
    });
  }

  close() { return this.context.close(); }
}
