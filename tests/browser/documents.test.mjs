// The pages and scripts that README and docs show, opened as they stand there but for the host's name.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, test} from 'node:test';
import {hostTests} from './host.mjs';

const withHost = hostTests({before, after, assert}, {looks: false});
const blocks = async (file, language) => {
  const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(new RegExp('^( *)```' + language + '\\n([^]*?)^ *```', 'gm'))].map(([, , block]) => block);
};
const here = (block) => block.replaceAll('https://your.host/stride/', '');

for (const file of ['README.md', 'docs/embedding.md']) {
  test(`${file}: its lines of HTML`, async () => {
    const all = await blocks(file, 'html');
    assert.ok(all.length);
    for (const block of all) await withHost(here(block), {}, async (host) => {
      assert.ok(await host.page.locator('stride-lab, iframe').count());
      for (const lab of await host.page.locator('stride-lab').elementHandles()) {
        await lab.evaluate((element) => element.start());
        assert.equal((await lab.evaluate((element) => element.getState())).problem.surface, 'quad_k10');
      }
      for (const frame of await host.page.locator('iframe').elementHandles()) {
        await frame.scrollIntoViewIfNeeded();
        const inside = await frame.contentFrame();
        await inside.waitForFunction(() => globalThis.moduleOf('stride-lab')?.controls);
        assert.equal(await inside.evaluate(() => document.querySelector('stride-lab').getState().problem.surface), 'quad_k10');
      }
    });
  });
}

test('docs/embedding.md: its script hears the frame', async () => {
  const [script] = (await blocks('docs/embedding.md', 'js')).filter((block) => block.includes('postMessage'));
  await withHost('<iframe src="embed.html?surface=beale" width="900" height="520" title="Stride"></iframe>', {}, async (host) => {
    const heard = [];
    host.page.on('console', (message) => heard.push(message.text()));
    const body = script.replaceAll('https://your.host', host.origin) + "frame.dispatchEvent(new Event('load'));\n";
    await host.page.frames()[1].waitForFunction(() => globalThis.moduleOf('stride-lab')?.controls);
    await host.page.route(host.origin + '/documented.js', (route) => route.fulfill({contentType: 'text/javascript', body}));
    await host.page.addScriptTag({url: 'documented.js'});
    await host.until(() => heard, (all) => all.some((words) => words.startsWith('hello true')), 'an answer');
  });
});
