// Labs in reveal.js: `plugins: [StrideLabs]`, and <stride-lab> in a slide. `strideLabs: {site: 'stride/'}` in Reveal.initialize says where the folder is that
// `./run --site` makes. A lab starts when its slide comes, pauses when it has gone, and keeps its keys while it has the focus.
const ELEMENT = 'stride-lab';

function sentence(where, text) {
  const said = document.createElement('p');
  said.setAttribute('role', 'alert');
  said.textContent = text;
  where.after(said);
}

const inLab = () => document.activeElement?.localName === ELEMENT;

export const StrideLabs = () => ({
  id: 'strideLabs',
  init(deck) {
    const {site = 'stride/', theme = 'projector'} = deck.getConfig().strideLabs ?? {}, home = new URL(site.replace(/\/?$/, '/'), document.baseURI);
    const labs = [...deck.getSlidesElement().querySelectorAll(ELEMENT)];
    for (const lab of labs) {
      // What a slide shows is the deck's to say; elsewhere labs start when they are near.
      if (!lab.hasAttribute('reveal')) lab.setAttribute('reveal', 'manual');
      if (!lab.hasAttribute('theme')) lab.setAttribute('theme', theme);
    }
    const own = deck.getConfig().keyboardCondition;
    deck.configure({keyboardCondition: (event) => !inLab() && (typeof own !== 'function' || own(event))});
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = new URL('stride-lab.css', home).href;
    document.head.append(style);
    const loaded = import(new URL('stride-lab.js', home).href);
    loaded.catch(() => labs.forEach((lab) => sentence(lab, `The lab was expected in ${home}: put the folder that ./run --site makes there, or say where it is by strideLabs.site.`)));

    const show = () => {
      for (const lab of labs) {
        if (deck.getCurrentSlide()?.contains(lab)) lab.start().catch(() => {});  // it has shown the sentence
        else lab.pause();
      }
    };
    const whenLoaded = () => loaded.then(show, () => {});
    deck.on('ready', whenLoaded);
    deck.on('slidechanged', () => {
      if (inLab()) document.activeElement.blur();  // the next key is the deck's
      whenLoaded();
    });
  },
});

export default StrideLabs;
