// The kernels against each other, in one run: native 128-bit (-msse4.1) and in the widest vectors of the processor, WebAssembly with and without SIMD. Builds what it needs into
// build/bench-*, runs `stride bench` of each in turn, several times, and prints the medians with their ratios as a table.
//   node tests/bench/run.mjs [--rounds N] [--seconds S] [--surface NAME] [--optimizer TYPE] [--json] [--check]
// --check: exit status 1 where the aims are missed: Adam on Rosenbrock SIMD ≥ 3 × scalar and ≥ 0.65 × native, and surfaces with sin, cos
// or exp SIMD ≥ 2.5 × scalar.
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const WASM = ['node', '--no-experimental-fetch'];
const BUILDS = {
  native: {options: ['-DSTRIDE_NATIVE_ARCH=-msse4.1'], run: ['build/bench-native/stride'], vectors: ['--vectors', '16']},
  wide: {options: ['-DSTRIDE_NATIVE_ARCH=-msse4.1'], run: ['build/bench-native/stride']},
  simd: {options: ['--toolchain', 'cmake/emscripten.cmake'], run: [...WASM, 'build/bench-simd/stride.cjs']},
  scalar: {options: ['--toolchain', 'cmake/emscripten.cmake', '-DSTRIDE_WASM_SIMD=OFF'], run: [...WASM, 'build/bench-scalar/stride.cjs']},
};

const args = process.argv.slice(2);
const option = (name, fallback) => args.includes(name) ? args[args.indexOf(name) + 1] : fallback;
const rounds = Number(option('--rounds', 3)), seconds = option('--seconds', '0.05');
const only = ['--surface', '--optimizer'].flatMap((name) => args.includes(name) ? [name, option(name)] : []);

function build(name) {
  const folder = `build/bench-${name === 'wide' ? 'native' : name}`, quiet = {stdio: ['ignore', 'ignore', 'inherit']};
  execFileSync('cmake', ['-S', '.', '-B', folder, '-G', 'Ninja', '-DSTRIDE_LAB=OFF', '-DSTRIDE_TESTS=OFF', ...BUILDS[name].options], quiet);
  execFileSync('cmake', ['--build', folder, '--target', 'stride'], quiet);
}

function bench(name) {
  const {run: [program, ...rest], vectors = []} = BUILDS[name];
  return JSON.parse(execFileSync(program, [...rest, 'bench', '--seconds', seconds, ...vectors, ...only], {maxBuffer: 1 << 26}));
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/// rates[surface][optimizer][build], million particle-steps per second; training[build], steps per second.
function measure() {
  const seen = Object.fromEntries(Object.keys(BUILDS).map((name) => [name, []]));
  for (let i = 0; i < rounds; ++i)
    for (const name in BUILDS) seen[name].push(bench(name));  // in turn, so that a slow minute of the machine hits all alike
  const of = (name, get) => median(seen[name].map(get));
  const rates = {}, training = {};
  for (const [surface, row] of Object.entries(seen.native[0].million_particle_steps_per_second)) {
    rates[surface] = {};
    for (const optimizer in row) {
      const cell = rates[surface][optimizer] = {};
      for (const name in BUILDS) cell[name] = of(name, (b) => b.million_particle_steps_per_second[surface][optimizer]);
    }
  }
  for (const name in BUILDS) training[name] = of(name, (b) => b.training_steps_per_second);
  return {rates, training};
}

function table({rates, training}) {
  const lines = ['| surface | optimizer | native 128-bit | native widest | wasm SIMD | wasm scalar | SIMD / scalar | SIMD / native 128-bit | widest / 128-bit |', '| --- | --- | --: | --: | --: | --: | --: | --: | --: |'];
  const row = (a, b, c, digits) => lines.push(`| ${a} | ${b} | ${c.native.toFixed(digits)} | ${c.wide.toFixed(digits)} | ${c.simd.toFixed(digits)} | ${c.scalar.toFixed(digits)} | ` +
      `${(c.simd / c.scalar).toFixed(2)} | ${(c.simd / c.native).toFixed(2)} | ${(c.wide / c.native).toFixed(2)} |`);
  for (const surface in rates)
    for (const optimizer in rates[surface]) row(surface, optimizer, rates[surface][optimizer], 0);
  row('network 2-8-8-1', 'Adam, steps/s', training, 0);
  return lines.join('\n');
}

/// The surfaces whose formulas have a sine, cosine or exponential.
function transcendental() {
  const list = JSON.parse(execFileSync(BUILDS.native.run[0], ['list'], {maxBuffer: 1 << 26}));
  return list.surfaces.filter((s) => /sin|cos|exp/.test(s.formula)).map((s) => s.key);
}

function missed({rates}) {
  const faults = [], adam = rates.rosenbrock?.Adam;
  const expect = (what, value, least) => value < least && faults.push(`${what}: ${value.toFixed(2)}, expected at least ${least}`);
  if (adam) {
    expect('rosenbrock, Adam: SIMD / scalar', adam.simd / adam.scalar, 3);
    expect('rosenbrock, Adam: SIMD / native', adam.simd / adam.native, 0.65);
  }
  for (const surface of transcendental())
    if (rates[surface]?.Adam) expect(`${surface}, Adam: SIMD / scalar`, rates[surface].Adam.simd / rates[surface].Adam.scalar, 2.5);
  return faults;
}

for (const name in BUILDS) build(name);
const result = measure();
console.log(args.includes('--json') ? JSON.stringify(result, null, 2) : table(result));
if (args.includes('--check')) {
  const faults = missed(result);
  for (const fault of faults) console.error(fault);
  process.exit(faults.length ? 1 : 0);
}
