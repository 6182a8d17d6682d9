// The keyboard: shortcuts and typing. While the lab types into a field, a hidden <input> lies at its cursor and holds the focus, so that
// phones show their keyboard and input methods have a place for their candidates; what changes in it is told to the lab.

const TAP_PATIENCE = 300;  // milliseconds after which it is looked whether a tap on a field has become typing
const SETTLE_AFTER_TEXT = 4;  // frames
const USED = 4096;  // stride_key_down adds it to a key that the lab does something with
const FILLER = '\u00a0\u00a0';  // something for Backspace to delete: phones report nothing from an empty field

const modifiers = (event) => Number(event.ctrlKey) + 2 * Number(event.shiftKey) + 4 * Number(event.altKey) + 8 * Number(event.metaKey);

function makeInput(canvas) {
  const input = document.createElement('input');
  input.type = 'text';
  input.tabIndex = -1;
  input.setAttribute('aria-hidden', 'true');  // until the lab types into it
  for (const name of ['autocomplete', 'autocorrect', 'autocapitalize']) input.setAttribute(name, 'off');
  input.spellcheck = false;
  // 16 px, or phones zoom in on it.
  Object.assign(input.style, {
    position: 'fixed', width: '1px', height: '1em', padding: '0', border: '0', margin: '0', opacity: '0', outline: 'none', fontSize: '16px',
    pointerEvents: 'none', left: '0', top: '0',
  });
  canvas.after(input);
  return input;
}

export function listenForText(lab) {
  const {canvas, module} = lab;
  const input = lab.field = makeInput(canvas);
  const down = new Map();  // code → the number under which the lab knows the key, while it is down
  let known = FILLER, wanted = false, expecting;
  const tell = (name, types, values, returns = null) => module.ccall('stride_' + name, returns, types, values);
  const type = (words) => tell('text', ['string'], [words]);
  const press = (key) => tell('key_up', ['number', 'number'], [tell('key_down', ['string', 'string', 'number'], [key, key, 0], 'number'), 0]);
  const reset = () => { input.value = known = FILLER; };
  const active = () => canvas.getRootNode().activeElement;  // the lab may live in a shadow tree

  lab.takeText = (want, x, y, height) => {
    wanted = want;
    if (want) expecting = clearTimeout(expecting);
    const box = canvas.getBoundingClientRect(), scale = box.width / canvas.width;
    input.style.left = Math.min(Math.max(box.left + x * scale, 0), innerWidth - 2) + 'px';
    input.style.top = Math.min(Math.max(box.top + y * scale, 0), innerHeight - 20) + 'px';
    input.style.height = Math.max(height * scale, 1) + 'px';
    if (want && lab.focused && active() !== input) reset(), input.focus({preventScroll: true});
    if (!want && active() === input && !expecting) canvas.focus({preventScroll: true});
  };
  /// A tap opens a field: the browser shows a keyboard, of the kind that `mode` names, only where the focus goes while it is handled.
  lab.expectText = (mode) => {
    input.inputMode = mode;
    reset();
    input.focus({preventScroll: true});
    clearTimeout(expecting);
    const look = () => {
      expecting = lab.rests() ? undefined : setTimeout(look, TAP_PATIENCE);
      if (!expecting && !wanted && active() === input) canvas.focus({preventScroll: true});
    };
    expecting = setTimeout(look, TAP_PATIENCE);
  };

  /// A key that the lab uses is nobody else's: a page of slides would turn as well.
  const take = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  const keydown = (event) => {
    if (event.key === 'Tab' || event.isComposing || event.keyCode === 229) return;  // Tab leaves; 229: an input method's
    const typed = [...event.key].length === 1, command = event.ctrlKey || event.metaKey;
    // AltGr, on a Mac Alt, is part of how a character is typed. What it gives is that character and no place on the keyboard.
    const made = event.getModifierState('AltGraph') || (typed && event.altKey && !command && !/[a-z\d]/i.test(event.key));
    const told = tell('key_down', ['string', 'string', 'number'], [event.key, made ? '' : event.code, made ? 0 : modifiers(event)], 'number');
    down.set(event.code, told % USED);
    lab.ask();
    if (typed && (!command || made)) {
      if (event.target === input) return event.stopPropagation();  // arrives as its change
      type(event.key);
    }
    if (told >= USED) take(event);
  };
  const keyup = (event) => {
    tell('key_up', ['number', 'number'], [down.get(event.code) ?? 0, modifiers(event)]);
    down.delete(event.code);
    // While Cmd is held macOS reports no other key as let go.
    if (event.key === 'Meta') releaseAll();
    lab.ask();
  };
  const releaseAll = () => {
    for (const key of down.values()) tell('key_up', ['number', 'number'], [key, 0]);
    down.clear();
  };
  lab.paste = (words) => {
    tell('paste', ['string'], [words.slice(0, 4096)]);
    lab.ask(SETTLE_AFTER_TEXT);
  };
  const paste = (event) => {
    event.preventDefault();
    lab.paste(event.clipboardData?.getData('text/plain') ?? '');
  };
  // What has changed since the last report: so many characters fewer at the end, then these. Covers typing, deleting, correcting, composing.
  const change = () => {
    const was = [...known], is = [...input.value];
    let same = 0;
    while (same < was.length && was[same] === is[same]) ++same;
    for (let i = same; i < was.length; ++i) press('Backspace');
    const added = is.slice(same).join('');
    if (added) type(added);
    known = input.value;
    if (known.length < FILLER.length) reset();
    lab.ask(SETTLE_AFTER_TEXT + was.length - same);
  };
  const focus = ({target}) => {
    if (target === input) input.removeAttribute('aria-hidden');
    if (lab.focused) return;
    lab.focused = true;
    lab.adaptTouch();
    tell('focus', ['number'], [1]);
    lab.ask();
  };
  const blur = (event) => {
    if (event.target === input) input.setAttribute('aria-hidden', 'true');
    if (event.relatedTarget === canvas || event.relatedTarget === input || lab.mirror?.contains(event.relatedTarget)) return;
    lab.focused = false;
    lab.adaptTouch();
    releaseAll();
    tell('focus', ['number'], [0]);
    lab.ask();
  };
  lab.listen = (target) => {
    target.addEventListener('keydown', keydown);
    target.addEventListener('keyup', keyup);
    target.addEventListener('paste', paste);
    target.addEventListener('focusin', focus);
    target.addEventListener('focusout', blur);
  };
  lab.listen(canvas);
  lab.listen(input);
  input.addEventListener('input', change);
  lab.end.signal.addEventListener('abort', () => input.remove());
}
