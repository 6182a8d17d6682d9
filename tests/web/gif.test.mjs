// Animated pictures, decoded again by a reader of their own.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {encodeGif} from '../../web/gif.js';

/// The frames of a GIF as lists of [red, green, blue], and what is said of them.
function decode(bytes) {
  let at = 0;
  const byte = () => bytes[at++], word = () => byte() | byte() << 8;
  assert.equal(Buffer.from(bytes.subarray(0, 6)).toString(), 'GIF89a');
  at = 6;
  const width = word(), height = word(), flags = byte();
  assert.equal(flags & 0x80, 0x80);
  at += 2;
  const palette = Array.from({length: 2 << (flags & 7)}, () => [byte(), byte(), byte()]);
  const blocks = () => {
    const out = [];
    for (let size = byte(); size; size = byte()) while (size--) out.push(byte());
    return out;
  };
  const screen = new Array(width * height), frames = [], delays = [];
  for (let kind = byte(); kind !== 0x3b; kind = byte()) {
    if (kind === 0x21) {
      const label = byte(), data = blocks();
      if (label === 0xf9) delays.push(data[1] | data[2] << 8);
      continue;
    }
    assert.equal(kind, 0x2c);
    const [x, y, w, h] = [word(), word(), word(), word()];
    assert.equal(byte(), 0);
    unpack(byte(), blocks()).forEach((index, i) => { screen[(y + Math.floor(i / w)) * width + x + i % w] = palette[index]; });
    assert.ok(x + w <= width && y + h <= height);
    frames.push([...screen]);
  }
  assert.equal(at, bytes.length);
  return {width, height, frames, delays};
}

function unpack(least, data) {
  const clear = 1 << least, end = clear + 1, out = [];
  let size = least + 1, bits = 0, held = 0, at = 0, table = [], last = null;
  const start = () => { table = Array.from({length: clear + 2}, (_, i) => [i]); size = least + 1; last = null; };
  start();
  for (;;) {
    while (held < size) bits |= data[at++] << held, held += 8;
    const code = bits & (1 << size) - 1;
    bits >>>= size, held -= size;
    if (code === end) return out;
    if (code === clear) {
      start();
      continue;
    }
    assert.ok(code <= table.length, `code ${code} of ${table.length}`);
    const entry = code < table.length ? table[code] : [...last, last[0]];
    for (const index of entry) out.push(index);
    if (last && table.length < 4096) table.push([...last, entry[0]]);
    if (table.length === 1 << size && size < 12) ++size;
    last = entry;
  }
}

function made(width, height, count, colour) {
  return Array.from({length: count}, (_, t) => {
    const frame = new Uint8ClampedArray(4 * width * height);
    for (let i = 0; i < width * height; ++i) frame.set([...colour(i % width, Math.floor(i / width), t), 255], 4 * i);
    return frame;
  });
}

const furthest = (gif, frames) => Math.max(...gif.frames.map((frame, t) => frame.reduce(
    (most, rgb, i) => Math.max(most, ...rgb.map((value, k) => Math.abs(value - frames[t][4 * i + k]))), 0)));

test('a few colours come back as they were, to the five bits of each channel', () => {
  const frames = made(40, 30, 5, (x, y, t) => x === 8 * t ? [255, 0, 0] : y < 10 ? [0, 0, 0] : [255, 255, 255]);
  const gif = decode(encodeGif(frames, 40, 30, 7));
  assert.deepEqual([gif.width, gif.height, gif.frames.length], [40, 30, 5]);
  assert.deepEqual(gif.delays, [7, 7, 7, 7, 7]);
  assert.equal(furthest(gif, frames), 0);
});

test('frames that do not change, and a single pixel', () => {
  for (const [w, h, n] of [[16, 9, 3], [1, 1, 1], [300, 1, 2]]) {
    const frames = made(w, h, n, () => [0, 255, 0]);
    const gif = decode(encodeGif(frames, w, h, 4));
    assert.equal(gif.frames.length, n);
    assert.equal(furthest(gif, frames), 0);
  }
});

test('many colours come near; codes of every length and full tables are read again', () => {
  const smooth = made(256, 200, 2, (x, y, t) => [x, y, 128 + 20 * t]);
  assert.ok(furthest(decode(encodeGif(smooth, 256, 200, 4)), smooth) < 24);
  let seed = 1;
  const noise = made(200, 150, 2, () => {
    seed = Math.imul(seed, 1664525) + 1013904223 >>> 0;
    return [seed >>> 31 ? 255 : 0, seed >>> 30 & 1 ? 255 : 0, seed >>> 29 & 1 ? 255 : 0];
  });
  assert.equal(furthest(decode(encodeGif(noise, 200, 150, 4)), noise), 0);
});
