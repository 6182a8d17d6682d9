// A picture of every screen of every lesson, for people to look at: each page, the question answered wrongly and rightly, the task with its
// hints, an attempt that fails and the solution; at two sizes, in dark and light.
//   node tests/browser/screens.mjs DIR [--languages en,de,es] [--lessons 3,17] [--sizes 1280x800,390x844] [--themes dark,light]
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {drawLoss, LabPage, launch, pause, serve} from './helpers.mjs';

const {values, positionals: [into]} = parseArgs({allowPositionals: true, options: Object.fromEntries(['languages', 'lessons', 'sizes', 'themes'].map((name) => [name, {type: 'string'}]))});

const listed = (name, otherwise) => (values[name] ?? otherwise).split(',');
const FOLDER = fileURLToPath(new URL('../../web/lessons/en', import.meta.url));
const LESSONS = readdirSync(FOLDER).sort().map((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8').split(/^---\n/m)[1]));
/// Of the loss, where a question wants it drawn: one that is wrong, one that is right.
const DRAWN = [[[0.01, 0.9], [0.5, 0.5], [0.99, 0.05]], [[0.01, 0.25], [0.1, 0.55], [0.5, 0.58], [0.99, 0.6]]];

/// In the page: what it shows now is on the canvas.
async function drawOnce() {
  globalThis.isLookedAt = true;
  document.querySelector('canvas').stride.requestFrame();
  for (let frame = 0; frame < 2; ++frame) await new Promise((done) => requestAnimationFrame(done));
  globalThis.isLookedAt = false;
}

class Player {
  constructor(lab, lesson, path, themes) { Object.assign(this, {lab, lesson, path, themes, count: 0}); }

  async keep(what) {
    ++this.count;
    await this.rest();
    for (const theme of this.themes) {
      await this.lab.page.emulateMedia({colorScheme: theme});
      await this.lab.settle();
      await this.lab.page.evaluate(drawOnce);
      await this.lab.page.screenshot({path: `${into}/${this.path.replace('THEME', theme)}-${String(this.count).padStart(2, '0')}-${what}.png`});
    }
  }

  /// What plays has played, what trains has trained.
  async rest() {
    for (const end = Date.now() + 60000; Date.now() < end; await pause(100)) {
      const before = await this.lab.frames();
      await pause(400);
      if (await this.lab.frames() <= before + 1 && !await this.find((c) => c.id.endsWith('pause'))) return;
    }
    console.log(`${this.path} ${this.count}: never came to rest`);
  }

  async find(holds) { return (await this.lab.every(holds))[0]; }

  async ask(holds, action = 'press', value = '') {
    const control = await this.find((c) => c.enabled && holds(c));
    if (!control) return false;
    const fault = await this.lab.call('request', control.id, action, value);
    if (fault) throw new Error(`${this.path} ${this.count}: ${action} ${control.id}: ${fault}`);
    await this.lab.settle();
    return true;
  }
  press(end) { return this.ask((c) => c.role === 'button' && c.id.endsWith(end)); }

  async question({draw, choices}) {
    const paths = draw ? DRAWN : [choices.findIndex((c) => !c.correct), choices.findIndex((c) => c.correct)];
    for (const [k, what] of ['wrong', 'right'].entries()) {
      if (draw) await drawLoss(this.lab, paths[k]);
      await this.press(draw ? 'hand in the drawing' : `choice ${paths[k] + 1}`);
      await this.keep(`question-${what}`);
      if (k === 0) await this.press('ask again');
    }
  }

  async number({wrong, right}) {
    for (const [typed, what] of [[wrong[0], 'wrong'], [right.at(-1), 'right']]) {
      await this.ask((c) => c.role === 'textbox' && c.group === 'lesson', 'type', typed);
      await this.press('hand in the number');
      await this.keep(`number-${what}`);
    }
  }

  async attempt(runs, what) {
    const fault = await this.lab.setScenario({...await this.lab.scenario(), ...runs});
    if (fault) throw new Error(`${this.path}: ${fault}`);
    await this.keep(what);
  }

  async play() {
    const {prediction, goal, wrong, solution} = this.lesson;
    for (let page = 1; ; ++page) {
      const asks = await this.find((c) => /choice \d+$|hand in the drawing$/.test(c.id)), isTask = await this.find((c) => c.id.endsWith('begin again') || c.id.endsWith('hand in the number'));
      await this.keep(asks ? 'question' : isTask ? 'task' : `page-${page}`);
      if (asks) await this.question(prediction);
      if (isTask && goal.ask) await this.number(goal.ask);
      if (isTask && !this.lesson.blindfold) {
        for (let hints = 0; await this.press('hint') && hints < 5; ++hints);
        await this.keep('task-hints');
        if (wrong?.length) await this.attempt(wrong.at(-1), 'task-wrong');
        await this.attempt(solution, 'task-done');
      }
      if (!await this.press('next page')) return;
    }
  }
}

const server = await serve(), browser = await launch();
for (const number of values.lessons ? listed('lessons').map(Number) : LESSONS.map((_, k) => k + 1))
  for (const language of listed('languages', 'en,de,es'))
    for (const size of listed('sizes', '1280x800,390x844')) {
      const [width, height] = size.split('x').map(Number), phone = width < 500 && {hasTouch: true, isMobile: true};
      const lab = await LabPage.open(browser, server.origin, {width, height, fast: true, ...phone, path: `/?lesson=${number}&lang=${language}`});
      const path = `${language}-${size}-THEME/${String(number).padStart(2, '0')}`;
      try {
        await new Player(lab, LESSONS[number - 1], path, listed('themes', 'dark,light')).play();
      } catch (fault) {
        console.log(path, String(fault));
      }
      if (lab.errors.length) console.log(path, lab.errors);
      await lab.close();
    }
await browser.close();
await server.close();
