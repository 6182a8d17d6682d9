// The page starts, draws, rests, and takes what a browser can do to it.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {keepPicture, LabPage, launch, serve} from './helpers.mjs';

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/// Opens a lab, hands it to `body`, and expects that nothing complained.
async function withLab(options, body) {
  const lab = await LabPage.open(browser, server.origin, {looks: false, ...options});
  try {
    await body(lab);
    assert.deepEqual(lab.errors, []);
  } finally {
    await lab.close();
  }
}

const SIZES = [[1440, 900, 1], [820, 1180, 2], [390, 844, 3], [1000, 700, 1.5], [360, 640, 2]];

for (const [width, height, ratio] of SIZES) {
  test(`starts at ${width} x ${height}, pixel ratio ${ratio}`, () => withLab({width, height, ratio}, async (lab) => {
    assert.ok(await lab.colours() > 20, 'a picture, not one colour');
    assert.ok((await lab.controls()).length > 5);
    const size = await lab.page.evaluate(() => { const c = document.querySelector('canvas'); return [c.width, c.height]; });
    assert.deepEqual(size, [Math.round(width * ratio), Math.round(height * ratio)], 'device pixels');
    await lab.keep(`start-${width}x${height}@${ratio}.png`);
  }));
}

test('an untouched lab asks for no frame in five seconds', () => withLab({}, async (lab) => {
  const asked = await lab.page.evaluate(async () => {
    let count = 0;
    const ask = window.requestAnimationFrame;
    window.requestAnimationFrame = (f) => (++count, ask(f));
    const {stride} = document.querySelector('canvas');
    const before = stride.frames;
    await new Promise((done) => setTimeout(done, 5000));
    return [count, stride.frames - before];
  });
  assert.deepEqual(asked, [0, 0]);
}));

test('a change of size is drawn before it is shown', () => withLab({}, async (lab) => {
  const before = await lab.frames();
  await lab.page.setViewportSize({width: 1100, height: 700});
  await lab.settle();
  const [width, frames] = [await lab.page.evaluate(() => document.querySelector('canvas').width), await lab.frames()];
  assert.equal(width, 1100);
  assert.ok(frames > before);
}));

test('a lost WebGL context pauses, a restored one draws again', () => withLab({}, async (lab) => {
  const colours = await lab.colours();
  await lab.page.evaluate(async () => {
    const canvas = document.querySelector('canvas');
    const trick = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
    const next = (type) => new Promise((done) => canvas.addEventListener(type, done, {once: true}));
    const lost = next('webglcontextlost');
    trick.loseContext();
    await lost;
    const before = canvas.stride.frames;
    canvas.stride.requestFrame();
    await new Promise((done) => setTimeout(done, 100));
    if (canvas.stride.frames !== before) throw new Error('drew without a context');
    const restored = next('webglcontextrestored');
    trick.restoreContext();
    await restored;
  });
  await lab.settle();
  const again = await lab.colours();
  assert.ok(again > colours * 0.8, `${again} colours after the loss, ${colours} before`);
  await lab.keep('context-restored.png');
}));

test('without WebGL 2 the page says so', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.goto(server.origin + '/?surface=beale');
  await page.waitForSelector('html[data-state=failed]');
  assert.match(await page.textContent('#message'), /WebGL 2/);
  assert.ok(await page.isVisible('#message'));
  await page.waitForSelector('.stage img[src$="posters/beale.svg"]');  // the picture of what was asked for
  await keepPicture(page, 'no-webgl.png');
  await context.close();
});

test('Tab leaves the canvas, and keys elsewhere stay there', () => withLab({}, async (lab) => {
  const {page} = lab;
  await page.evaluate(() => {
    const field = document.createElement('input');
    field.id = 'other';
    document.body.append(field);
    document.querySelector('canvas').focus();
  });
  // It goes through the lab first: tests/browser/mirror.test.mjs.
  for (let stops = 0; stops < 100 && await page.evaluate(() => document.activeElement.id) !== 'other'; ++stops) await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'other');
  await page.waitForTimeout(1500);  // what losing the focus asks for, and the strip's last tiles, are drawn
  await lab.settle();
  const before = await lab.frames();
  await page.keyboard.type('abc');
  await page.keyboard.press('Backspace');
  assert.equal(await page.inputValue('#other'), 'ab');
  await lab.settle();
  assert.equal(await lab.frames(), before, 'the lab took no notice');
}));

test('a damaged link is named and the lab stands', () => withLab({path: '/#s=%%%'}, async (lab) => {
  assert.ok((await lab.controls()).length > 5);
  assert.equal((await lab.scenario()).stride, 1);
}));

test('setScenario answers with what is wrong', () => withLab({}, async (lab) => {
  const before = await lab.scenario();
  assert.notEqual(await lab.setScenario('[]'), '');
  assert.deepEqual(await lab.scenario(), before);
  assert.equal(await lab.setScenario({...before, steps: 77}), '');
  assert.equal((await lab.scenario()).steps, 77);
}));
