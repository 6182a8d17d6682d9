// Lessons and languages in the page, by mouse: from a start to a goal, a drawn prediction, every first screen, a change of language.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {colourCount, drawLoss, labTests} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const LESSONS = fileURLToPath(new URL('../../web/lessons', import.meta.url));
const titles = (language) => readdirSync(`${LESSONS}/${language}`).sort()
    .map((name) => JSON.parse(readFileSync(`${LESSONS}/${language}/${name}`, 'utf8').split('---\n')[1]).title);
const named = (lab, name) => lab.every((c) => c.name === name);

/// The list of lessons, which are fetched when it is first opened.
async function openList(lab) {
  await lab.click('lessons', 'bar', 'button');
  await lab.until(() => lab.every((c) => c.group === 'lessons' && c.role === 'option'), (lines) => lines.length > 0, 'the list of lessons');
}

test('lesson 1, from the list to its goal and out of the fog', () => withLab({width: 1280, height: 800}, async (lab) => {
  await openList(lab);
  await lab.click(titles('en')[0], 'lessons', 'option');
  const open = await lab.colours();
  await lab.click('next page', 'lesson');
  await lab.click('next page', 'lesson');
  await lab.control('Your task', 'lesson', 'heading');
  assert.deepEqual(await named(lab, 'Done.'), []);
  for (let step = 0; step < 12 && !(await named(lab, 'Done.')).length; ++step) {
    if (step === 0) await lab.dragSlider('Step length', 0.69, 'blindfold');
    if (step === 5) await lab.dragSlider('Step length', 0.345, 'blindfold');
    await lab.click('step', 'blindfold', 'button');
  }
  assert.equal((await named(lab, 'Done.')).length, 1, 'the goal is reached by walking');
  const path = (await lab.scenario()).runs[0].schedule.points.length;
  assert.ok(path > 2, 'steps were taken');
  await lab.keep('lesson-1-done.png');
  await lab.click('lift the fog', 'blindfold', 'button');
  assert.ok(await lab.colours() > open, 'the surface lies open');
  await lab.page.reload();
  await lab.ready();
  await openList(lab);
  assert.equal((await lab.control(titles('en')[0], 'lessons', 'option')).value, 'done', 'the progress is kept');
}));

test('a loss is drawn, handed in and compared with the run', () => withLab({width: 1280, height: 800, path: '/?lesson=5'}, async (lab) => {
  await lab.click('next page', 'lesson');
  assert.equal((await lab.control('hand in the drawing', 'lesson')).enabled, false);
  await drawLoss(lab, [[0.01, 0.25], [0.1, 0.55], [0.5, 0.58], [0.99, 0.6]]);
  await lab.click('hand in the drawing', 'lesson');
  await lab.until(() => lab.every((c) => c.name.startsWith('You drew an end at ')), (lines) => lines.length === 1, 'what became of it, when the run has been seen');
  assert.equal((await named(lab, 'Yes.')).length, 1);
}));

test('the quiz from the list to its results, and the lesson that was left', () => withLab({width: 1280, height: 800, path: '/?lesson=3'}, async (lab) => {
  await lab.click('next page', 'lesson');
  await openList(lab);
  await lab.click('quiz', 'lessons', 'button');
  let right = 0;
  for (let curve = 1; curve <= 5; ++curve) {
    await lab.until(() => named(lab, `Curve ${curve} of 5`), (found) => found.length === 1, 'the curve');
    assert.deepEqual(await named(lab, 'Learning rate'), [], 'what would answer is not there');
    await lab.click('A rate that decays', 'lesson');
    right += (await named(lab, 'Yes.')).length;
    await lab.click('next curve', 'lesson');
  }
  await lab.control('What you can now predict', 'lesson', 'heading');
  await lab.scrollTo('save the results', 'lesson', 'button');
  const saved = lab.page.waitForEvent('download');
  await lab.click('save the results', 'lesson', 'button');
  const file = await saved;
  assert.equal(file.suggestedFilename(), 'stride-results.csv');
  assert.match(readFileSync(await file.path(), 'utf8'), new RegExp(`"quiz","","${right} of 5"`));
  await lab.page.goto(new URL(lab.page.url()).origin);
  await lab.ready();
  await openList(lab);
  await lab.click(`Go on: ${titles('en')[2]}, page 2`, 'lessons', 'button');
  await lab.control('What do you expect?', 'lesson', 'heading');
}));

test('while a question waits, no study answers it', () => withLab({width: 1280, height: 800, path: '/?lesson=4'}, async (lab) => {
  assert.deepEqual(await named(lab, 'rates strip'), []);
  await lab.click('Range test', 'tools', 'tab');
  assert.deepEqual(await named(lab, 'range test plot'), []);
  await lab.click('next page', 'lesson');
  await lab.click('0.1, then 0.19; 0.26 never', 'lesson');
  await lab.until(() => named(lab, 'rates strip'), (found) => found.length === 1, 'the strip');
  assert.equal((await named(lab, 'range test plot')).length, 1);
}));

test('every lesson’s first screen, at two sizes', async () => {
  for (const [width, height] of [[1280, 800], [390, 844]])
    await withLab({width, height}, async (lab) => {
      for (let n = 1; n <= titles('en').length; ++n) {
        await lab.page.goto(`${new URL(lab.page.url()).origin}/?lesson=${n}`);
        await lab.ready();
        assert.equal((await named(lab, `${n} · ${titles('en')[n - 1]}`)).length, 1);
        assert.deepEqual((await lab.every((c) => c.visible && c.clipped)).map((c) => c.name), []);
        await lab.keep(`lessons/${width}-${String(n).padStart(2, '0')}.png`);
      }
    });
});

test('a language is chosen by link and by mouse, kept, and covers the lab, its lessons and its letters', () =>
  withLab({width: 1280, height: 800, path: '/?lang=de&lesson=3'}, async (lab) => {
    const language = () => lab.page.evaluate(() => document.querySelector('canvas').lang);
    assert.equal(await language(), 'de');
    assert.equal((await named(lab, `3 · ${titles('de')[2]}`)).length, 1);
    await lab.keep('lesson-3-de.png');
    await lab.click('Sprache', 'bar', 'button');
    await lab.click('Español', 'languages', 'button');
    await lab.until(language, (code) => code === 'es', 'Spanish');
    await lab.settle();
    assert.equal((await named(lab, `3 · ${titles('es')[2]}`)).length, 1);
    const origin = new URL(lab.page.url()).origin;
    await lab.page.goto(origin);
    await lab.ready();
    assert.equal(await language(), 'es', 'the choice is kept');
    await lab.page.goto(`${origin}/?lang=xx`);
    await lab.ready();
    assert.equal(await language(), 'es', 'what has no file changes nothing');
    lab.errors = lab.errors.filter((e) => !/404/.test(e));
    await lab.page.route('**/languages/de.json', (route) => route.abort());
    await lab.page.goto(`${origin}/?lang=de`);
    await lab.ready();
    assert.equal(await language(), 'en', 'without its texts the lab speaks English');
    assert.ok(colourCount(await lab.pixels(await lab.control('loss surface', 'surface', 'img'))) > 50);
    lab.errors = lab.errors.filter((words) => !/ERR_FAILED/.test(words));
  }));
