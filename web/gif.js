// Animated GIF (CompuServe, "Graphics Interchange Format, version 89a"): one palette for all frames by median cut (Heckbert 1982), each frame
// the rectangle that differs from the one before, packed by LZW.

const COLOURS = 256;
const fifteenBits = (pixels, i) => (pixels[i] >> 3) << 10 | (pixels[i + 1] >> 3) << 5 | pixels[i + 2] >> 3;
const channel = (colour, k) => colour >> (10 - 5 * k) & 31;

/// The channel of a box of colours in which they are furthest apart, and how far.
function widest(box) {
  const ranges = [0, 1, 2].map((k) => {
    let low = 31, high = 0;
    for (const colour of box) low = Math.min(low, channel(colour, k)), high = Math.max(high, channel(colour, k));
    return high - low;
  });
  const range = Math.max(...ranges);
  return {range, by: ranges.indexOf(range)};
}

/// {bytes: 256 times red, green, blue; place: which of them stands for each colour of 15 bits}.
function paletteOf(frames) {
  const counts = new Uint32Array(1 << 15);
  for (const frame of frames) for (let i = 0; i < frame.length; i += 4) ++counts[fifteenBits(frame, i)];
  const used = [...counts.keys()].filter((colour) => counts[colour]);
  const boxes = [{colours: used, ...widest(used)}];
  while (boxes.length < COLOURS) {
    const last = boxes.reduce((a, b) => b.range * b.colours.length > a.range * a.colours.length ? b : a);
    if (!last.range) break;
    const sorted = last.colours.sort((a, b) => channel(a, last.by) - channel(b, last.by));
    const middle = channel(sorted[sorted.length >> 1], last.by);
    const above = sorted.findIndex((colour) => channel(colour, last.by) >= middle), cut = above || sorted.findIndex((c) => channel(c, last.by) > middle);
    for (const colours of [sorted.slice(0, cut), sorted.slice(cut)]) boxes.push({colours, ...widest(colours)});
    boxes.splice(boxes.indexOf(last), 1);
  }
  const bytes = new Uint8Array(3 * COLOURS), place = new Uint8Array(1 << 15);
  boxes.forEach(({colours}, at) => {
    const all = colours.reduce((sum, colour) => sum + counts[colour], 0);
    for (let k = 0; k < 3; ++k) {
      const mean = colours.reduce((sum, colour) => sum + channel(colour, k) * counts[colour], 0) / all;
      bytes[3 * at + k] = Math.round(mean * 255 / 31);
    }
    for (const colour of colours) place[colour] = at;
  });
  return {bytes, place};
}

/// The codes of LZW as bytes, in blocks of at most 255.
function packed(indices) {
  const out = [8], block = [];
  const flush = () => { if (block.length) out.push(block.length, ...block.splice(0)); };
  let bits = 0, held = 0, size = 9;
  const put = (code) => {
    bits |= code << held;
    for (held += size; held >= 8; held -= 8, bits >>>= 8)
      if (block.push(bits & 255) === 255) flush();
  };
  const table = new Map(), CLEAR = 256, END = 257;
  let next = 258, prefix = indices[0];
  put(CLEAR);
  for (let i = 1; i < indices.length; ++i) {
    const key = prefix << 8 | indices[i], known = table.get(key);
    if (known !== undefined) {
      prefix = known;
      continue;
    }
    put(prefix);
    if (next < 4096) {
      if (next === 1 << size) ++size;
      table.set(key, next++);
    } else {
      put(CLEAR);
      table.clear();
      next = 258, size = 9;
    }
    prefix = indices[i];
  }
  put(prefix);
  if (next === 1 << size && size < 12) ++size;
  put(END);
  if (held) block.push(bits & 255);
  flush();
  out.push(0);
  return out;
}

/// Where two frames differ: {x, y, w, h}, a pixel where they don't.
function difference(a, b, width, height) {
  let left = width, right = -1, top = height, bottom = -1;
  for (let i = 0; i < a.length; ++i) {
    if (a[i] === b[i]) continue;
    const x = i % width, y = (i - x) / width;
    left = Math.min(left, x), right = Math.max(right, x), top = Math.min(top, y), bottom = y;
  }
  return right < 0 ? {x: 0, y: 0, w: 1, h: 1} : {x: left, y: top, w: right - left + 1, h: bottom - top + 1};
}

const word = (value) => [value & 255, value >> 8];

/// Frames of RGBA bytes, `width` x `height` each and at least one, shown for `delay` hundredths of a second each, again and again.
export function encodeGif(frames, width, height, delay) {
  const {bytes, place} = paletteOf(frames);
  const parts = [new TextEncoder().encode('GIF89a'), [...word(width), ...word(height), 0xf7, 0, 0], bytes,
                 [0x21, 0xff, 11], new TextEncoder().encode('NETSCAPE2.0'), [3, 1, 0, 0, 0]];
  let before = null;
  for (const frame of frames) {
    const now = new Uint8Array(width * height);
    for (let i = 0; i < now.length; ++i) now[i] = place[fifteenBits(frame, 4 * i)];
    const {x, y, w, h} = before ? difference(before, now, width, height) : {x: 0, y: 0, w: width, h: height};
    const indices = new Uint8Array(w * h);
    for (let row = 0; row < h; ++row) indices.set(now.subarray((y + row) * width + x, (y + row) * width + x + w), row * w);
    parts.push([0x21, 0xf9, 4, 4, ...word(delay), 0, 0], [0x2c, ...word(x), ...word(y), ...word(w), ...word(h), 0], packed(indices));
    before = now;
  }
  parts.push([0x3b]);
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) out.set(part, at), at += part.length;
  return out;
}
