// <stride-lab> in JSX: import 'stride-lab/react'. Events are the element's own: onready, onchange, ongoal, ...
import type {DetailedHTMLProps, HTMLAttributes} from 'react';
import type {StrideEvents, StrideLab, StrideLabAttributes} from './stride-lab.js';

export * from './stride-lab.js';

type Listeners = {[Name in keyof StrideEvents as `on${Name}`]?: (event: StrideEvents[Name]) => void};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'stride-lab': DetailedHTMLProps<HTMLAttributes<StrideLab>, StrideLab> & StrideLabAttributes & Listeners;
    }
  }
}
