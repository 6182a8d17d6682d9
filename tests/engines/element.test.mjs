// <stride-lab> in three engines: it starts in a page under the strict policy, does what it is told, and comes back from outside the page.
import assert from 'node:assert/strict';
import {mkdir} from 'node:fs/promises';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {ARTIFACTS, serve} from '../browser/helpers.mjs';
import {chromium} from './chromium.mjs';
import {firefox} from './firefox.mjs';
import {PATIENCE} from './page.mjs';
import {webkit} from './webkit.mjs';

let server;
before(async () => {
  await mkdir(ARTIFACTS, {recursive: true});
  server = await serve();
});
after(() => server?.close());

for (const engine of [chromium, firefox, webkit]) {
  const missing = !existsSync(engine.program) || !process.env.DISPLAY;
  test(`${engine.name}: the element starts, obeys, and keeps its state while it is out of the page`, {
    timeout: 3 * PATIENCE, skip: missing && !existsSync('/etc/debian_version') ? `${engine.program} under a display is needed` : false,
  }, async () => {
    const page = await engine.start({width: 1000, height: 700});
    try {
      await page.goto(server.origin + '/examples/plain.html');
      const first = await page.evaluate(async () => {
        await customElements.whenDefined('stride-lab');
        const lab = document.querySelector('stride-lab');
        await lab.start();
        await lab.seek(7);
        const image = await lab.toImage();
        return {state: lab.getState(), image: [image.type, image.size], lines: (await lab.toCSV()).trim().split('\n').length};
      });
      assert.equal(first.state.problem.surface, 'quad_k10');
      assert.equal(first.state.view.cursor, 7);
      assert.equal(first.image[0], 'image/png');
      assert.ok(first.image[1] > 10000, `${first.image[1]} bytes of picture`);
      assert.equal(first.lines, 202);
      const away = await page.evaluate(async () => {
        const lab = document.querySelector('stride-lab'), place = lab.nextElementSibling, canvas = lab.shadowRoot.querySelector('canvas.lab');
        const lost = () => canvas.getContext('webgl2').isContextLost();
        const until = async (holds) => { while (!holds()) await new Promise((done) => setTimeout(done, 50)); };
        lab.remove();
        await until(lost);
        place.before(lab);
        await until(() => !lost() && !lab.shadowRoot.querySelector('canvas.picture'));
        const bad = await lab.setState({stride: 1, steps: 0}).catch((error) => error.message);
        return {state: lab.getState(), size: (await lab.toImage()).size, bad};
      });
      assert.deepEqual(away.state, first.state);
      assert.ok(away.size > 10000, 'drawn again');
      assert.match(away.bad, /^steps: expected/);
      await page.screenshot({path: join(ARTIFACTS, `element-${engine.name.toLowerCase()}.png`)});
    } finally {
      await page.quit();
    }
  });
}
