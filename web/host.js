// What the lab asks of the browser: clipboard, address bar, files, the theme that was chosen. Everything may be refused; nothing throws.

import {order} from './language.js';
import {drawLetter, join} from './letters.js';

const LINK_PAUSE = 400;  // milliseconds between two changes of the address bar: browsers allow about 100 in 30 seconds
const THEME = 'stride-theme';

const kept = new Map();

function store(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(name);
    localStorage.setItem(name, value);
  } catch {
    // Storage is refused in sandboxed frames: the choice then lasts as long as the page.
    if (value !== undefined) kept.set(name, value);
  }
  return kept.get(name) ?? null;
}

function copyByCommand(words) {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.value = words;
  Object.assign(area.style, {position: 'fixed', opacity: '0'});
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  focused?.focus({preventScroll: true});
}

export function copyText(words) {
  if (!navigator.clipboard) return copyByCommand(words);
  navigator.clipboard.writeText(words).catch(() => copyByCommand(words));
}

/// `contents`: text or a blob.
export function download(name, contents) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([contents], {type: 'application/json'}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/// Hands files to the lab, which says in its own words what is wrong with them.
export async function openFiles(module, files) {
  const ENOUGH = (16 << 20) + 1;  // the reader refuses what is longer than any log may be; this spares reading a film to learn that
  for (const file of files) await module.openDocument(await file.slice(0, ENOUGH).text(), file.name);
}

function chooseFile(lab) {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,.md,.csv,.jsonl,.tsv,.txt,.log,application/json,text/markdown,text/csv';
  input.multiple = true;
  input.addEventListener('change', () => openFiles(lab.module, input.files));
  input.click();
}

function makeShowLink(lab) {
  let timer = 0, last = -Infinity, latest = '';
  const show = () => {
    timer = 0;
    last = performance.now();
    if (!lab.dead) lab.options.onLink?.(latest);
  };
  return (link) => {
    lab.link = latest = link;
    if (!timer) timer = setTimeout(show, Math.max(0, last + LINK_PAUSE - performance.now()));
  };
}

export function makeHost(lab) {
  const {canvas, options} = lab;
  const media = (query) => matchMedia(query).matches;
  return {
    outOfMemory: () => { lab.exhausted = true; },
    copyText, drawLetter, join, order,
    // Asked for by the menu of a field; the keyboard's own way arrives as an event.
    pasteText: () => {
      const read = navigator.clipboard?.readText?.() ?? Promise.reject();
      read.then((words) => lab.paste(words), () => lab.module.ccall('stride_paste_refused', null)).then(() => lab.ask());
    },
    saveFile: (name, contents) => {
      download(name, contents);
      if (options.fills) import('./take-away.js').then((more) => more.takeAway(lab), lab.missing);
    },
    openFile: () => chooseFile(lab),
    showLink: makeShowLink(lab),
    linkBase: () => options.linkBase ?? '',
    startLink: () => options.link ?? '',
    prefersDark: () => options.isDark?.() ?? media('(prefers-color-scheme: dark)'),
    prefersContrast: () => media('(prefers-contrast: more)') || media('(forced-colors: active)'),
    hasFingers: () => media('(pointer: coarse)'),
    prefersReducedMotion: () => media('(prefers-reduced-motion: reduce)'),
    isMac: () => /Mac|iPhone|iPad/.test(navigator.platform),
    // A lab within somebody's page takes the theme from that page and leaves nothing for the next.
    storedTheme: () => options.fills && ['dark', 'light'].includes(store(THEME)) ? store(THEME) : 'auto',
    load: (key) => store(key) ?? '',
    store: (key, value) => { store(key, value); },
    keepTheme: (theme) => { if (options.fills) store(THEME, theme); },
    panels: () => options.panels ?? '',
    locked: () => options.locked ?? '',
    event: (event) => { options.onEvent?.(event); },
    showInFull: (document) => { lab.showInFull(document); },
    showAsText: () => { lab.showAsText?.(true); },
    fetchDigits: () => { lab.fetchDigits(); },
    fetchLanguage: (code) => { lab.setLanguage(code, true); },
    setCursor: (cursor) => { canvas.style.cursor = cursor; },
    wakeAfter: (seconds) => { setTimeout(() => lab.ask?.(1), seconds * 1000); },
    wake: () => lab.ask?.(1),
    takeText: (...all) => lab.takeText(...all),
  };
}
