// <stride-lab> in a Svelte template: import 'stride-lab/svelte'. Events are the element's own: onready, onchange, ongoal, ...
import type {HTMLAttributes} from 'svelte/elements';
import type {StrideEvents, StrideLab, StrideLabAttributes} from './stride-lab.js';

export * from './stride-lab.js';

type Listeners = {[Name in keyof StrideEvents as `on${Name}`]?: (event: StrideEvents[Name]) => void};

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'stride-lab': Omit<HTMLAttributes<StrideLab>, keyof StrideLabAttributes | keyof Listeners> & StrideLabAttributes & Listeners;
  }
}
