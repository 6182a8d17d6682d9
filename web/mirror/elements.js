// The element that stands for a control: what it is for those who do not see it, and what a hand of theirs does with it.
import {plot} from './plots.js';

const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};

/// Sets an attribute where it has changed; undefined and false take it away.
export function set(node, name, value) {
  if (value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

export const make = (tag, role, more = {}) => {
  const node = Object.assign(document.createElement(tag), more);
  if (role) node.setAttribute('role', role);
  return node;
};

export function describe(node, control, ...words) {
  set(node, 'aria-label', control.name || control.value);
  set(node, 'aria-description', words.filter((said, i) => said && said !== control.name && words.indexOf(said) === i).join('. ') || undefined);
  set(node, 'aria-disabled', !control.enabled && 'true');
  if (node.localName === 'button') node.tabIndex = control.enabled ? 0 : -1;
}

/// Lies where the control is drawn; what is scrolled away stays at the edge, so that no focus scrolls the page to it.
export function lay(node, {x, y, w, h}, {scale, width, height}) {
  const at = (place, room) => Math.round(Math.min(Math.max(place * scale, 0), Math.max(room - 24, 0)));
  const style = {left: `${at(x, width)}px`, top: `${at(y, height)}px`,
                 width: `${Math.max(Math.round(w * scale), 1)}px`, height: `${Math.max(Math.round(h * scale), 1)}px`};
  for (const [name, value] of Object.entries(style)) if (node.style[name] !== value) node.style[name] = value;
}

/// Enter and Space are the element's own, and nobody else's: a page of slides would turn as well.
export const keepsPresses = (node) => node.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
});

function pressed(node, id, hands) {
  node.addEventListener('click', () => hands.request(id, 'press'));
  keepsPresses(node);
}

function button({id}, hands, role) {
  const node = make('button', role, {type: 'button'});
  pressed(node, id, hands);
  return {node, update: (c, box) => {
    describe(node, c, c.value, c.help);
    if (c.role === 'switch') describe(node, c, c.help), set(node, 'aria-checked', String(c.checked));
    else if (role === 'tab') set(node, 'aria-selected', String(c.checked));
    else if (c.role === 'tab' || c.role === 'option') set(node, 'aria-pressed', String(c.checked));
    else if (c.opens) set(node, 'aria-expanded', String(c.checked));
    else set(node, 'aria-current', c.checked && 'true');
    lay(node, c, box);
  }};
}

function option({id}, hands) {
  const node = make('div', 'option', {tabIndex: -1});
  pressed(node, id, hands);
  node.addEventListener('keydown', ({key}) => { if (key === 'Enter' || key === ' ') hands.request(id, 'press'); });
  return {node, update: (c, box) => {
    describe(node, c);
    set(node, 'aria-selected', String(c.checked));
    lay(node, c, box);
  }};
}

/// On a logarithmic scale the element counts hundredths of its length.
function slider({id}, hands) {
  const node = make('input', undefined, {type: 'range', step: 'any'});
  const ends = ({min, max, log}) => log ? [0, 100] : [min, max];
  const place = ({min, max, now, log}) => log ? 100 * Math.log(now / min) / Math.log(max / min) : now;
  node.addEventListener('change', () => {
    const c = hands.shown(id), given = Number(node.value);
    hands.request(id, 'set', c.log ? c.min * (c.max / c.min) ** (given / 100) : given);
  });
  return {node, update: (c, box) => {
    describe(node, c, c.help);
    const [min, max] = ends(c);
    set(node, 'min', min);
    set(node, 'max', max);
    const value = String(place(c));
    if (node.value !== value) node.value = value;
    set(node, 'aria-valuetext', c.value);
    lay(node, c, box);
  }};
}

const numbers = (words) => words.replaceAll('−', '-').match(/[-+]?[\d.]+(?:e[-+]?\d+)?/gi) ?? [];

/// A field: keys move on to other controls until something is typed; it is then one of the page's own, seen as such, until Enter or Escape
/// ends it or it is left. A place is two numbers, and moves by arrows as well.
function field(control, hands) {
  const {id} = control, isPlace = control.numbers === 2, lines = control.role === 'textbox' && control.h * hands.canvas.clientWidth / hands.canvas.width > 48;
  const node = make(lines ? 'textarea' : 'input', control.role === 'spinbutton' ? 'spinbutton' : undefined);
  const takesArrows = isPlace && !control.keyboard;
  node.spellcheck = false;
  node.autocomplete = 'off';
  if (!lines) node.type = 'text';
  let typing = false;
  const begin = () => {
    typing = true;
    node.classList.add('typing');
  };
  const finish = (keeps) => {
    if (!typing) return;
    typing = false;
    node.classList.remove('typing');
    const c = hands.shown(id), words = node.value;
    node.value = c.value;
    if (!keeps || words === c.value) return;
    if (isPlace) hands.request(id, 'set', numbers(words).slice(0, 2).join());
    else hands.request(id, 'type', words);
  };
  node.addEventListener('beforeinput', begin);
  node.addEventListener('input', begin);
  node.addEventListener('click', begin);
  node.addEventListener('focus', () => node.select());
  node.addEventListener('change', () => finish(true));
  node.addEventListener('blur', () => finish(true));
  node.addEventListener('keydown', (event) => {
    const {key} = event, command = event.ctrlKey || event.metaKey || event.altKey;
    if (key === 'Tab' || event.isComposing) return;
    const arrow = ARROWS[key];
    if (!typing && arrow && takesArrows) {
      event.preventDefault();
      event.stopPropagation();
      hands.request(id, 'move', arrow.map((direction) => direction * (event.shiftKey ? 10 : 1)).join());
      return;
    }
    if (key === 'Enter' && !(lines && typing && !command)) {
      event.preventDefault();
      if (typing) finish(true);
      else begin(), node.select();
    } else if (key === 'Escape' && typing) {
      finish(false);
    } else if (!typing && (key === 'Escape' || arrow || command || key.startsWith('F') || key.startsWith('Page'))) {
      return;  // the lab's
    }
    event.stopPropagation();
  });
  for (const type of ['paste', 'copy', 'cut']) node.addEventListener(type, (event) => event.stopPropagation());
  return {node, update: (c, box) => {
    describe(node, c, c.help);
    set(node, 'inputmode', c.input === 2 && c.min >= 0 ? 'decimal' : 'text');
    set(node, 'disabled', !c.enabled && '');
    if (c.role === 'spinbutton') {
      set(node, 'aria-valuenow', c.now);
      set(node, 'aria-valuetext', c.value);
    }
    if (!typing && node.value !== c.value) node.value = c.value;
    lay(node, c, box);
  }};
}

function combobox({id}, hands) {
  const node = make('select');
  node.addEventListener('change', () => hands.request(id, 'choose', node.value));
  // The lab's own list opens, where it is drawn.
  node.addEventListener('keydown', (event) => {
    if (node.closest('.as-text')) return event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== ' ' && !(event.altKey && event.key === 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    hands.request(id, 'open');
  });
  let listed = '';
  return {node, update: (c, box) => {
    describe(node, c, c.help);
    const all = c.options.join('\n');
    if (listed !== all) node.replaceChildren(...c.options.map((words) => new Option(words, words)));
    listed = all;
    if (node.selectedIndex !== c.now) node.selectedIndex = c.now;
    lay(node, c, box);
  }};
}

/// Words: what is read, and takes nothing.
function words(role, more = {}) {
  const node = make('p', role);
  for (const [name, value] of Object.entries(more)) node.setAttribute(name, value);
  return {node, update: (c, box) => {
    const said = c.value || c.name;
    if (node.textContent !== said) node.textContent = said;
    lay(node, c, box);
  }};
}

/// With the focus on it the arrows are the lab's: they turn a surface, or go from point to point of a plot.
function picture({keyboard, detail}) {
  const node = make('div', detail ? 'slider' : 'img');
  if (keyboard) node.tabIndex = 0;
  return {node, update: (c, box) => {
    describe(node, c, c.value, c.help);
    if (detail) for (const [name, value] of [['min', c.min], ['max', c.max], ['now', c.now], ['text', c.detail]]) set(node, `aria-value${name}`, value);
    lay(node, c, box);
  }};
}

function progress() {
  const node = make('div', 'progressbar');
  return {node, update: (c, box) => {
    describe(node, c);
    for (const [name, value] of [['min', c.min], ['max', c.max], ['now', c.now]]) set(node, `aria-value${name}`, value);
    lay(node, c, box);
  }};
}

function holder(role) {
  const node = role === 'region' ? make('section') : make('div', role);
  if (role === 'dialog') node.setAttribute('aria-modal', 'true');
  return {node, update: (c) => set(node, 'aria-label', c.name)};
}

/// A field beside its name, which is seen where the lab is shown as text.
function named(field) {
  const node = make('div'), words = make('span', undefined, {className: 'name', ariaHidden: 'true'});
  node.append(words, field.node);
  return {node, target: field.node, update: (c, box) => {
    field.update(c, box);
    if (words.textContent !== c.name) words.textContent = c.name;
  }};
}

/// The element for a control that is made known as `kind`, a role: {node, update(control, box)}: `box` is the mirror's, in the page's pixels, and how many of these one of the lab's is.
export function makeElement(kind, control, hands) {
  switch (kind) {
    case 'button': case 'menuitem': return button(control, hands);
    case 'switch': case 'tab': return button(control, hands, kind);
    case 'option': return option(control, hands);
    case 'slider': return named(control.numbers === 2 ? field(control, hands) : slider(control, hands));
    case 'spinbutton': case 'textbox': return named(field(control, hands));
    case 'combobox': return named(combobox(control, hands));
    case 'img': return control.curves ? plot(control, hands) : picture(control);
    case 'heading': return words('heading', {'aria-level': control.parent === 'bar' ? 1 : 2});
    case 'text': case 'status': return words();
    case 'progressbar': return progress();
    case 'table': return holder('group');
    default: return holder(kind);
  }
}
