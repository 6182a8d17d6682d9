// What a page around the lab may ask of its module, beyond scenarios and documents. The lab tells that page by options.onEvent:
//   {type: 'change', userInitiated}       other numbers are shown, and no hand is on them
//   {type: 'progress', step}              another step is shown
//   {type: 'answered', part, correct, score, lesson, title, question, response, choices}  part: 'question' or 'number', which a task may ask for first;
//                                         response: one of the choices, the number, or of a drawing the loss at its end
//   {type: 'goal', lesson, title, step}   a lesson's task has been met
//   {type: 'error', message}              a sentence that the lab shows

const LONGEST_NOTICE = 400;  // characters; more would leave no room for the lab

/// Adds play, pause, seek, begin, openLesson, setPanels, setLocked, notice, toCSV, toImage, rest, wake and end.
export function addEmbedding(lab, call) {
  const {module, canvas} = lab;
  const context = canvas.getContext('webgl2');
  const asked = (result) => (lab.ask(), result);
  const ask = (name, words) => asked(call(name, 'string', ['string'], [words]));

  module.play = () => asked(call('play', null, ['number'], [1]));
  module.pause = () => asked(call('play', null, ['number'], [0]));
  module.seek = (step) => asked(call('seek', null, ['number'], [step]));
  /// Starts afresh with a scenario; nothing can be undone. These three answer with the sentence that says what is wrong, or ''.
  module.begin = (scenario) => ask('begin', JSON.stringify(scenario));
  module.setPanels = (words) => ask('panels', lab.options.panels = words);
  module.setLocked = (words) => ask('locked', lab.options.locked = words);
  /// The lesson of this number, once lessons are here; resolves to false where there is none, to null where they cannot be had.
  module.openLesson = async (number) => {
    const open = () => call('lesson', 'number', ['number'], [number]) !== 0;
    if (open()) return asked(true);
    return await lab.setLanguage(lab.wantedLanguage, true) ? asked(open()) : null;
  };
  /// Opens a link; '' or what is wrong with it.
  module.showLink = (link) => ask('show_link', link);
  /// A teacher's lesson or scenario, opened by the page and not by the learner.
  module.openFor = (text, name) => {
    module.openDocument(text, name);
    call('report', null);
  };
  /// Says a sentence in the lab.
  module.notice = (words) => asked(call('notice', null, ['string'], [words.slice(0, LONGEST_NOTICE)]));
  /// Every step of every run, as `stride run` prints it.
  module.toCSV = () => call('csv', 'string');

  /// What is shown now, as a canvas that stays.
  const picture = () => {
    if (lab.lost || context.isContextLost()) throw new Error('There is no picture while the browser keeps the graphics from the lab.');
    const copy = document.createElement('canvas');
    const width = copy.width = canvas.width, height = copy.height = canvas.height;
    if (!width || !height) return copy;
    // What has been drawn is there only until the browser has shown it. WebGL counts its rows from below.
    lab.drawNow();
    const rows = new Uint8Array(width * height * 4), image = new ImageData(width, height);
    context.readPixels(0, 0, width, height, context.RGBA, context.UNSIGNED_BYTE, rows);
    for (let y = 0; y < height; ++y) image.data.set(rows.subarray((height - 1 - y) * width * 4, (height - y) * width * 4), y * width * 4);
    copy.getContext('2d').putImageData(image, 0, 0);
    return copy;
  };
  /// What is shown now, as a PNG.
  module.toImage = () => new Promise((done, failed) => {
    picture().toBlob((blob) => blob ? done(blob) : failed(new Error('The lab has no size, so there is no picture of it.')), 'image/png');
  });

  // Paper shows a picture, in the light theme: what the canvas has drawn is gone by then.
  let printed = null;
  addEventListener('beforeprint', () => {
    if (lab.lost) return;
    const theme = module.getScenario().view?.theme ?? 'auto';
    call('theme', null, ['string'], ['light']);
    lab.drawNow();
    printed = picture();
    call('theme', null, ['string'], [theme]);
    lab.drawNow();
    printed.className = 'picture';
    canvas.after(printed);
  }, {signal: lab.end.signal});
  addEventListener('afterprint', () => printed?.remove(), {signal: lab.end.signal});

  // A page may hold more labs than a browser holds contexts.
  const trick = context.getExtension('WEBGL_lose_context');
  const next = (type) => new Promise((done) => canvas.addEventListener(type, done, {once: true}));
  let turn = Promise.resolve();
  /// Gives the WebGL context up, ends the workers once they have nothing to do, and keeps everything else. Returns the last picture, as a
  /// canvas, or null.
  module.rest = () => {
    module.pause();
    const last = lab.lost || context.isContextLost() ? null : picture();
    lab.resting = true;
    lab.workers.rest();
    turn = turn.then(async () => {
      if (lab.lost || lab.dead || !trick) return;
      const lost = next('webglcontextlost');
      trick.loseContext();
      await lost;
    });
    return last;
  };
  /// Takes a context again. Resolves when the lab has drawn; rejects where the browser gives none.
  module.wake = () => {
    turn = turn.then(async () => {
      lab.resting = false;
      if (!lab.lost || lab.dead || !trick) return;
      const restored = next('webglcontextrestored'), never = new Promise((_, failed) => { lab.gaveUp = failed; });
      trick.restoreContext();
      lab.awaitContext();
      await Promise.race([restored, never]);
      lab.drawNow();
    });
    return turn;
  };
  /// Stops for good.
  module.end = () => {
    lab.finish();
    trick?.loseContext();
    canvas.stride = undefined;
  };
}
