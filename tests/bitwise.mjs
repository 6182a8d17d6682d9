// Bit for bit: `stride run` prints the same bytes whatever it was compiled with. Every surface × optimizer, some schedule with each, 500
// steps, and the trained networks; one SHA-256 over all of it.
//   node tests/bitwise.mjs NAME=COMMAND...   each COMMAND is a `stride`, e.g. wasm="node --no-experimental-fetch build/cli-wasm/stride.cjs"
//   --update                                 writes tests/reference/bitwise.sha256 (after a change that means to change numbers)
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const REFERENCE = new URL('reference/bitwise.sha256', import.meta.url);
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

function schedulesOf(list) {
  const known = new Set(SCHEDULES.map((s) => s.type));
  for (const {key} of list.schedules)
    if (!known.has(key) && key !== 'constant') throw new Error(`tests/bitwise.mjs: give SCHEDULES an example of ${key}`);
  return SCHEDULES;
}

/// The scenarios, as text: surfaces × optimizers in eights, curves, fits and networks.
function scenarios(list) {
  const schedules = schedulesOf(list), all = [];
  let count = 0;
  const run = (optimizer, lr) => ({optimizer: {type: optimizer.key, ...(PLAIN.has(optimizer.key) && {lr})}, schedule: schedules[count++ % schedules.length]});
  const optimizers = list.optimizers.filter((o) => !o.networks_only);
  for (const surface of list.surfaces) {
    const runs = optimizers.map((o) => run(o, surface.lr));
    for (let i = 0; i < runs.length; i += RUNS)
      all.push({stride: 1, problem: {type: 'surface', surface: surface.key, noise: {sigma: i ? 0 : 0.01}}, steps: 500, runs: runs.slice(i, i + RUNS)});
  }
  for (const curve of list.curves) {
    const runs = optimizers.map((o) => run(o, curve.lr));
    for (let i = 0; i < runs.length; i += RUNS)
      all.push({stride: 1, problem: {type: 'curve', curve: curve.key, noise: {sigma: i ? 0 : 0.01}}, steps: 500, runs: runs.slice(i, i + RUNS)});
  }
  for (const fit of FITS) {
    const runs = optimizers.map((o) => run(o, 0.002));
    for (let i = 0; i < runs.length; i += RUNS)
      all.push({stride: 1, problem: {type: 'fit', ...fit}, steps: 300, runs: runs.slice(i, i + RUNS)});
  }
  for (const network of NETWORKS)
    all.push({stride: 1, problem: {type: 'network', ...network}, steps: 60, runs: optimizers.slice(0, RUNS).map((o) => run(o, 0.05))});
  const own = CUSTOM.map((rule, i) => ({optimizer: {type: 'Custom', lr: 0.01, rule}, schedule: schedules[i]}));
  all.push({stride: 1, problem: {surface: 'himmelblau'}, steps: 500, runs: own});
  all.push({stride: 1, problem: {type: 'network', ...NETWORKS[0]}, steps: 60, runs: own});
  return all.map((s) => JSON.stringify(s));
}

function outputs(command, files) {
  const [program, ...args] = command.split(' ');
  return files.map((file) => execFileSync(program, [...args, 'run', file], {maxBuffer: 1 << 28}));
}

function hash(texts) {
  const sum = createHash('sha256');
  for (const text of texts) sum.update(text);
  return sum.digest('hex');
}

/// The first line in which two builds differ.
function difference(a, b, texts) {
  for (let i = 0; i < a.length; ++i) {
    if (a[i].equals(b[i])) continue;
    const [x, y] = [a[i].toString().split('\n'), b[i].toString().split('\n')];
    const line = x.findIndex((l, j) => l !== y[j]);
    return `${texts[i]}\nline ${line + 1}: ${x[line]}\n    and: ${y[line]}`;
  }
  return 'no line';
}

const update = process.argv.includes('--update');
const builds = process.argv.slice(2).filter((a) => a !== '--update').map((a) => [a.slice(0, a.indexOf('=')), a.slice(a.indexOf('=') + 1)]);
if (!builds.length) throw new Error('expected NAME=COMMAND...');
const [program, ...args] = builds[0][1].split(' ');
const texts = scenarios(JSON.parse(execFileSync(program, [...args, 'list'], {maxBuffer: 1 << 26})));
const folder = mkdtempSync(join(tmpdir(), 'stride-bitwise-'));
try {
  const files = texts.map((text, i) => (writeFileSync(join(folder, `${i}.json`), text), join(folder, `${i}.json`)));
  const results = builds.map(([name, command]) => {
    const texts = outputs(command, files), sum = hash(texts);
    console.log(`${sum}  ${name}`);
    return {name, texts, sum};
  });
  if (update) writeFileSync(REFERENCE, results[0].sum + '\n');
  const expected = readFileSync(REFERENCE, 'utf8').trim();
  for (const {name, texts: got, sum} of results) {
    if (sum === expected) continue;
    process.exitCode = 1;
    console.error(`${name}: expected ${expected}`);
    if (sum !== results[0].sum) console.error(`${name} differs from ${results[0].name}: ${difference(results[0].texts, got, texts)}`);
  }
  if (!process.exitCode) console.log(`${texts.length} scenarios, ${results.length} builds: the same bytes`);
} finally {
  rmSync(folder, {recursive: true});
}
