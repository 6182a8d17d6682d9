// Models in the lab, by hand: fits with the data beside the surface, networks with what they say of it.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {difference, labTests, notice} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const link = (scenario) => '/#s=' + Buffer.from(JSON.stringify(scenario)).toString('base64url');
const OWN = {type: 'points', points: [[0, 1], [1, 2], [2, 3]]};

test('a line swings in with the cursor; a point added changes surface and run', () => withLab({
  width: 1280, height: 800, path: link({stride: 1, problem: {type: 'fit', data: OWN}, steps: 300, runs: [{optimizer: {type: 'SGD', lr: 0.1}}], view: {cursor: 0}}),
}, async (lab) => {
  assert.deepEqual(await notice(lab), []);
  assert.match((await lab.control('data')).value, /^0 · x \+ 0, loss 4\.667/);
  await lab.press('End');
  await lab.settle();
  assert.match((await lab.control('data')).value, /^(0\.99\d*|1|1\.0\d*) · x \+ /);
  await lab.keep('fit-dark.png');
  const data = await lab.control('data');
  const at = lab.at(data);
  await lab.page.mouse.move(at.x, at.y - 60);
  await lab.settle();
  await lab.page.mouse.down();
  await lab.settle();
  await lab.page.mouse.up();
  await lab.settle();
  assert.equal((await lab.scenario()).problem.data.points.length, 4);
  await lab.keep('fit-point.png');
  const drop = (words) => lab.page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], 'mine.csv'));
    dispatchEvent(new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true}));
  }, words);
  await drop('x,y\n0,1\n1,three\n');
  assert.match((await lab.until(() => notice(lab), (said) => said.length > 0, 'a sentence'))[0].name, /line 3, column 3: expected a number, y, got "three"/);
  assert.equal((await lab.scenario()).problem.data.points.length, 4);
  await drop('x,y\n0,1\n1,3\n');
  await lab.until(async () => (await lab.scenario()).problem.data.points, (points) => points.length === 2, 'the dropped points');
}));

test('models are chosen in the menu of problems', () => withLab({width: 1280, height: 800, dark: false}, async (lab) => {
  await lab.click('surface', 'bar', 'button');
  await lab.click('losses of one weight');
  await lab.until(async () => (await lab.scenario()).problem?.type, (type) => type === 'curve', 'the full program');
  await lab.settle();
  await lab.click('surface', 'bar', 'button');
  await lab.scrollTo('Line', 'models', 'option');
  await lab.click('Line', 'models', 'option');
  await lab.until(async () => (await lab.scenario()).problem?.type, (type) => type === 'fit', 'a fit');
  await lab.settle();
  await lab.keep('fit-cars-light.png');
}));

test('a fit on a phone', () => withLab({
  width: 390, height: 844, path: link({stride: 1, problem: {type: 'fit', model: 'sigmoid', batch_size: 16}, view: {cursor: 20}}),
}, async (lab) => {
  assert.ok(await lab.control('data'));
  await lab.keep('fit-phone.png');
}));

const MOONS = {stride: 1, problem: {type: 'network', data: {type: 'moons', validation: 0.2}}, steps: 300, runs: [{optimizer: {type: 'Adam', lr: 0.02}}], view: {cursor: 0}};
const trained = (lab, steps) => lab.until(async () => (await lab.control('network')).value, (value) => value?.startsWith(`step ${steps}: `), 'the end of the training', 60000);

test('training moves the boundary, scrubbing back shows the old one', () => withLab({width: 1280, height: 800, path: link(MOONS)}, async (lab) => {
  assert.deepEqual(await notice(lab), []);
  const area = await lab.control('network'), first = await lab.pixels(area);
  await lab.press('End');
  const words = await trained(lab, 300);
  assert.ok(Number(/, ([\d.]+) % right/.exec(words)[1]) > 90, words);
  assert.match(words, /held out: loss /);
  const last = await lab.pixels(area);
  assert.ok(difference(first, last) > 0.1, 'the boundary has moved');
  await lab.keep('network-dark.png');
  await lab.press('Home');
  await lab.settle();
  assert.ok(difference(first, await lab.pixels(area)) < 0.01, 'scrubbing back shows the old one');
  await lab.click('Layers', 'tools', 'tab');
  assert.ok(await lab.control('update ratio plot', undefined, 'img'));
  await lab.keep('network-layers.png');
}));

test('networks in the light theme and on a phone', async () => {
  const end = {...MOONS, view: {}};
  await withLab({width: 1280, height: 800, dark: false, path: link(end)}, async (lab) => {
    await trained(lab, 300);
    await lab.keep('network-light.png');
  });
  await withLab({width: 390, height: 844, path: link(end)}, async (lab) => {
    await trained(lab, 300);
    await lab.keep('network-phone.png');
    await lab.click('Curves', 'pages', 'tab');
    await lab.keep('network-phone-curves.png');
  });
});

test('digits are fetched when they are chosen, and learned', () => withLab({
  width: 1280, height: 800, path: link({stride: 1, problem: {type: 'network', data: {type: 'iris'}}, steps: 20, runs: [{optimizer: {type: 'Adam', lr: 0.01}}]}),
}, async (lab) => {
  const asked = [];
  lab.page.on('request', (request) => asked.push(request.url()));
  await lab.settle();
  assert.ok(!asked.some((url) => url.endsWith('digits.bin')));
  await lab.setScenario({stride: 1, problem: {type: 'network', data: {type: 'digits', validation: 0.2}, layers: [64, 32, 10], batch_size: 64},
                         steps: 400, runs: [{optimizer: {type: 'Adam', lr: 0.01}}]});
  const words = await trained(lab, 400);
  assert.equal(asked.filter((url) => url.endsWith('digits.bin')).length, 1);
  assert.ok(Number(/, ([\d.]+) % right/.exec(words)[1]) > 90, words);
  assert.ok((await lab.control('digits', undefined, 'img')).now < 30);
  assert.equal((await lab.control('first layer', undefined, 'img')).now, 32);
  await lab.keep('digits-dark.png');
  await lab.press('Home');
  await lab.settle();
  assert.ok((await lab.control('digits', undefined, 'img')).now > 30);
  await lab.keep('digits-start.png');
}));

test('the loss landscape with the way through it', () => withLab({width: 1280, height: 800, path: link({...MOONS, view: {}})}, async (lab) => {
  await trained(lab, 300);
  await lab.click('loss landscape');
  await lab.until(async () => (await lab.control('loss landscape', undefined, 'img')).now, (size) => size === 129, 'the finer landscape', 60000);
  assert.match((await lab.control('what the landscape shows')).value, /^Two of 105 directions/);
  assert.ok(await lab.colours() > 200);
  await lab.keep('landscape-random.png');
  await lab.click('directions');
  await lab.until(async () => (await lab.control('loss landscape', undefined, 'img')).max, (rows) => rows === 301, 'the way', 60000);
  await lab.until(async () => (await lab.control('loss landscape', undefined, 'img')).now, (size) => size === 129, 'the finer landscape', 60000);
  await lab.settle();
  await lab.keep('landscape-principal.png');
}));

test('the rate taken in hand in mid-training acts from there on', () => withLab({width: 1280, height: 800, path: link({...MOONS, steps: 600})}, async (lab) => {
  await lab.until(async () => (await lab.control('accuracy plot', undefined, 'img')).value, (value) => /600 steps/.test(value), 'the end of the training', 60000);
  await lab.press('Space');
  await lab.until(async () => (await lab.scenario()).view?.cursor ?? 0, (cursor) => cursor > 30, 'the cursor');
  const slider = await lab.control('Learning rate from here on', undefined, 'slider');
  await lab.call('request', slider.id, 'set', '0.001');
  const points = await lab.until(async () => (await lab.scenario()).runs[0].schedule?.points, Boolean, 'the schedule that the hand made');
  assert.ok(points.length === 2 && points[1][0] > 30, JSON.stringify(points));
  await lab.press('Space');
  await lab.settle();
  await lab.keep('steering.png');
}));
