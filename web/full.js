// The full program: lessons, rules of one's own, of second order and that average or find their rate, curves and models. It is fetched when something asks for one of these, and the lab goes on in it, in
// place, as it stands; where it cannot be had the lab stays as it is.
import {program} from './program.js';
import {translated} from './language.js';

const FILES = /\.(csv|jsonl|tsv|txt|log|md)$/i, LOSSES = /"(log_history|\w*loss)"\s*:/;
const ASKS = /"type"\s*:\s*"(curve|fit|network|Custom|Newton|LBFGS|ASGD|Prodigy|ScheduleFree\w+)"|[?&](curve|rule|lesson)=|=(Custom|Newton|LBFGS|ASGD|Prodigy|ScheduleFree\w+)\b|"steps_per_epoch"/;
const MISSING = 'This part of the lab cannot be fetched now: {0}. What is here stays.';

/// Whether a scenario (an object or JSON), a link or a lesson names what only the full program has.
export function needsFull(given) {
  let text = typeof given === 'string' ? given : JSON.stringify(given) ?? '';
  try {
    text += atob(/[#&]s=([^#&]*)/.exec(text)[1].replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    // Not a link with a document in it, or one that is told to be wrong when it is opened.
  }
  return ASKS.test(text);
}

/// Has whatever the module is given wait for the full program where that is needed; it then answers with a promise.
export function addFull(lab, call) {
  const {module, options, canvas} = lab;
  let growing;

  const change = async () => {
    await program('full');
    const states = call('history', 'string').split('\n');
    options.link = states[0];
    lab.changing = true;
    try {
      await lab.load('full');
    } finally {
      lab.changing = false;
    }
    await lab.setLanguage(lab.wantedLanguage, false);
    for (const state of states) call('set_scenario', 'string', ['string'], [state]);
    if (lab.focused) call('focus', null, ['number'], [1]);
    lab.ask();
    return '';
  };

  const tell = lab.missing = async (error) => {
    const words = (await translated(canvas.lang, MISSING)).replace('{0}', error.message);
    if (!lab.dead) module.notice(words);
    return words;
  };
  const grow = () => growing ??= change().catch((error) => {
    growing = undefined;
    return lab.missing(error);
  });

  for (const name of ['setScenario', 'begin', 'openDocument', 'openLink', 'showLink', 'openFor', 'openLesson']) {
    const own = module[name];
    module[name] = (given, ...more) => {
      const asks = needsFull(given) || name === 'openLesson' || name === 'openDocument' && (FILES.test(more[0]) || LOSSES.test(given));
      return lab.which === 'full' || !asks ? own(given, ...more) : grow().then((fault) => fault || own(given, ...more));
    };
  }
  lab.fetchDigits = () => import('./digits.js').then((more) => more.bringDigits(lab, call)).catch(tell);
  /// Resolves to an empty string when the lab runs in the full program, or to why it cannot.
  lab.grow = () => lab.which === 'full' ? Promise.resolve('') : grow();
  const openList = () => {
    lab.drawNow();  // nothing can be asked of a control that has not been drawn
    call('request', 'string', ['string', 'string', 'string'], ['bar/button lessons', 'press', '']);
    lab.ask();
  };
  /// What was chosen in the lab: a scenario, or the list of lessons.
  lab.showInFull = (document) => grow().then((fault) => fault || (document === 'lessons' ? openList() : module.setScenario(document)));
}
