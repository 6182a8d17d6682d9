// How the element looks before the lab has come, and what it is made of.

const SVG = 'http://www.w3.org/2000/svg';

const STYLE = `
:host { display: block; position: relative; min-height: 240px; overflow: hidden; background: #f6f8fa; color: #1f2328;
  font: 14px/20px Inter, Roboto, system-ui, sans-serif; }
:host::before { content: ""; display: block; padding-top: max(62.5%, min(133.3%, 560px)); }
:host([hidden]) { display: none; }
:host([theme=dark]) { background: #0f1419; color: #e6edf3; }
canvas, .poster { position: absolute; inset: 0; width: 100%; height: 100%; box-sizing: border-box; display: block; }
canvas.lab { outline: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; }
canvas.lab:focus-visible { outline: 3px solid #58a6ff; outline-offset: -3px; }
canvas.picture { pointer-events: none; }
.poster { margin: 0; padding: 0; border: 0; background: inherit; color: inherit; font: inherit; cursor: pointer; overflow: hidden; }
.poster.dark { background: #0f1419; color: #e6edf3; }
.poster.light { background: #f6f8fa; color: #1f2328; }
.poster[disabled] { cursor: default; }
.poster:focus-visible { outline: 3px solid #0969da; outline-offset: -3px; }
.poster img, .poster svg.contours { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; }
.contours { fill: none; stroke: #0969da; stroke-width: 1; opacity: .35; }
.play { position: absolute; left: 50%; top: 50%; width: 64px; height: 64px; margin: -48px 0 0 -32px; }
.play circle { fill: #0969da; }
.play path { fill: #fff; }
.poster:hover .play circle { fill: #0550ae; }
.words { position: absolute; left: 50%; top: calc(50% + 28px); transform: translateX(-50%); width: max-content; max-width: calc(100% - 32px);
  box-sizing: border-box; padding: 6px 12px; border-radius: 6px; background: #fff; color: #1f2328; }
.words u { display: block; color: #0969da; }
.poster[disabled] .play, .words:empty { display: none; }
.open { position: absolute; left: 50%; bottom: 8px; transform: translateX(-50%); padding: 4px 12px; border-radius: 6px; background: #fff; color: #0969da; }
@media (prefers-color-scheme: dark) {
  :host(:not([theme=light], [theme=projector])) { background: #0f1419; color: #e6edf3; }
}
`;

let sheet;
export function style() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/// What stands in for a picture: a valley in contour lines, and the walker's steps down it.
function contours() {
  const rings = [];
  for (let i = 1; i <= 9; ++i)
    rings.push(svg('ellipse', {cx: 200 - 4 * i, cy: 118 + 2 * i, rx: 22 * i, ry: 11 * i + i * i * 0.4, transform: `rotate(-14 200 125)`}));
  const steps = [[70, 40], [128, 92], [150, 132], [176, 118], [190, 128], [197, 121], [200, 122]];
  return svg('svg', {viewBox: '0 0 400 250', preserveAspectRatio: 'xMidYMid slice', class: 'contours', 'aria-hidden': 'true'}, ...rings,
             svg('polyline', {points: steps.join(' '), 'stroke-width': 2}));
}

function playMark() {
  return svg('svg', {viewBox: '0 0 64 64', class: 'play', 'aria-hidden': 'true'}, svg('circle', {cx: 32, cy: 32, r: 32}),
             svg('path', {d: 'M25 19 47 32 25 45z'}));
}

/// The button that stands where the lab will be: a picture, or a drawing, with words on it.
export function makePoster(address) {
  const poster = document.createElement('button'), words = document.createElement('span');
  Object.assign(poster, {type: 'button', className: 'poster', part: 'poster'});
  if (address) poster.append(Object.assign(document.createElement('img'), {alt: '', src: address}));
  else poster.append(contours());
  words.className = 'words';
  words.setAttribute('role', 'status');
  poster.append(playMark(), words);
  return poster;
}

export function makeCanvas() {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, {className: 'lab', part: 'lab', tabIndex: 0});
  canvas.setAttribute('role', 'application');
  return canvas;
}

/// What is offered where the lab has not come: words for another try, and a link to where it may work.
export function makeOffers(again, open, address) {
  const retry = document.createElement('u'), link = document.createElement('a');
  retry.textContent = again;
  Object.assign(link, {className: 'open', href: address, target: '_blank', rel: 'noopener', textContent: open});
  return {retry, link};
}
