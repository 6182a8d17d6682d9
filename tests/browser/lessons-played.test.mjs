// Every lesson in the page from its start to its goal, by names: each question answered wrongly first, each task solved as the lesson's
// file says. Lesson 1, which is walked by hand, is played in lessons.test.mjs, by keys alone in mirror.test.mjs, by fingers here.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {drawLoss, labTests} from './helpers.mjs';

const withLab = labTests({before, after, assert});
const FOLDER = fileURLToPath(new URL('../../web/lessons/en', import.meta.url));

function lessonOf(file) {
  const [, header, text] = readFileSync(`${FOLDER}/${file}`, 'utf8').split(/^---\n/m);
  const {prediction, ...rest} = JSON.parse(header);
  return {file, ...rest, prediction, headings: [...text.matchAll(/^## (.*)$/gm)].map((match) => match[1])};
}
const FILES = readdirSync(FOLDER).sort();
/// In the order in which each names the next.
const LESSONS = [];
for (let file = FILES[0]; file; file = LESSONS.at(-1).next) LESSONS.push(lessonOf(file));
/// What the lab calls the schedules that a task's start does not have.
const SCHEDULES = {ExponentialLR: 'Exponential', CosineAnnealingLR: 'Cosine'};

/// In the page: does what `steps` say, one after another. Each is something done to a control, by role and name, and what has to be there then;
/// where that is there already, or no control is named, nothing is done. The step that waits in vain, with what there is.
async function doAll(steps) {
  const {stride} = document.querySelector('canvas');
  const frame = () => new Promise((done) => { stride.requestFrame(); requestAnimationFrame(() => requestAnimationFrame(done)); });
  const find = (wanted) => stride.controls().find((c) => Object.entries(wanted).every(([key, value]) => c[key] === value));
  for (const {group = 'lesson', role = 'button', name, action = 'press', value = '', then} of steps) {
    for (let end = performance.now() + 60000, asked = false; !find(then);) {
      const control = name && find({...(group && {group}), role, name, enabled: true});
      if (!asked && control) {
        const fault = stride.request(control.id, action, value);
        if (fault) return `${name}: ${fault}`;
        asked = true;
      }
      if (performance.now() > end) return `${action} ${name} ${value}, then ${JSON.stringify(then)}: waited in vain; there are ${stride.controls().map((c) => `${c.role} ${c.name} ${c.value ?? ''}`).join('; ')}`;
      await frame();
    }
  }
  return '';
}
const run = async (lab, steps) => assert.equal(await lab.page.evaluate(doAll, steps), '');

const heading = (name) => ({role: 'heading', name});
const onTo = (name) => ({name: 'next page', then: heading(name)});

/// A question answered wrongly, then, once it is asked again, rightly.
function answers({choices}) {
  const wrong = choices.find((c) => !c.correct), right = choices.find((c) => c.correct);
  return [{name: wrong.text, then: {name: wrong.feedback}}, {name: 'ask again', then: {group: 'lesson', name: right.text, enabled: true}}, {name: right.text, then: {name: right.feedback}}];
}

/// The number that a task asks for: first one that is wrong, then one that is right, as its file has them.
function works({ask}) {
  if (!ask) return [];
  const type = (value, then) => [{role: 'textbox', name: 'Your number', action: 'type', value, then: {role: 'textbox', name: 'Your number', value}}, {name: 'hand in the number', then}];
  return [...type(ask.wrong[0], heading('Not quite.')), ...type(ask.right.at(-1), {name: ask.yes})];
}

/// A task solved by its controls: the rules first, then their numbers.
function solves({solution, goal, scenario}) {
  const {optimizer, schedule = {}} = solution.runs[0], steps = [];
  const [start] = goal.scenario?.runs ?? scenario.runs;
  const choose = (name, value) => steps.push({group: '', role: 'combobox', name, action: 'choose', value, then: {role: 'combobox', name, value}});
  const set = (name, now) => steps.push({group: '', role: 'spinbutton', name, action: 'set', value: String(now), then: {role: 'spinbutton', name, now}});
  if (optimizer.type !== start.optimizer.type) choose('optimizer', optimizer.type);
  if (SCHEDULES[schedule.type] && schedule.type !== start.schedule?.type) choose('schedule', SCHEDULES[schedule.type]);
  if (optimizer.lr !== start.optimizer.lr) set('Learning rate', optimizer.lr);
  if (optimizer.momentum) set('momentum', optimizer.momentum);
  for (const [key, value] of Object.entries(schedule))
    if (JSON.stringify(value) === JSON.stringify(start.schedule?.[key])) continue;  // and perhaps not shown
    else if (typeof value === 'number' && key !== 'T_max') set(key, value);  // which is all steps by itself
    else if (key === 'milestones') value.forEach((one, at) => set(`milestones ${at + 1}`, one));
  return steps;
}

test('every lesson but the first, from its start to its goal, by names', () => withLab({width: 1280, height: 800, path: '/?lesson=2'}, async (lab) => {
  assert.equal(LESSONS.length, FILES.length);
  for (const [at, lesson] of LESSONS.entries()) {
    if (at === 0) continue;
    const {prediction: {after: before = 1, ...prediction}, headings} = lesson, recalled = at > 2 ? LESSONS[at - 2].prediction : undefined;
    const first = recalled && !recalled.draw ? 'Do you remember?' : headings[0];
    if (at > 1) await run(lab, [{name: 'next lesson', then: heading(first)}]);
    if (first !== headings[0]) {
      const right = recalled.choices.find((c) => c.correct);
      await run(lab, [{name: right.text, then: {name: right.feedback}}, {name: 'to the lesson', then: heading(headings[0])}]);
    }
    await run(lab, [...headings.slice(1, before).map(onTo), onTo('What do you expect?')]);
    if (prediction.draw) {
      await drawLoss(lab, [[0.01, 0.9], [0.5, 0.5], [0.99, 0.05]]);
      await run(lab, [{name: 'hand in the drawing', then: heading('Not quite.')}, {name: 'ask again', then: {name: 'hand in the drawing'}}]);
      await drawLoss(lab, [[0.01, 0.25], [0.1, 0.55], [0.5, 0.58], [0.99, 0.6]]);
      await run(lab, [{name: 'hand in the drawing', then: heading('Yes.')}]);
    } else {
      await run(lab, answers(prediction));
    }
    await run(lab, [...headings.slice(before), 'Your task'].map(onTo));
    assert.equal((await lab.every((c) => c.name === 'Done.')).length, 0, `${lesson.file}: the task is not done at its start`);
    await run(lab, [...works(lesson.goal), ...solves(lesson), {then: heading('Done.')}]);
  }
  await run(lab, [{name: 'finish', then: heading('What you can now predict')}]);
  assert.equal((await lab.every((c) => c.name === `Tasks met: ${LESSONS.length - 1} of ${LESSONS.length}`)).length, 1);
  assert.equal((await lab.every((c) => c.name === `Right at the first try: 0 of ${LESSONS.length - 1}`)).length, 1);
}));

test('a lesson on a phone, by fingers: a wrong answer, what is said of it, and the goal', () => withLab({width: 390, height: 844, ratio: 2, hasTouch: true, isMobile: true, path: '/?lesson=2'}, async (lab) => {
  const {prediction} = LESSONS[1], wrong = prediction.choices.find((c) => !c.correct), right = prediction.choices.find((c) => c.correct);
  const inSight = (name, role) => lab.until(() => lab.every((c) => c.visible && c.name === name && (!role || c.role === role)), (found) => found.length === 1, name);
  await lab.tap('next page', 'lesson');
  await inSight('What do you expect?', 'heading');
  await lab.tap(wrong.text, 'lesson', 'button');
  await inSight(wrong.feedback);
  await lab.tap('ask again', 'lesson');
  await inSight(right.text, 'button');
  await lab.tap(right.text, 'lesson', 'button');
  await inSight(right.feedback);
  for (const name of [...LESSONS[1].headings.slice(1), 'Your task']) {
    await lab.tap('next page', 'lesson');
    await inSight(name, 'heading');
  }
  const slider = (await inSight('Learning rate', 'slider'))[0];
  await inSight('loss surface', 'img');
  const part = (value) => Math.log(value / slider.min) / Math.log(slider.max / slider.min), {x, y} = lab.at(slider, part(LESSONS[1].solution.runs[0].optimizer.lr));
  await lab.page.touchscreen.tap(x, y);
  await lab.until(() => lab.every((c) => c.name === 'Done.'), (found) => found.length === 1, 'the goal');
}));

test('lesson 1 on a phone, by fingers alone: from the list to its goal and out of the fog', () => withLab({width: 390, height: 844, ratio: 2, hasTouch: true, isMobile: true}, async (lab) => {
  const inSight = (name, role) => lab.until(() => lab.every((c) => c.visible && c.name === name && (!role || c.role === role)), (found) => found.length === 1, name);
  const title = JSON.parse(readFileSync(`${FOLDER}/${FILES[0]}`, 'utf8').split(/^---\n/m)[1]).title;
  await lab.tap('lessons', 'bar', 'button');
  await inSight(title, 'option');
  await lab.tap(title, 'lessons', 'option');
  for (const name of [...LESSONS[0].headings.slice(1), 'Your task']) {
    await inSight('next page', 'button');
    await lab.tap('next page', 'lesson');
    await inSight(name, 'heading');
  }
  const done = async () => (await lab.every((c) => c.name === 'Done.')).length;
  for (let step = 0; step < 12 && !await done(); ++step) {
    if (step === 0 || step === 5) {
      const {x, y} = lab.at((await inSight('Step length', 'slider'))[0], step === 0 ? 0.69 : 0.345);
      await lab.page.touchscreen.tap(x, y);
      await lab.settle();
    }
    await lab.tap('step', 'blindfold', 'button');
  }
  assert.equal(await done(), 1, 'the goal is reached by walking');
  await inSight('Done.');
  await lab.tap('lift the fog', 'blindfold', 'button');
  await lab.until(() => lab.every((c) => c.name === 'Step length'), (found) => found.length === 0, 'the fog is gone');
}));
