// What has to come out to the same bits everywhere: scenarios whose every step is printed, and studies whose rows are counted. Builds are
// asked by bits.mjs, browsers by tests/browser and tests/engines.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';

const REFERENCE = new URL('reference.json', import.meta.url);
const RUNS = 8;  // a scenario

// One of each schedule; a schedule that `stride list` knows and this doesn't is a fault.
const SCHEDULES = [
  {type: 'ConstantLR', factor: 0.5, total_iters: 20},
  {type: 'LinearLR', start_factor: 0.2, end_factor: 0.9, total_iters: 100},
  {type: 'PolynomialLR', total_iters: 400, power: 1.7},
  {type: 'StepLR', step_size: 70, gamma: 0.6},
  {type: 'MultiStepLR', milestones: [100, 200, 400], gamma: 0.3},
  {type: 'ExponentialLR', gamma: 0.99},
  {type: 'MultiplicativeLR', factor: 0.995},
  {type: 'CosineAnnealingLR', T_max: 130, eta_min: 1e-5},
  {type: 'CosineAnnealingWarmRestarts', T_0: 40, T_mult: 2},
  {type: 'CyclicLR', base_lr: 1e-4, max_lr: 5e-3, step_size_up: 30, mode: 'exp_range', gamma: 0.999, cycle_momentum: false},
  {type: 'OneCycleLR', max_lr: 5e-3, total_steps: 500, cycle_momentum: false},
  {type: 'ReduceLROnPlateau', patience: 5, factor: 0.5},
  {type: 'SequentialLR', schedulers: [{type: 'LinearLR', total_iters: 50}, {type: 'CosineAnnealingLR', T_max: 450}], milestones: [50]},
  {type: 'ChainedScheduler', schedulers: [{type: 'ExponentialLR', gamma: 0.998}, {type: 'StepLR', step_size: 100, gamma: 0.5}]},
  {type: 'LambdaLR', lambda: 'inverse_sqrt_warmup', warmup: 60},
  {type: 'WSD', warmup: 50, stable: 300, decay: 150},
  {type: 'Points', points: [[0, 1], [250, 0.2], [499, 0.7]], interpolation: 'cosine'},
];

// Without an adaptive rate these would diverge in most places; the surface's own rate keeps them going.
const PLAIN = new Set(['SGD', 'ASGD', 'Custom']);

// Rules of one's own, each of whose functions is one of Stride's.
const CUSTOM = [
  ['v = 0.9*v + 0.1*g^2', 'p = p - lr*g/(sqrt(v) + 1e-8)'],
  ['c = 1 - 0.9^t', 'm = 0.9m + 0.1g', 'p = p - lr*tanh(m/c)'],
  ['g = max(-1, min(g, 1))', 'n = n + 1', 'p = p - lr*(sign(g)*abs(g)^1.5 + sin(n)*exp(-n/9)*log(n + 1)/cosh(n/50))'],
];

const NETWORKS = [
  {layers: [2, 8, 8, 1], activation: 'tanh', data: {type: 'moons', samples: 60}, batch_size: 16},
  {layers: [2, 6, 1], activation: 'relu', data: {type: 'spiral', samples: 60}, init: {type: 'kaiming', seed: 3}},
  {layers: [2, 6, 1], activation: 'sigmoid', data: {type: 'circles', samples: 60}},
];

const FITS = [
  {},
  {scale: 'standard', batch_size: 8, seed: 5},
  {model: 'sigmoid', batch_size: 16},
  {model: 'sigmoid', scale: 'standard', start: [-1, 0.5]},
];

/// All of SCHEDULES; a new kind of schedule has to be among them.
function schedulesOf(list) {
  const known = new Set(SCHEDULES.map((s) => s.type));
  for (const {key} of list.schedules)
    if (!known.has(key) && key !== 'constant') throw new Error(`tests/bits/questions.mjs: give SCHEDULES an example of ${key}`);
  return SCHEDULES;
}

/// Every optimizer, in scenarios of eight runs, each with some schedule; `lr` is the problem's own rate.
function everyOptimizer(problem, lr, optimizers, schedules, noise = 0.01) {
  const run = (optimizer, i) => ({optimizer: {type: optimizer.key, ...(PLAIN.has(optimizer.key) && {lr})}, schedule: schedules[i % schedules.length]});
  const runs = optimizers.map(run), all = [];
  for (let i = 0; i < runs.length; i += RUNS)
    all.push({stride: 1, problem: {...problem, ...(noise && {noise: {sigma: i ? 0 : noise}})}, steps: 500, runs: runs.slice(i, i + RUNS)});
  return all;
}

/// Scenarios by what they are of, from what `stride list` says there is.
export function scenarios(list) {
  const schedules = schedulesOf(list), optimizers = list.optimizers.filter((o) => !o.networks_only);
  // Another schedule for each optimizer on each surface.
  const from = (i) => [...schedules.slice(i % schedules.length), ...schedules.slice(0, i % schedules.length)];
  const own = CUSTOM.map((rule, i) => ({optimizer: {type: 'Custom', lr: 0.01, rule}, schedule: schedules[i]}));
  const networks = NETWORKS.map((network) => ({
    stride: 1, problem: {type: 'network', ...network}, steps: 60,
    runs: optimizers.slice(0, RUNS).map((o, i) => ({optimizer: {type: o.key, ...(PLAIN.has(o.key) && {lr: 0.05})}, schedule: schedules[i]})),
  }));
  return {
    surfaces: list.surfaces.flatMap((s, i) => everyOptimizer({type: 'surface', surface: s.key}, s.lr, optimizers, from(i))),
    curves: list.curves.flatMap((c, i) => everyOptimizer({type: 'curve', curve: c.key}, c.lr, optimizers, from(i))),
    fits: FITS.flatMap((fit, i) => everyOptimizer({type: 'fit', ...fit}, 0.002, optimizers, from(i), 0)),
    networks,
    'rules of one\'s own': [{stride: 1, problem: {surface: 'himmelblau'}, steps: 500, runs: own},
                            {stride: 1, problem: {type: 'network', ...NETWORKS[0]}, steps: 60, runs: own}],
    himmelblau: everyOptimizer({surface: 'himmelblau'}, 0.01, optimizers.filter((o) => o.key !== 'Custom'), schedules),
  };
}

/// What a page is asked besides: steps of every optimizer that it has from the start.
export const IN_PAGES = 'himmelblau';

const NOISY = {
  stride: 1,
  problem: {surface: 'himmelblau', noise: {sigma: 0.5}},
  steps: 150,
  runs: [{optimizer: {type: 'Adam', lr: 0.05}, schedule: {type: 'StepLR', step_size: 40}}],
};
const OWN = {...NOISY, problem: {expression: 'sin(3*x)*cos(2*y) + 0.1*(x^2 + y^2)'}};

/// Requests as a page's runStudy takes them.
export const STUDIES = [
  ...[{type: 'sweep'}, {type: 'compare'}, {type: 'range-test'}, {type: 'basins', size: 64}, {type: 'map', size: 32}]
    .map((study) => ({scenario: NOISY, study})),
  {scenario: OWN, study: {type: 'basins', size: 48}},
];

/// The bits of a study's rows, of what `stride study` prints: words of basins stand for numbers.
export function rowsOf(csv, columns) {
  const number = (word) => {
    const basin = /^minimum (\d+)$/.exec(word);
    return basin ? Number(basin[1]) : {nowhere: -1, diverged: -2, inf: Infinity, '-inf': -Infinity}[word] ?? Number(word);
  };
  const [header, ...lines] = csv.trim().split('\n').map((line) => line.split(','));
  const places = columns.map((name) => header.lastIndexOf(name));
  return new Uint32Array(Float32Array.from(lines.flatMap((line) => places.map((at) => number(line[at])))).buffer);
}

/// One hash of texts and of arrays of 32-bit numbers.
export function hashOf(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(typeof part === 'string' || Buffer.isBuffer(part) ? part : Buffer.from(Uint32Array.from(part).buffer));
  return sum.digest('hex');
}

/// What each of them comes to, by name.
export const reference = () => JSON.parse(readFileSync(REFERENCE, 'utf8'));
export {REFERENCE};
