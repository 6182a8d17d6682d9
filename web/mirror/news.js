// What is said of what has changed, once it has come to rest: narration, what became of the runs, a lesson's answers, messages.

const SETTLES = 500;  // milliseconds without a change, and without a hand on the lab
const FORGOTTEN = 5000;
const POINTED = /values under the pointer|epochs$/;
const isFault = (id) => id.startsWith('notice/status');

/// What is worth saying of a control, or ''.
const news = ({id, role, name, value}) => {
  if (POINTED.test(id)) return '';
  if (role === 'status') return value || name;
  if (id.endsWith('button card')) return `${name}: ${value}`;
  if (/^(lesson|notice|surface\/blindfold)\//.test(id) && (role === 'text' || role === 'heading')) return name;
  return '';
};

/// {polite, urgent}: the regions that are read aloud; hear(controls): the record as it is now; go(): it is looked at by nobody's hand.
/// `isHeld`: whether a hand is on the lab.
export function makeNews(isHeld) {
  const region = (role) => {
    const node = document.createElement('div');
    node.className = 'news';
    node.setAttribute('role', role);
    return node;
  };
  const polite = region('status'), urgent = region('alert');
  let told = new Map(), latest, waits = false, timer = 0, forgets = 0;
  const say = () => {
    timer = 0;
    if (isHeld()) return;
    waits = false;
    const before = new Set(told.values()), lines = [], faults = [];
    for (const [id, words] of latest)
      if (told.get(id) !== words && !before.has(words)) (isFault(id) ? faults : lines).push(words);
    told = latest;
    polite.textContent = lines.join(' ');
    clearTimeout(forgets);
    forgets = setTimeout(() => { polite.textContent = ''; }, FORGOTTEN);  // who reads on finds it where it stands
    if (faults.length || ![...latest.keys()].some(isFault)) urgent.textContent = faults.join(' ');
  };
  const hear = (controls) => {
    const now = new Map(controls.map((c) => [c.id, news(c)]).filter(([, words]) => words));
    const same = latest && now.size === latest.size && [...now].every(([id, words]) => latest.get(id) === words);
    if (!latest) told = new Map([...now].filter(([id]) => !isFault(id)));
    latest = now;
    if (same) return;
    clearTimeout(timer);
    timer = 0;
    waits = true;
  };
  const go = () => { if (waits) timer ||= setTimeout(say, SETTLES); };
  return {polite, urgent, hear, go};
}
