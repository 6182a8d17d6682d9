// The widget's side in the browser (anywidget): the element <stride-lab>, what the kernel sets and what it is told, and a training that is watched.
// tools/package.mjs puts the lab's files into this one.
import '../web/stride-lab.js';

const ATTRIBUTES = ['panels', 'locked', 'theme', 'lang'];
const LOG = 'training.jsonl', PAUSE = 250;  // the name under which the lab shows a training that is watched; milliseconds between two looks at it

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function render({model, el}) {
  const lab = document.createElement('stride-lab'), end = new AbortController();
  lab.setAttribute('link-base', '');
  const style = () => { lab.style.height = `${model.get('height')}px`; };
  const attribute = (name) => {
    if (model.get(name)) lab.setAttribute(name, model.get(name));
    else lab.removeAttribute(name);
  };
  const save = (name, value) => {
    if (same(model.get(name), value)) return;
    model.set(name, value);
    model.save_changes();
  };
  const told = (name, act) => {
    model.on(`change:${name}`, act);
    end.signal.addEventListener('abort', () => model.off(`change:${name}`, act));
  };
  style();
  for (const name of ATTRIBUTES) attribute(name), told(name, () => attribute(name));
  if (model.get('lesson')) lab.setAttribute('lesson', model.get('lesson'));
  lab.setState(model.get('scenario'));
  told('lesson', () => lab.setAttribute('lesson', model.get('lesson')));
  told('height', style);
  // What came from the lab does not go back to it.
  let known = JSON.stringify(model.get('scenario'));
  told('scenario', () => {
    const wanted = model.get('scenario');
    if (JSON.stringify(wanted) === known) return;
    known = JSON.stringify(wanted);
    lab.setState(wanted).catch((error) => save('error', error.message));
  });
  let shown = model.get('step');
  told('step', () => { if (model.get('step') !== shown) lab.seek(shown = model.get('step')).catch((error) => save('error', error.message)); });
  const keep = () => {
    const state = lab.getState();
    known = JSON.stringify(state);
    save('scenario', state);
  };
  let waits = 0;
  // A log that grows, in the lab's own plots. Until two steps are there no curve is.
  const draw = () => {
    if (waits || model.get('recorded').length < 2) return;
    waits = setTimeout(async () => {
      await lab.start();  // seen or not: the plots are its
      waits = 0;
      const text = model.get('recorded').map((row) => JSON.stringify(row) + '\n').join('');
      await lab.shadowRoot.querySelector('canvas.lab').stride.openDocument(text, LOG);
    }, PAUSE);
  };
  told('recorded', draw);
  draw();
  lab.addEventListener('ready', () => {
    if (shown) lab.seek(shown);
    draw();
  });
  lab.addEventListener('change', keep);
  lab.addEventListener('progress', ({detail}) => { save('step', shown = detail.step); });
  for (const name of ['answered', 'goal']) lab.addEventListener(name, ({detail}) => save(name, detail));
  lab.addEventListener('error', ({detail}) => save('error', detail.message));
  // The notebook's own keys rest while the lab has the focus.
  el.dataset.lmSuppressShortcuts = 'true';
  el.addEventListener('keydown', (event) => event.stopPropagation());
  el.append(lab);
  return () => {
    end.abort();
    clearTimeout(waits);
    lab.destroy();
  };
}

export default {render};
