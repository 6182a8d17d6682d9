// From navigation to a usable lab in headless Chromium, as a host with brotli serves it: medians over ten loads, from an empty cache, from a
// full one, and from an empty one with the processor slowed down four times, which has its aim.
//   ./run --build && npm ci && node tests/bench/load.mjs [LOADS]
import {launchWhole, serve} from '../browser/helpers.mjs';

const LOADS = Number(process.argv[2] ?? 10), AIM = 2500;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

const server = await serve(undefined, {'cache-control': 'public, max-age=3600'}, {compress: true});
const browser = await launchWhole();

/// Milliseconds to the first frame of a lab that answers, and where they went.
async function load(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', {rate});
  await page.goto(server.origin + '/', {waitUntil: 'commit'});
  await page.waitForSelector('canvas[data-ready]', {timeout: 60000});
  const times = await page.evaluate(() => {
    const marks = Object.fromEntries(performance.getEntriesByType('mark').map((m) => [m.name, m.startTime]));
    const program = performance.getEntriesByType('resource').find((e) => e.name.endsWith('.wasm'));
    return {ready: marks['stride-ready'], fetched: program.responseEnd, bytes: program.encodedBodySize, cached: program.transferSize === 0};
  });
  await session.detach();
  return times;
}

async function cold(rate) {
  const times = [];
  for (let i = 0; i < LOADS; ++i) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    times.push(await load(await context.newPage(), rate));
    await context.close();
  }
  if (times.some((t) => t.cached)) throw new Error('an empty cache answered');
  return times;
}

async function cached(rate) {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}});
  const times = [];
  const visit = async () => {
    const page = await context.newPage();
    times.push(await load(page, rate));
    await page.waitForTimeout(1000);  // the browser keeps its machine code when it has time for that
    await page.close();
  };
  for (let i = 0; i <= LOADS; ++i) await visit();
  times.shift();  // it filled the cache
  await context.close();
  if (!times.every((t) => t.cached)) throw new Error('the cache did not answer');
  return times;
}

const row = (name, times) => {
  console.log(`| ${name} | ${median(times.map((t) => t.fetched)).toFixed(0)} | ${median(times.map((t) => t.ready)).toFixed(0)} |`);
  return median(times.map((t) => t.ready));
};
console.log(`| page, headless Chromium, medians of ${LOADS} loads, ms | program fetched | usable |\n| --- | --: | --: |`);
await (await browser.newPage()).goto(server.origin + '/', {waitUntil: 'networkidle'});  // the server packs each file once
row('empty cache', await cold(1));
row('from the cache', await cached(1));
const slowed = row('empty cache, processor 4 times slower', await cold(4));
await browser.close();
await server.close();
if (slowed > AIM) {
  console.error(`${slowed.toFixed(0)} ms: more than ${AIM}`);
  process.exit(1);
}
