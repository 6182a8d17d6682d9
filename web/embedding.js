// What a page around the lab may ask of its module, beyond scenarios and documents. The lab tells that page by options.onEvent:
//   {type: 'change', userInitiated}       other numbers are shown, and no hand is on them
//   {type: 'progress', step}              another step is shown
//   {type: 'answered', correct, score, lesson, title}
//   {type: 'goal', lesson, title, step}   a lesson's task has been met
//   {type: 'error', message}              a sentence that the lab shows

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
  module.setPanels = (words) => ask('panels', words);
  module.setLocked = (words) => ask('locked', words);
  /// The lesson of this number, once lessons are here; resolves to false where there is none.
  module.openLesson = async (number) => {
    const open = () => call('lesson', 'number', ['number'], [number]) !== 0;
    if (open()) return asked(true);
    await lab.setLanguage(lab.canvas.lang || 'en', true);
    return asked(open());
  };
  /// Opens a link; '' or what is wrong with it.
  module.showLink = (link) => ask('show_link', link);
  /// A teacher's lesson or scenario, opened by the page and not by the learner.
  module.openFor = (text, name) => {
    module.openDocument(text, name);
    call('report', null);
  };
  /// Says a sentence in the lab.
  module.notice = (words) => asked(call('notice', null, ['string'], [words]));
  /// Every step of every run, as `stride run` prints it.
  module.toCSV = () => call('csv', 'string');

  const picture = () => {
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

  // A page may hold more labs than a browser holds contexts.
  const trick = context.getExtension('WEBGL_lose_context');
  const next = (type) => new Promise((done) => canvas.addEventListener(type, done, {once: true}));
  let turn = Promise.resolve();
  /// Gives the WebGL context up and keeps everything else. Returns the last picture, as a canvas.
  module.rest = () => {
    module.pause();
    const last = lab.lost ? null : picture();
    turn = turn.then(async () => {
      if (lab.lost || lab.dead || !trick) return;
      const lost = next('webglcontextlost');
      trick.loseContext();
      await lost;
    });
    return last;
  };
  /// Takes a context again. Resolves when the lab has drawn.
  module.wake = () => {
    turn = turn.then(async () => {
      if (!lab.lost || lab.dead || !trick) return;
      const restored = next('webglcontextrestored');
      trick.restoreContext();
      await restored;
      lab.drawNow();
    });
    return turn;
  };
  /// Stops for good.
  module.end = () => {
    lab.dead = true;
    lab.end.abort();
    lab.workers.stop();
    trick?.loseContext();
    canvas.stride = undefined;
  };
}
