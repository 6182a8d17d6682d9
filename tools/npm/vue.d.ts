// <stride-lab> in a Vue template: import 'stride-lab/vue'. Events are the element's own: @ready, @change, @goal, ...
import type {DefineComponent} from 'vue';
import type {StrideEvents, StrideLabAttributes} from './stride-lab.js';

export * from './stride-lab.js';

type Listeners = {[Name in keyof StrideEvents as `on${Capitalize<Name>}`]?: (event: StrideEvents[Name]) => void};

declare module 'vue' {
  interface GlobalComponents {
    'stride-lab': DefineComponent<StrideLabAttributes & Listeners>;
  }
}
