// The mirror: for every control that the lab draws an element of the page, transparent and in its place, so that screen readers, other
// helpers and tests meet buttons, fields and headings, and Tab goes through them. It follows the lab's record of controls
// (src/ui/control.h), and what is done to an element is a request to the lab. Hands go on to the canvas: no element takes the pointer.
import {translated} from './canvas.js';
import {keepsPresses, makeElement} from './mirror/elements.js';
import {makeNews} from './mirror/news.js';

const SKIP = 'Skip the lab';
const AS_TEXT = 'Show the lab as text';
const AS_PICTURE = 'Show the lab as a picture';
const SOON = 30, WHILE_BUSY = 400;  // milliseconds from a frame to the look at its record: the lab at rest, or drawing on

const STYLE = `
.mirror { position: absolute; inset: 0; overflow: clip; pointer-events: none; outline: none; }
.mirror * { box-sizing: border-box; margin: 0; padding: 0; border: 0; font: inherit; line-height: 1; pointer-events: none; outline: none; }
.mirror :is(button, input, textarea, select, p, [role=img], [role=slider], [role=heading], [role=option], [role=progressbar]) {
  position: absolute; overflow: hidden; opacity: 0; }
.mirror .news { position: absolute; width: 1px; height: 1px; overflow: hidden; opacity: 0; }
.mirror :is(.typing, .own:focus) { opacity: 1; pointer-events: auto; background: #fff; color: #1f2328; outline: 2px solid #0969da; padding: 0 6px; }
.mirror .typing { font-size: calc(14 * var(--unit)); }
.mirror .own { padding: 6px 12px; border-radius: 6px; left: 8px; top: 8px; }
.mirror.dark :is(.typing, .own:focus) { background: #0f1419; color: #e6edf3; outline-color: #58a6ff; }
.mirror .board:not([hidden]) { position: absolute; overflow: auto; pointer-events: auto; background: #fff; color: #1f2328; font-size: calc(13 * var(--unit)); }
.mirror .board:focus { outline: 2px solid #0969da; }
.mirror.dark .board { background: #0f1419; color: #e6edf3; }
.mirror .board :is(td, th) { padding: 2px 8px; text-align: right; }
.mirror .own:not(:focus) { clip-path: inset(50%); }
.mirror .name { display: none; }
.mirror.as-text { overflow: auto; pointer-events: auto; padding: 16px; background: #fff; color: #1f2328;
  font: calc(14 * var(--unit))/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.mirror.as-text.dark { background: #0f1419; color: #e6edf3; }
.mirror.as-text * { line-height: inherit; pointer-events: auto; }
.mirror.as-text :is(button, input, textarea, select, p, [role=img], [role=slider], [role=heading], [role=option], [role=progressbar], .board:not([hidden])) {
  position: static; width: auto !important; height: auto !important; max-width: 100%; overflow: visible; opacity: 1; clip-path: none; color: inherit; background: none; }
.mirror.as-text :is(button, input:not([type=range]), textarea, select, [role=option]) { min-height: 44px; min-width: 44px; padding: 6px 12px; margin: 4px; border: 1px solid #6e7781; border-radius: 6px; }
.mirror.as-text select option { background: #fff; color: #1f2328; }
.mirror.as-text input[type=range] { display: block; width: min(100%, 40em) !important; height: 44px !important; accent-color: currentColor; }
.mirror.as-text .name { display: block; }
.mirror.as-text :is(p, [role=img], [role=slider], .name) { margin: 8px 4px; max-width: 75ch; }
.mirror.as-text [role=heading] { font-weight: 600; }
.mirror.as-text :is(section, [role=region], [role=group], [role=dialog]) { margin-top: 8px; padding-top: 8px; border-top: 1px solid #8c959f; }
.mirror.as-text :is(button:not(.own), [role=option], [role=img], [role=slider])::before { content: attr(aria-label); }
.mirror.as-text :is([aria-selected=true], [aria-pressed=true], [aria-checked=true], [aria-current=true])::before { content: "✓ " attr(aria-label) !important; }
.mirror.as-text :is([role=img], [role=slider], button)[aria-description]::after { content: ": " attr(aria-description); }
.mirror.as-text [aria-disabled=true] { border-style: dashed; }
.mirror.as-text :focus-visible { outline: 3px solid #0969da; outline-offset: 1px; }
.mirror.as-text.dark :focus-visible { outline-color: #58a6ff; }
`;

let sheet;
function useStyle(tree) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
}

/// Puts the mirror of a lab behind its canvas.
export function mirror(lab) {
  const {canvas, module, options} = lab, tree = canvas.getRootNode(), root = lab.mirror = document.createElement(options.fills ? 'main' : 'section');
  const shown = new Map();  // id → what makeElement answers, with the record's line as `control`
  const active = () => tree.activeElement;
  const times = [];
  module.mirrorMs = () => times.slice();
  let known = '', timer = 0, held = false, byKeys = false, asked = '', unsent = 0, following = false, asText = false, back;
  useStyle(tree);
  root.className = 'mirror';
  root.tabIndex = -1;
  const name = () => root.setAttribute('aria-label', canvas.getAttribute('aria-label') ?? 'Stride');

  /// What has the page's focus gets the lab's: before any other request, and before a key that is meant for it.
  const sendFocus = () => {
    if (!unsent) return;
    cancelAnimationFrame(unsent);
    unsent = 0;
    if (asked) module.request(asked, 'focus');
  };
  /// Acts on a control as a hand does.
  const request = (id, action, value = '') => {
    sendFocus();
    return module.request(id, action, String(value));
  };
  /// `shown`: a control as its element has it.
  const hands = {request, shown: (id) => shown.get(id).control, canvas, module, say: (words) => translated(canvas.lang, words)};

  // --- What is drawn, as elements

  const look = () => {
    timer = 0;
    root.lang = canvas.lang;
    root.dir = canvas.dir;
    // While requests wait the record is of before, and another frame comes.
    if (lab.dead || lab.changing || held || lab.call('requests_wait', 'boolean')) return;
    const start = performance.now();
    root.style.setProperty('--unit', `${lab.call('scale', 'number') * canvas.clientWidth / canvas.width}px`);
    const json = lab.call('controls', 'string');
    if (json !== known) {
      known = json;
      const all = JSON.parse(json).filter((c) => c.role !== 'tooltip');
      place(all);
      news.hear(all);
      follow(all);
    }
    news.go();
    times.push(performance.now() - start);
    if (times.length > 240) times.shift();
  };

  const place = (all) => {
    const ids = new Set(all.map((c) => c.id)), box = {scale: canvas.clientWidth / canvas.width, width: root.clientWidth, height: root.clientHeight};
    // Landmarks are the page's, and a page of many labs has enough with one for each. A list with more than options in it is a group, and what can be chosen in it are buttons.
    const mixed = new Set(all.filter((c) => !['option', 'tab'].includes(c.role)).map((c) => c.parent));
    const kinds = all.map((c) => c.role === 'region' && !options.fills ? 'group' : c.role === 'listbox' ? (mixed.has(c.id) ? 'group' : 'listbox') :
                                 (c.role === 'option' || c.role === 'tab') && mixed.has(c.parent) ? 'button' : c.role);
    const own = active(), stops = root.contains(own) ? [...root.querySelectorAll('[aria-label]')] : [];
    for (const [id, {node, kind}] of shown) {
      const at = all.findIndex((c) => c.id === id);
      if (ids.has(id) && kinds[at] === kind) continue;
      node.remove();
      shown.delete(id);
    }
    const last = new Map();
    all.forEach((control, i) => {
      let item = shown.get(control.id);
      if (!item) shown.set(control.id, item = {...makeElement(kinds[i], control, hands), kind: kinds[i]});
      const holder = shown.get(control.parent)?.node ?? root, before = last.get(holder);
      const next = () => before ? before.nextSibling : holder === root ? turn.nextSibling : holder.firstChild;
      // What has the focus would lose it, and what an input method composes in it: the others go round it.
      if (own && item.node.parentNode === holder && item.node.contains(own))
        while (next() !== item.node) holder.insertBefore(next(), item.node.nextSibling);
      else if (next() !== item.node) holder.insertBefore(item.node, next());
      last.set(holder, item.node);
      item.control = control;
      item.update(control, box);
    });
    // Where what had the focus is gone, that has it which opened the list, or what stood before it.
    const near = stops.slice(0, stops.indexOf(own)).reverse().find((node) => node.isConnected && node.tabIndex >= 0);
    if (stops.length && !own.isConnected) (back?.isConnected ? back : near ?? root).focus({preventScroll: true});
    else if (stops.length && active() !== own) own.focus({preventScroll: true});  // it has been moved
  };

  // --- The focus: that of the page's elements and that of the lab are one

  /// Whether a list or a sheet holds it, which closes.
  const isInList = (control) => {
    for (let at = control; at; at = shown.get(at.parent)?.control) if (at.role === 'listbox' || at.role === 'dialog') return true;
    return false;
  };

  /// Where the keys have led within the lab, the page follows; a field that is typed into keeps the focus.
  const follow = (all) => {
    const focused = all.find((c) => c.focused), own = active();
    if (unsent) return;
    asked = '';
    if (focused) lab.field.setAttribute('aria-label', focused.name);  // which the lab may type into
    if (!byKeys || !focused || !(own === canvas || root.contains(own)) || own?.classList.contains('typing')) return;
    const {node, target: wanted = node} = shown.get(focused.id) ?? {};
    if (!wanted || wanted === own) return;
    following = true;
    wanted.focus({preventScroll: !asText});
    following = false;
  };
  const shade = () => {
    const theme = module.getScenario().view?.theme ?? 'auto', isDark = options.isDark?.() ?? matchMedia('(prefers-color-scheme: dark)').matches;
    root.classList.toggle('dark', theme === 'auto' ? isDark : theme === 'dark');
  };
  root.addEventListener('focusin', ({target}) => {
    canvas.dispatchEvent(new Event('focus'));  // wakes a lab that rests
    shade();
    const control = [...shown.values()].find(({node, target: own = node}) => own === target)?.control;
    if (!isInList(control)) back = target;
    if (following || !control?.keyboard || control.focused && !asked) return;  // while one is asked for, the record is of before
    byKeys = true;
    // One a frame: whoever holds Tab down passes by many.
    asked = control.id;
    unsent ||= requestAnimationFrame(sendFocus);
  });
  root.addEventListener('keydown', (event) => {
    byKeys = true;
    if (event.key !== 'Tab') sendFocus();  // a Tab is not for what it leaves
  });
  canvas.addEventListener('keydown', () => { byKeys = true; });
  const press = () => {
    held = true;
    byKeys = false;
    if (root.contains(active())) canvas.focus({preventScroll: true});
  };
  const release = () => {
    held = false;
    lab.ask();
  };
  canvas.addEventListener('pointerdown', press);
  for (const type of ['pointerup', 'pointercancel']) canvas.addEventListener(type, release);

  // --- What stands before and after

  const first = document.createElement('button'), turn = document.createElement('button'), end = document.createElement('span');
  Object.assign(turn, {type: 'button', className: 'own'});
  /// The same elements as a page of words and fields over the picture, which follow the page's letters, their size and spacing.
  lab.showAsText = (on) => {
    asText = on;
    root.classList.toggle('as-text', on);
    shade();
    speak();
    turn.focus();
    root.scrollTop = 0;
  };
  turn.addEventListener('click', () => lab.showAsText(!asText));
  keepsPresses(turn);
  Object.assign(first, {type: 'button', className: 'own', hidden: options.fills});
  // From what Tab would not come to, Chromium's Tab begins anew within a shadow tree.
  first.addEventListener('click', () => {
    end.tabIndex = 0;
    end.focus({preventScroll: true});
  });
  end.addEventListener('blur', () => { end.removeAttribute('tabindex'); });
  keepsPresses(first);
  const news = makeNews(() => held);
  root.append(first, turn, news.polite, news.urgent, end);
  const speak = () => {
    name();
    for (const [node, words] of [[first, SKIP], [turn, asText ? AS_PICTURE : AS_TEXT]])
      translated(canvas.lang, words).then((said) => { node.textContent = said; });
  };
  speak();
  new MutationObserver(speak).observe(canvas, {attributeFilter: ['aria-label']});

  // --- In step with the frames

  lab.drawn = () => {
    if (held || lab.dead) return;
    if (lab.rests()) clearTimeout(timer), timer = 0;
    timer ||= setTimeout(look, lab.rests() ? SOON : WHILE_BUSY);
  };
  lab.end.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    root.remove();
  });
  canvas.after(root);
  look();
  lab.listen(root);
  canvas.tabIndex = -1;
  if (active() === canvas) root.focus({preventScroll: true});
  canvas.setAttribute('role', 'img');
  // What has the focus may not be hidden: the canvas is while it has not, and gives it to the mirror now.
  canvas.setAttribute('aria-hidden', 'true');
  canvas.addEventListener('focus', () => { if (active() === canvas) canvas.removeAttribute('aria-hidden'); });
  canvas.addEventListener('blur', () => canvas.setAttribute('aria-hidden', 'true'));
}
