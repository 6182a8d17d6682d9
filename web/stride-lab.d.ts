// Types of <stride-lab>. docs/embedding.md explains each.

/** A scenario as README.md describes it; what is left out takes its default. */
export interface StrideScenario {
  stride: 1;
  problem?: Record<string, unknown>;
  steps?: number;
  runs?: Record<string, unknown>[];
  view?: Record<string, unknown>;
}

export interface StrideEvents {
  /** The lab is drawn and answers. */
  ready: CustomEvent<Record<string, never>>;
  /** Other numbers are shown. `userInitiated`: a learner did it, not the page. */
  change: CustomEvent<{userInitiated: boolean}>;
  /** Another step is shown. */
  progress: CustomEvent<{step: number}>;
  /**
   * A lesson's question was answered (`part`: `question`), or the number that its task asks for was handed in (`number`); `score` is 1 or 0, `lesson` 0 for
   * a file of one's own. `response` is the text of one of the `choices`, the number, or where the answer is drawn the loss at the drawing's end.
   */
  answered: CustomEvent<{part: 'question' | 'number'; correct: boolean; score: number; lesson: number; title: string; question: string; response: string | number; choices?: string[]}>;
  /** A lesson's task was met, at this step. */
  goal: CustomEvent<{lesson: number; title: string; step: number}>;
  /** A sentence for the user, which the element shows: `start`, the lab cannot start; `input`, something given is wrong; `stopped`, a fault. */
  error: CustomEvent<{type: 'start' | 'input' | 'stopped'; message: string}>;
}

/** What the tag may say, for frameworks that type it. docs/embedding.md has the words of each. */
export interface StrideLabAttributes {
  scenario?: string | StrideScenario;
  lesson?: string | number;
  surface?: string;
  curve?: string;
  fit?: 'line' | 'sigmoid';
  network?: 'tanh' | 'relu' | 'sigmoid';
  data?: string | Record<string, unknown>;
  layers?: string;
  optimizer?: string | Record<string, unknown>;
  lr?: string | number;
  schedule?: string | Record<string, unknown>;
  panels?: string;
  locked?: string;
  theme?: 'auto' | 'light' | 'dark' | 'projector';
  lang?: string;
  reveal?: 'auto' | 'interaction' | 'manual';
  loading?: 'lazy' | 'eager';
  poster?: string;
  /** What a copied link begins with: the address of the index.html that opens it; `''` for no links. */
  'link-base'?: string;
  workers?: string | number;
}

export class StrideLab extends HTMLElement {
  /** JSON, or a link: `#s=...`, `?surface=beale&lr=0.1`. An object is written as JSON. */
  get scenario(): string | null;
  set scenario(value: string | StrideScenario | null);
  /** The number of a lesson, or a Markdown file of this site. */
  get lesson(): string | null;
  set lesson(value: string | number | null);
  get surface(): string | null;
  set surface(value: string | null);
  /** A curve of one weight, by name. */
  get curve(): string | null;
  set curve(value: string | null);
  /** A model of two weights on data: `line` or `sigmoid`. */
  get fit(): 'line' | 'sigmoid' | '' | null;
  set fit(value: 'line' | 'sigmoid' | '' | null);
  /** A network; what stands between its layers: `tanh`, `relu` or `sigmoid`. */
  get network(): 'tanh' | 'relu' | 'sigmoid' | '' | null;
  set network(value: 'tanh' | 'relu' | 'sigmoid' | '' | null);
  /** Of a fit or a network: a data set by name, or JSON. */
  get data(): string | null;
  set data(value: string | Record<string, unknown> | null);
  /** Of a network: inputs to outputs, as `2 8 8 1`. */
  get layers(): string | null;
  set layers(value: string | null);
  /** A name as PyTorch writes it, or JSON with parameters. */
  get optimizer(): string | null;
  set optimizer(value: string | Record<string, unknown> | null);
  get lr(): string | null;
  set lr(value: string | number | null);
  /** A name as PyTorch writes it, JSON with parameters, or `none`. */
  get schedule(): string | null;
  set schedule(value: string | Record<string, unknown> | null);
  /** Some of: bar surface rate loss controls instruments problem transport lessons; or `all`. */
  get panels(): string | null;
  set panels(value: string | null);
  /** Some of: surface start steps noise runs optimizer lr schedule; or `all`. */
  get locked(): string | null;
  set locked(value: string | null);
  get theme(): 'auto' | 'light' | 'dark' | 'projector' | null;
  set theme(value: 'auto' | 'light' | 'dark' | 'projector' | null);
  get reveal(): 'auto' | 'interaction' | 'manual' | null;
  set reveal(value: 'auto' | 'interaction' | 'manual' | null);
  get loading(): 'lazy' | 'eager' | null;
  set loading(value: 'lazy' | 'eager' | null);
  /** A picture to show before the lab starts. */
  get poster(): string | null;
  set poster(value: string | null);
  /** How many workers share the heavy work, 0 to 8. */
  get workers(): string | null;
  set workers(value: string | number | null);

  /** Starts the lab, whatever `reveal` says. */
  start(): Promise<void>;
  /** What is shown; before the start what was set, or null. */
  getState(): StrideScenario | string | null;
  /** Rejects with an Error that says what is wrong; what was shown then stays. */
  setState(state: StrideScenario | string): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  seek(step: number): Promise<void>;
  /** What is shown, as a PNG. */
  toImage(): Promise<Blob>;
  /** `run,step,x,y,loss,lr,grad_x,grad_y`, a line for each step of each run; `avg_x,avg_y` follow where a run keeps an average of its path. */
  toCSV(): Promise<string>;
  /** Says in the lab what is wrong with something that the page was given. */
  complain(sentence: string): void;
  /** Ends the lab and frees what it holds. */
  destroy(): void;

  addEventListener<K extends keyof StrideEvents>(
      type: K, listener: (this: StrideLab, event: StrideEvents[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** The scenario that attributes say, by their names. */
export function scenarioOf(attributes: Record<string, string>): StrideScenario;

/** What a page that holds nothing but a lab is called, in a language. */
export function titleIn(code: string): string;

declare global {
  interface HTMLElementTagNameMap {
    'stride-lab': StrideLab;
  }
}
