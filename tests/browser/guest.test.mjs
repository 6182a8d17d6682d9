// The lab in somebody's page takes nothing that it isn't given: no key, wheel or touch, no request, no frame, no cookie.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {hostTests} from './host.mjs';

const withHost = hostTests({before, after, assert}, {looks: false});
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const FIELDS = '<input id="before"><stride-lab></stride-lab><input id="after"><p style="height: 3000px">The text goes on.</p>'
    .replace(' style="height: 3000px"', ' id="long"');
const focused = (host) => host.page.evaluate(() => document.activeElement.id || document.activeElement.localName);
const scrolled = (host) => host.page.evaluate(() => scrollY);
/// Waits until the page rests: a finger that lets go while it moves throws the page.
const stopsScrolling = (host) => host.page.evaluate(async () => {
  for (let still = 0, last = -1; still < 10; last = scrollY) {
    await new Promise((done) => requestAnimationFrame(done));
    still = scrollY === last ? still + 1 : 0;
  }
});
const lengthen = (host) => host.page.evaluate(() => { document.getElementById('long').style.height = '3000px'; });
const middle = async (host) => {
  const box = await host.page.locator('stride-lab').boundingBox();
  return [box.x + box.width * 0.3, box.y + box.height * 0.4];
};
const zoom = async (host) => (await host.call('getScenario')).view?.zoom ?? 1;

/// It comes to rest: no frame while half a second passes.
const drawsNothing = (host, what) => host.until(async () => { const a = await host.frames(); await pause(500); return await host.frames() - a; }, (n) => n === 0, what);

test('Tab goes through the lab and out of it, forwards and back', () => withHost(FIELDS, {}, async (host) => {
  await host.ready();
  await host.page.waitForSelector('.mirror', {state: 'attached'});
  await host.page.focus('#before');
  const seen = [];
  const press = async (key) => {
    await host.page.keyboard.press(key);
    seen.push(await focused(host));
  };
  for (const key of ['Tab', 'Enter', 'Tab', 'Shift+Tab']) await press(key);  // Enter: what is first in the lab leads past it
  assert.deepEqual(seen, ['stride-lab', 'stride-lab', 'after', 'stride-lab']);
  while (seen.at(-1) === 'stride-lab' && seen.length < 120) await press('Shift+Tab');
  assert.equal(seen.at(-1), 'before');
  assert.ok(seen.length > 20, `${seen.length} stops`);
}));

test('keys belong to the page until the lab has the focus', () => withHost(FIELDS, {}, async (host) => {
  await host.ready();
  await lengthen(host);
  await host.page.focus('#after');
  const before = await host.call('getScenario');
  await host.page.keyboard.type('ab] [');
  await host.page.keyboard.press('Backspace');
  assert.equal(await host.page.inputValue('#after'), 'ab] ');
  await host.page.evaluate(() => document.activeElement.blur());
  // Again, where the browser has not yet laid the longer page out.
  await host.until(async () => { await host.page.keyboard.press('Space'); return scrolled(host); }, (y) => y > 100, 'the space bar scrolls');
  assert.deepEqual(await host.call('getScenario'), before);
  await host.page.focus('stride-lab');
  await host.page.keyboard.press(']');
  await host.until(() => host.call('getScenario'), (s) => s.runs?.[0].optimizer?.lr, 'the rate changes by key');
}));

test('the wheel scrolls the page, and zooms once the lab has the focus', () => withHost(FIELDS, {}, async (host) => {
  await host.ready();
  await lengthen(host);
  await host.page.mouse.move(...await middle(host));
  await host.page.mouse.wheel(0, 60);
  await host.until(() => scrolled(host), (y) => y === 60, 'the page scrolls');
  await host.settle();
  assert.equal(await zoom(host), 1);
  const [x, y] = await middle(host);
  await host.page.mouse.move(x, y);
  await host.page.mouse.click(x, y);
  await host.page.mouse.wheel(0, -200);
  await host.until(() => zoom(host), (z) => z > 1, 'the surface zooms');
  assert.equal(await scrolled(host), 60);
}));

test('one finger scrolls the page, a tap gives the lab the focus', () => withHost(FIELDS, {hasTouch: true}, async (host) => {
  await host.ready();
  await lengthen(host);
  const touchAction = () => host.page.evaluate(() => document.querySelector('stride-lab').shadowRoot.querySelector('canvas.lab').style.touchAction);
  assert.equal(await touchAction(), 'pan-x pan-y');
  const [x, y] = await middle(host), before = await host.call('getScenario');
  const session = await host.context.newCDPSession(host.page);
  const finger = (type, at) => session.send('Input.dispatchTouchEvent', {type, touchPoints: at === undefined ? [] : [{x, y: at}]});
  await finger('touchStart', y);
  for (let moved = 20; moved <= 240; moved += 20) await finger('touchMove', y - moved);
  await finger('touchEnd');
  await host.until(() => scrolled(host), (s) => s > 100, 'the page scrolls');
  assert.equal(await focused(host), 'body', 'a finger that scrolls means the page');
  assert.deepEqual(await host.call('getScenario'), before);
  await stopsScrolling(host);
  await host.page.evaluate(() => scrollTo(0, 0));
  await stopsScrolling(host);
  const map = await host.at('map', 'surface');
  await host.page.touchscreen.tap(map.x, map.y);
  await host.until(() => focused(host), (f) => f === 'stride-lab', 'the focus');
  await host.until(() => host.call('getScenario'), (s) => s.view?.flat, 'the tap counts as well');
  assert.equal(await touchAction(), 'none');
  await host.page.focus('#after');
  assert.equal(await touchAction(), 'pan-x pan-y');
}));

test('two fingers zoom without the focus', () => withHost(FIELDS, {hasTouch: true}, async (host) => {
  await host.ready();
  await lengthen(host);
  const [x, y] = await middle(host), session = await host.context.newCDPSession(host.page);
  const fingers = (type, apart) => session.send('Input.dispatchTouchEvent', {
    type, touchPoints: apart === undefined ? [] : [{x: x - apart, y, id: 1}, {x: x + apart, y, id: 2}],
  });
  await fingers('touchStart', 20);
  for (let apart = 30; apart <= 90; apart += 10) await fingers('touchMove', apart);
  await fingers('touchEnd');
  await host.until(() => zoom(host), (z) => z > 1.2, 'the surface zooms');
  assert.equal(await scrolled(host), 0);
}));

test('nothing is fetched before the lab is wanted, and nothing moves when it comes', () => withHost(
    '<p>Before</p><stride-lab reveal="interaction"></stride-lab><p id="next">After</p>', {}, async (host) => {
      await host.page.waitForLoadState('networkidle');
      const own = () => host.requests.map((r) => new URL(r).pathname);
      assert.deepEqual(own(), ['/host.html', '/stride-lab.css', '/stride-lab.js']);
      const top = () => host.page.evaluate(() => document.getElementById('next').getBoundingClientRect().top);
      const was = await top();
      await host.page.evaluate(() => {
        globalThis.shift = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value; })
            .observe({type: 'layout-shift', buffered: true});
      });
      await host.page.click('stride-lab');
      await host.ready();
      assert.equal(await top(), was);
      assert.equal(await host.page.evaluate(() => globalThis.shift), 0);
      assert.equal(await focused(host), 'stride-lab', 'who starts it goes on in it');
    }));

test('a lab far below waits until it is nearly seen', () => withHost(
    `${'<p>The text goes on.</p>'.repeat(60)}<stride-lab></stride-lab>`, {}, async (host) => {
      await host.page.waitForLoadState('networkidle');
      assert.ok(!host.requests.some((r) => r.endsWith('/canvas.js')), host.requests.join());
      await host.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await host.ready();
    }));

test('off the screen and in a resting lab no frame is drawn', () => withHost(FIELDS, {}, async (host) => {
  await host.ready();
  await lengthen(host);
  await drawsNothing(host, 'it comes to rest');
  await host.page.evaluate(() => document.querySelector('stride-lab').play());
  await host.until(() => host.call('getScenario'), (s) => s.view?.cursor > 3, 'it plays');
  await host.page.evaluate(() => scrollTo(0, 2500));
  await drawsNothing(host, 'off the screen');
  await host.page.evaluate(() => scrollTo(0, 0));
  const cursor = (await host.call('getScenario')).view.cursor;
  await host.until(() => host.call('getScenario'), (s) => s.view.cursor !== cursor, 'and goes on where it was');
}));

test('in a hidden tab, where the browser calls for no frames, none is drawn, whatever plays, is asked for or comes in', () => withHost(FIELDS, {
  // Headless browsers hide no tab: here it is what a hidden one sees, frames that come only when it is shown again.
  init: () => {
    const ask = globalThis.requestAnimationFrame.bind(globalThis), kept = [];
    const later = (draw) => (time) => globalThis.hiddenTab ? kept.push(later(draw)) : draw(time);
    globalThis.requestAnimationFrame = (draw) => ask(later(draw));
    globalThis.hideTab = (hidden) => {
      globalThis.hiddenTab = hidden;
      Object.defineProperty(document, 'visibilityState', {configurable: true, value: hidden ? 'hidden' : 'visible'});
      document.dispatchEvent(new Event('visibilitychange'));
      if (!hidden) kept.splice(0).forEach(ask);
    };
  },
}, async (host) => {
  await host.ready();
  await host.page.evaluate(() => document.querySelector('stride-lab').play());
  await host.until(() => host.call('getScenario'), (s) => s.view?.cursor > 3, 'it plays');
  await host.page.evaluate(() => globalThis.hideTab(true));
  await host.page.evaluate(() => document.querySelector('stride-lab').setState({stride: 1, problem: {surface: 'booth'}, steps: 90}));
  const frames = await host.frames();
  await pause(800);
  assert.equal(await host.frames(), frames, 'hidden');
  assert.equal((await host.call('getScenario')).problem.surface, 'booth');
  await host.page.evaluate(() => globalThis.hideTab(false));
  await host.until(() => host.frames(), (n) => n > frames, 'and goes on');
}));

test('with less motion nothing moves by itself', () => withHost('<stride-lab></stride-lab>', {reducedMotion: 'reduce'}, async (host) => {
  await host.ready();
  await drawsNothing(host, 'it comes to rest');
  await drawsNothing(host, 'nobody has asked for anything');
  assert.equal((await host.call('getScenario')).view?.cursor, undefined);
}));

test('no cookie is set, and nothing is stored that nobody chose', () => withHost('<stride-lab theme="dark"></stride-lab>', {}, async (host) => {
  await host.ready();
  assert.deepEqual(await host.context.cookies(), []);
  assert.deepEqual(await host.page.evaluate(() => Object.keys(localStorage)), []);
}));

test('storage may be refused', () => withHost('<stride-lab lesson="1"></stride-lab>', {
  init: () => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(globalThis, name, {get() { throw new DOMException('refused', 'SecurityError'); }});
  },
}, async (host) => {
  await host.ready();
  await host.until(() => host.call('controls'), (all) => all.some((c) => c.group === 'lesson'), 'the lesson');
}));

test('without WebGL 2 the poster stays, with a sentence', () => withHost('<stride-lab></stride-lab>', {
  init: () => { HTMLCanvasElement.prototype.getContext = () => null; },
}, async (host) => {
  await host.page.waitForSelector('stride-lab .words:text-matches("WebGL 2")');
  assert.ok(await host.page.isVisible('stride-lab .contours'));
}));

test('without WebAssembly the poster stays, with a sentence', () => withHost('<stride-lab></stride-lab>', {
  init: () => { delete globalThis.WebAssembly; },
}, async (host) => {
  await host.page.waitForSelector('stride-lab .words:text-matches("could not be loaded")');
  assert.ok(await host.page.isVisible('stride-lab .contours'));
  host.errors.splice(0);  // why is said in the console
}));

test('without script there is what the teacher wrote', () => withHost(
    '<stride-lab><a href="index.html">Open the lab</a></stride-lab>', {javaScriptEnabled: false}, async (host) => {
      assert.ok(await host.page.isVisible('stride-lab a'));
    }));
