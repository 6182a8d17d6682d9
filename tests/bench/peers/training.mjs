// Training steps per second: Stride in wasm and natively, a plain JavaScript loop, TensorFlow.js on its wasm backend, PyTorch. See README.md.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url)), build = join(here, '../../../build');
const LR = 1e-3, B1 = 0.9, B2 = 0.999, EPS = 1e-8;
const SMALL = {layers: [2, 8, 8, 1], samples: 512, batch: 512}, DIGITS = {layers: [64, 32, 10], samples: 1797, batch: 64};

/// Points and labels that are as many and as large as the real ones: what they are changes no time.
function samples({layers, samples: count}) {
  const x = Float64Array.from({length: count * layers[0]}, (_, i) => Math.sin(i * 1.7) * 0.9);
  return {x, y: Int32Array.from({length: count}, (_, i) => i % Math.max(2, layers.at(-1)))};
}

/// A network as one writes it by hand: loops over samples and units, typed arrays, Adam.
function plain({layers}, steps) {
  const {x, y} = samples(SMALL), n = layers.length - 1, count = SMALL.samples;
  const W = [], B = [], gW = [], gB = [];
  for (let l = 0; l < n; ++l) {
    W.push(Float64Array.from({length: layers[l] * layers[l + 1]}, (_, i) => Math.cos(i * 3.1 + l) / Math.sqrt(layers[l])));
    B.push(new Float64Array(layers[l + 1]));
    gW.push(new Float64Array(W[l].length));
    gB.push(new Float64Array(layers[l + 1]));
  }
  const moments = [...W, ...B].map((p) => [new Float64Array(p.length), new Float64Array(p.length)]);
  const a = layers.map((units) => new Float64Array(units)), d = layers.map((units) => new Float64Array(units));
  let loss = 0;
  for (let t = 1; t <= steps; ++t) {
    for (const g of [...gW, ...gB]) g.fill(0);
    loss = 0;
    for (let s = 0; s < count; ++s) {
      a[0][0] = x[2 * s];
      a[0][1] = x[2 * s + 1];
      for (let l = 0; l < n; ++l)
        for (let o = 0; o < layers[l + 1]; ++o) {
          let sum = B[l][o];
          for (let i = 0; i < layers[l]; ++i) sum += W[l][o * layers[l] + i] * a[l][i];
          a[l + 1][o] = l + 1 < n ? Math.tanh(sum) : sum;
        }
      const z = a[n][0], p = 1 / (1 + Math.exp(-z));
      loss += Math.max(z, 0) - z * y[s] + Math.log1p(Math.exp(-Math.abs(z)));
      d[n][0] = (p - y[s]) / count;
      for (let l = n - 1; l >= 0; --l) {
        d[l].fill(0);
        for (let o = 0; o < layers[l + 1]; ++o) {
          const slope = d[l + 1][o];
          gB[l][o] += slope;
          for (let i = 0; i < layers[l]; ++i) {
            gW[l][o * layers[l] + i] += slope * a[l][i];
            d[l][i] += slope * W[l][o * layers[l] + i];
          }
        }
        if (l > 0) for (let i = 0; i < layers[l]; ++i) d[l][i] *= 1 - a[l][i] * a[l][i];
      }
    }
    const c1 = 1 - B1 ** t, c2 = Math.sqrt(1 - B2 ** t), gradients = [...gW, ...gB];
    [...W, ...B].forEach((p, k) => {
      const [m, v] = moments[k], g = gradients[k];
      for (let i = 0; i < p.length; ++i) {
        m[i] = B1 * m[i] + (1 - B1) * g[i];
        v[i] = B2 * v[i] + (1 - B2) * g[i] * g[i];
        p[i] -= LR / c1 * m[i] / (Math.sqrt(v[i]) / c2 + EPS);
      }
    });
  }
  return loss;
}

/// A model of TensorFlow.js by its own optimizer, the fastest of its ways that keep the gradient its own.
function tensorflow(tf, {layers, batch, ...rest}, steps) {
  const {x, y} = samples({layers, ...rest}), outputs = layers.at(-1), some = (i) => i * batch % (rest.samples - batch + 1);
  const weights = layers.slice(1).flatMap((units, l) => [
    tf.variable(tf.randomNormal([layers[l], units], 0, 1 / Math.sqrt(layers[l]), 'float32', 1)), tf.variable(tf.zeros([units]))]);
  const points = tf.tensor2d(Float32Array.from(x), [rest.samples, layers[0]]);
  const labels = outputs === 1 ? tf.tensor2d(Float32Array.from(y), [rest.samples, 1]) : tf.oneHot(tf.tensor1d(y, 'int32'), outputs);
  const optimizer = tf.train.adam(LR);
  for (let t = 0; t < steps; ++t)
    tf.tidy(() => {
      const [px, py] = batch === rest.samples ? [points, labels] : [points, labels].map((all) => all.slice([some(t), 0], [batch, -1]));
      optimizer.minimize(() => {
        let at = px;
        for (let l = 0; l + 1 < layers.length; ++l) {
          at = at.matMul(weights[2 * l]).add(weights[2 * l + 1]);
          if (l + 2 < layers.length) at = at.tanh();
        }
        return outputs === 1 ? tf.losses.sigmoidCrossEntropy(py, at) : tf.losses.softmaxCrossEntropy(py, at);
      });
    });
  weights[0].dataSync();
  tf.dispose([...weights, points, labels]);
  optimizer.dispose();
}

const stride = (program, ...first) => JSON.parse(execFileSync(program, [...first, 'bench', '--surface', 'booth', '--optimizer', 'SGD', '--seconds', '0.6'])).training;
const speed = (steps, work) => {
  const begin = performance.now();
  work(steps);
  return steps / (performance.now() - begin) * 1e3;
};
const torch = () => {
  try {
    return Number(execFileSync('/usr/bin/python3', [join(here, 'training.py')], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}));
  } catch {
    return NaN;  // not at hand
  }
};

const require = createRequire(import.meta.url);
let tf = null;
if (existsSync(join(here, 'node_modules/@tensorflow/tfjs'))) {
  tf = require('@tensorflow/tfjs');
  const {setWasmPaths} = require('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
  await tf.setBackend('wasm');
  await tf.ready();
}

const seen = {};
const note = (name, value) => (seen[name] ??= []).push(value);
const ROUNDS = 3;
for (let round = 0; round < ROUNDS; ++round) {
  const wasm = stride('node', '--no-experimental-fetch', join(build, 'cli-wasm/stride.cjs')), native = stride(join(build, 'native/stride'));
  for (const [name, value] of Object.entries(wasm)) note(name, value);
  for (const [name, value] of Object.entries(native)) note(`native ${name}`, value);
  note('plain', speed(400, (steps) => plain(SMALL, steps)));
  if (tf) note('tensorflow small', speed(200, (steps) => tensorflow(tf, SMALL, steps)));
  if (tf) note('tensorflow digits', speed(200, (steps) => tensorflow(tf, DIGITS, steps)));
  note('torch small', torch());
}
const median = (name) => seen[name] ? [...seen[name]].sort((a, b) => a - b)[seen[name].length >> 1] : NaN;
const row = (title, base, value) => console.log(`| ${title} | ${value.toFixed(0)} | ${(base / value).toFixed(2)} |`);
const small = median('small_single_steps_per_second'), digits = median('digits_single_steps_per_second');
const version = tf ? JSON.parse(readFileSync(join(here, 'node_modules/@tensorflow/tfjs/package.json'))).version : '';
console.log('| 2-8-8-1 tanh, 512 points, full batch, Adam | steps per second | Stride is, times |\n| --- | --: | --: |');
row('Stride, wasm SIMD, single precision', small, small);
row('Stride, wasm SIMD, double precision', small, median('small_double_steps_per_second'));
row('Stride, native', small, median('native small_single_steps_per_second'));
row('plain JavaScript', small, median('plain'));
if (tf) row(`TensorFlow.js ${version}, wasm`, small, median('tensorflow small'));
row('PyTorch', small, median('torch small'));
console.log('\n| digits 64-32-10, batches of 64, Adam | steps per second | Stride is, times |\n| --- | --: | --: |');
row(`Stride, wasm SIMD, ${(digits * 64 / 1797).toFixed(0)} epochs per second`, digits, digits);
row('the same, loss of all digits every 10 steps', digits, median('digits_measured_every_10_steps_per_second'));
row('Stride, native', digits, median('native digits_single_steps_per_second'));
if (tf) row(`TensorFlow.js ${version}, wasm`, digits, median('tensorflow digits'));
console.log(`\n64 networks of 200 steps: ${median('strip_64x200_milliseconds').toFixed(0)} ms; a landscape of 65 x 65 on 512 points: ` +
            `${median('landscape_65x65_milliseconds').toFixed(0)} ms, both in one thread`);
