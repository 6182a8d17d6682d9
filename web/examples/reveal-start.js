// While a lab has the focus the arrow keys are its own, not the talk's.
import Reveal from './reveal.js/dist/reveal.esm.js';

Reveal.initialize({
  hash: true, viewDistance: 1, transition: 'none',
  keyboardCondition: () => document.activeElement?.localName !== 'stride-lab',
});
