// Million Adam steps on Rosenbrock per second: Stride (wasm SIMD), plain JavaScript, TensorFlow.js (wasm). See README.md.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const LR = 0.01, B1 = 0.9, B2 = 0.999, EPS = 1e-8;

function starts(lanes) {
  const x = new Float32Array(lanes), y = new Float32Array(lanes);
  for (let i = 0; i < lanes; ++i) {
    x[i] = -2 + 4 * (i / lanes);
    y[i] = -1 + 4 * ((i * 0.618034) % 1);
  }
  return {x, y};
}

function plain(lanes, steps) {
  const {x, y} = starts(lanes);
  const mx = new Float32Array(lanes), my = new Float32Array(lanes), vx = new Float32Array(lanes), vy = new Float32Array(lanes);
  let c1 = 1, c2 = 1;
  for (let t = 0; t < steps; ++t) {
    c1 *= B1;
    c2 *= B2;
    const rate = LR / (1 - c1), root = Math.sqrt(1 - c2);
    for (let i = 0; i < lanes; ++i) {
      const d = y[i] - x[i] * x[i], gx = -2 * (1 - x[i]) - 400 * x[i] * d, gy = 200 * d;
      mx[i] = B1 * mx[i] + (1 - B1) * gx;
      my[i] = B1 * my[i] + (1 - B1) * gy;
      vx[i] = B2 * vx[i] + (1 - B2) * gx * gx;
      vy[i] = B2 * vy[i] + (1 - B2) * gy * gy;
      x[i] -= rate * mx[i] / (Math.sqrt(vx[i]) / root + EPS);
      y[i] -= rate * my[i] / (Math.sqrt(vy[i]) / root + EPS);
    }
  }
  return x[0];
}

function tensorflow(tf, lanes, steps) {
  const s = starts(lanes);
  let state = tf.tidy(() => [tf.tensor1d(s.x), tf.tensor1d(s.y), ...Array.from({length: 4}, () => tf.zeros([lanes]))]);
  let c1 = 1, c2 = 1;
  for (let t = 0; t < steps; ++t) {
    c1 *= B1;
    c2 *= B2;
    const next = tf.tidy(() => {
      const [x, y, mx, my, vx, vy] = state;
      const d = y.sub(x.square());
      const g = [x.sub(1).mul(2).sub(x.mul(d).mul(400)), d.mul(200)];
      const m = [mx, my].map((old, i) => old.mul(B1).add(g[i].mul(1 - B1)));
      const v = [vx, vy].map((old, i) => old.mul(B2).add(g[i].square().mul(1 - B2)));
      const p = [x, y].map((old, i) => old.sub(m[i].mul(LR / (1 - c1)).div(v[i].sqrt().div(Math.sqrt(1 - c2)).add(EPS))));
      return [...p, ...m, ...v];
    });
    tf.dispose(state);
    state = next;
  }
  state[0].dataSync();
  tf.dispose(state);
}

function stride() {
  const cli = join(here, '../../../build/cli-wasm/stride.cjs');
  const out = execFileSync('node', ['--no-experimental-fetch', cli, 'bench', '--surface', 'rosenbrock', '--optimizer', 'Adam', '--seconds', '0.5']);
  return JSON.parse(out).million_particle_steps_per_second.rosenbrock.Adam;
}

const speed = (lanes, steps, work) => {
  const begin = performance.now();
  work(lanes, steps);
  return lanes * steps / (performance.now() - begin) / 1e3;
};

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const {setWasmPaths} = require('@tensorflow/tfjs-backend-wasm');
setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
await tf.setBackend('wasm');
await tf.ready();

const seen = {stride: [], plain: [], tensorflow: []};
for (let round = 0; round < 5; ++round) {
  seen.stride.push(stride());
  seen.plain.push(speed(512, 20000, plain));
  seen.tensorflow.push(speed(262144, 20, (lanes, steps) => tensorflow(tf, lanes, steps)));
}
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const {version} = JSON.parse(readFileSync(join(here, 'node_modules/@tensorflow/tfjs/package.json')));
const base = median(seen.stride);
console.log(`| Adam on Rosenbrock | million steps per second | Stride is |\n| --- | --: | --: |`);
console.log(`| Stride, wasm SIMD | ${base.toFixed(0)} | 1 |`);
console.log(`| plain JavaScript | ${median(seen.plain).toFixed(0)} | ${(base / median(seen.plain)).toFixed(1)} × |`);
console.log(`| TensorFlow.js ${version}, ${tf.getBackend()} | ${median(seen.tensorflow).toFixed(1)} | ${(base / median(seen.tensorflow)).toFixed(0)} × |`);
