// Pages of others with labs in them: served from the lab's own server under a strict policy, their requests and complaints noted.
import {drawsWhenLookedAt, endWithItsPage, HOLD_OTHERS, launch, serve, withoutSmoothEdges} from './helpers.mjs';

const PAGE = '/host.html';

/// A page around labs. `errors`: what the console calls an error, and requests that leave the server; `requests`: their addresses.
export class HostPage {
  static async open(browser, origin, html, {init, looks = true, ...context} = {}) {
    const host = new HostPage();
    Object.assign(host, {origin, errors: [], requests: []});
    host.context = await browser.newContext({viewport: {width: 1000, height: 700}, ...context});
    const page = host.page = await host.context.newPage();
    page.setDefaultTimeout(120000);  // a busy machine draws twenty labs
    if (init) await page.addInitScript(init);
    await page.addInitScript(withoutSmoothEdges);
    if (!looks) await page.addInitScript(drawsWhenLookedAt);
    await page.addInitScript(() => {
      /// The module of the lab that a selector finds.
      globalThis.moduleOf = (selector) => document.querySelector(selector)?.shadowRoot?.querySelector('canvas.lab[data-ready]')?.stride;
    });
    page.on('console', (message) => message.type() === 'error' && host.errors.push(message.text()));
    page.on('pageerror', (error) => host.errors.push(String(error)));
    endWithItsPage(host);
    page.on('request', (request) => {
      const address = request.url();
      if (/^(data|blob):/.test(address)) return;
      host.requests.push(address);
      if (!address.startsWith(origin)) host.errors.push('request to ' + address);
    });
    if (html.startsWith('/')) {
      await page.goto(origin + html);
      return host;
    }
    const policy = (await (await fetch(origin + '/index.html')).headers).get('content-security-policy');
    await page.route(origin + PAGE, (route) => route.fulfill({
      contentType: 'text/html; charset=utf-8', headers: {'content-security-policy': policy.replace("img-src", "frame-src 'self'; img-src")},
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A course</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="stride-lab.css">
<script type="module" src="stride-lab.js"></script></head><body>${html}</body></html>`,
    }));
    await page.goto(origin + PAGE);
    return host;
  }

  /// Waits until the lab of a selector runs and is at rest.
  async ready(selector = 'stride-lab') {
    await this.page.waitForFunction((s) => Boolean(globalThis.moduleOf(s)?.controls), selector, {timeout: 60000});
    await this.settle(selector);
  }

  settle(selector = 'stride-lab', enough = 8) {
    return this.page.evaluate(async ([s, most]) => {
      const stride = globalThis.moduleOf(s), next = () => new Promise((done) => requestAnimationFrame(done)), first = stride.frames;
      for (let last = -1; stride.frames !== last && stride.frames < first + most;) {
        last = stride.frames;
        await next();
        await next();
      }
    }, [selector, enough]);
  }

  call(name, values = [], selector = 'stride-lab') {
    return this.page.evaluate(([s, n, v]) => globalThis.moduleOf(s)[n](...v), [selector, name, values]);
  }
  frames(selector = 'stride-lab') { return this.page.evaluate((s) => globalThis.moduleOf(s).frames, selector); }

  /// The middle of a control of the lab, on the page.
  async at(name, group, selector = 'stride-lab') {
    const found = (await this.call('controls', [], selector)).filter((c) => c.name === name && !HOLD_OTHERS.includes(c.role) && (group === undefined || c.group === group));
    if (found.length !== 1) throw new Error(`${found.length} controls are called ${group ?? '*'} / ${name}`);
    const box = await this.page.locator(selector).boundingBox(), [c] = found;
    return {x: box.x + c.x + c.w / 2, y: box.y + c.y + c.h / 2, control: c};
  }

  /// Notes the events of a lab from now on; `events()` hands over what has come.
  async listen(selector = 'stride-lab') {
    await this.page.evaluate((s) => {
      const heard = globalThis.heard = [];
      for (const type of ['ready', 'change', 'progress', 'answered', 'goal', 'error'])
        document.querySelector(s).addEventListener(type, (event) => heard.push({type, ...event.detail, ...(type === 'error' && {kind: event.detail.type, type})}));
    }, selector);
  }
  events() { return this.page.evaluate(() => globalThis.heard); }

  /// Waits until `ask` answers something that `holds`; returns it.
  async until(ask, holds, what, patience = 60000) {
    for (const end = Date.now() + patience;;) {
      const answer = await ask();
      if (holds(answer)) return answer;
      if (Date.now() > end) throw new Error(`${what}: waited in vain, last was ${JSON.stringify(answer)}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  close() { return this.context.close(); }
}

/// A server and a browser for a file of tests, and `withHost(html, options, body)`: a fresh page in which nothing may complain. `looks`:
/// whether the labs draw where the options don't say.
export function hostTests({before, after, assert}, {headers, looks = true} = {}) {
  let server, browser;
  before(async () => {
    server = await serve(undefined, headers);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return async (html, options, body) => {
    const host = await HostPage.open(browser, server.origin, html, {looks, ...options});
    try {
      await body(host);
      assert.deepEqual(host.errors, []);
    } finally {
      await host.close();
    }
  };
}

/// Numbers from 0 to 1, the same for the same seed (mulberry32, Tommy Ettinger).
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
