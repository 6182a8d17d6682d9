// One lesson in a course system that speaks SCORM 1.2: each of its parts (the question, a number to work out, the task) is an equal share of the score; what was
// reached is kept for the next visit.
import about from './about.js';
import './stride-lab.js';

const LONGEST = 255;  // characters of an answer
const FURTHEST = 500;  // windows up; as the standard's own example has it
const said = document.getElementById('said'), begun = Date.now();

/// The course system's object: of a window around this one, or of what opened it.
function findApi(from) {
  for (let at = from, up = 0; up < FURTHEST; ++up, at = at.parent) {
    try {
      if (at.API) return at.API;
    } catch {
      break;  // a window of another origin
    }
    if (at.parent === at) break;
  }
  return from.opener && from.opener !== from ? findApi(from.opener) : null;
}

const api = findApi(window);
let open = api?.LMSInitialize('') === 'true';
if (!api) said.textContent = 'No course system answers here: the lesson works, its score is not kept.';
else if (!open) said.textContent = `The course system did not begin: ${api.LMSGetErrorString(api.LMSGetLastError())}.`;

function set(name, value) {
  if (open && api.LMSSetValue(name, String(value)) !== 'true')
    said.textContent = `The course system did not take ${name}: ${api.LMSGetErrorString(api.LMSGetLastError())}.`;
}

function kept() {
  try {
    return JSON.parse(open && api.LMSGetValue('cmi.suspend_data') || '{}');
  } catch {
    return {};  // of another version
  }
}

const parts = ['question', 'number', 'goal'].filter((name) => about[name]), done = kept();
let interactions = open ? Number(api.LMSGetValue('cmi.interactions._count')) || 0 : 0;

function report() {
  const score = parts.length ? 100*parts.reduce((sum, name) => sum + (done[name] ?? 0), 0)/parts.length : 100;
  set('cmi.core.score.min', 0);
  set('cmi.core.score.max', 100);
  set('cmi.core.score.raw', Math.round(score));
  set('cmi.core.lesson_status', parts.every((name) => name in done) ? 'completed' : 'incomplete');
  set('cmi.suspend_data', JSON.stringify(done));
  if (open) api.LMSCommit('');
}

/// SCORM 1.2 keeps one letter of a choice; what a teacher reads in the report is the learner's words, which it takes of what is filled in.
function note(id, type, correct, response = '') {
  const place = `cmi.interactions.${interactions++}`;
  set(`${place}.id`, `lesson-${about.lesson}-${id}`);
  set(`${place}.type`, type);
  if (response !== '') set(`${place}.student_response`, String(response).slice(0, LONGEST));
  set(`${place}.result`, correct ? 'correct' : 'wrong');
}

const lab = document.createElement('stride-lab');
lab.setAttribute('link-base', '');
lab.setAttribute('lang', about.lang);
lab.setAttribute('loading', 'eager');
if (about.markdown) lab.append(Object.assign(document.createElement('script'), {type: 'text/markdown', textContent: about.markdown}));
else lab.setAttribute('lesson', about.lesson);
lab.addEventListener('answered', ({detail}) => {
  const {part} = detail;
  done[part] = Math.max(done[part] ?? 0, detail.score);
  note(part, detail.choices ? 'fill-in' : 'numeric', detail.correct, detail.response);
  report();
});
lab.addEventListener('goal', () => {
  if (!done.goal) note('task', 'performance', true);
  done.goal = 1;
  report();
});
document.body.append(lab);
if (open && !['completed', 'passed'].includes(api.LMSGetValue('cmi.core.lesson_status'))) report();

addEventListener('pagehide', () => {
  if (!open) return;
  const seconds = (Date.now() - begun)/1000, two = (value) => String(Math.floor(value)).padStart(2, '0');
  set('cmi.core.session_time', `${two(seconds/3600).padStart(4, '0')}:${two(seconds/60 % 60)}:${two(seconds % 60)}`);
  api.LMSFinish('');
  open = false;
});
