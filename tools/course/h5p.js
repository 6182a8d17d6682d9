// A lesson as H5P: answers and the task's end are told as xAPI, the score of all as the content's.
(function(H5P) {

H5P.StrideLab = function(about) {
  let interactionOf;
  const done = {}, parts = ['question', 'number', 'goal'].filter((name) => about[name] ?? name !== 'number');
  H5P.EventDispatcher.call(this);

  this.getScore = () => parts.reduce((sum, name) => sum + (done[name] || 0), 0);
  this.getMaxScore = () => parts.length;
  this.getAnswerGiven = () => Object.keys(done).length > 0;
  this.getTitle = () => about.title || 'Stride';

  const report = () => {
    const complete = parts.every((name) => name in done);
    this.triggerXAPIScored(this.getScore(), this.getMaxScore(), complete ? 'completed' : 'progressed', complete, this.getScore() === this.getMaxScore());
  };

  this.attach = async ($container) => {
    const own = (name) => import(new URL(this.getLibraryFilePath(name), document.baseURI).href);
    const place = $container[0], lab = document.createElement('stride-lab');
    lab.style.height = '600px';
    lab.setAttribute('link-base', '');
    lab.setAttribute('lang', about.lang || 'en');
    lab.setAttribute('loading', 'eager');
    if (about.markdown) lab.append(Object.assign(document.createElement('script'), {type: 'text/markdown', textContent: about.markdown}));
    else lab.setAttribute('lesson', about.lesson || 1);
    lab.addEventListener('answered', ({detail}) => {
      done[detail.part] = Math.max(done[detail.part] || 0, detail.score);
      const {definition, response} = interactionOf(detail, lab.lang), event = this.createXAPIEventTemplate('answered'), {statement} = event.data;
      event.setScoredResult(detail.score, 1, this, true, detail.correct);
      Object.assign(statement.object.definition, definition);
      statement.result.response = response;
      this.trigger(event);
      report();
    });
    lab.addEventListener('goal', () => {
      done.goal = 1;
      report();
    });
    place.append(lab);
    this.trigger('resize');
    try {
      ({interactionOf} = await own('interaction.js'));
      await own('stride-lab.js');
    } catch (error) {
      place.append(Object.assign(document.createElement('p'), {textContent: `The lab cannot be loaded: ${error.message}`}));
    }
    this.trigger('resize');
  };
};
H5P.StrideLab.prototype = Object.create(H5P.EventDispatcher.prototype);
H5P.StrideLab.prototype.constructor = H5P.StrideLab;

})(globalThis.H5P ??= {});
