// A zip of files, the same bytes for the same files: names in order, one time for all.
import {deflateRawSync} from 'node:zlib';

const TABLE = Uint32Array.from({length: 256}, (_, n) => {
  for (let bit = 0; bit < 8; ++bit) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ -1) >>> 0;
}

const DATE = (2026 - 1980) << 9 | 1 << 5 | 1, DEFLATED = 8, UTF8 = 0x800, VERSION = 20, UNIX = 3, READABLE = 0o100644;

/// The bytes of a zip of `files`, a map from paths with slashes to Buffers (or strings).
export function zip(files) {
  const parts = [], directory = [];
  let at = 0;
  for (const [path, contents] of [...files].sort(([a], [b]) => a < b ? -1 : 1)) {
    const bytes = Buffer.from(contents), packed = deflateRawSync(bytes, {level: 9}), name = Buffer.from(path);
    const common = Buffer.alloc(26);
    [[VERSION, 2], [UTF8, 2], [DEFLATED, 2], [0, 2], [DATE, 2], [crc32(bytes), 4], [packed.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]]
        .reduce((place, [value, size]) => common.writeUIntLE(value >>> 0, place, size), 0);
    const head = Buffer.alloc(4), entry = Buffer.alloc(6), tail = Buffer.alloc(14);
    head.writeUInt32LE(0x04034b50);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(UNIX << 8 | VERSION, 4);
    tail.writeUInt32LE(READABLE * 0x10000, 6);
    tail.writeUInt32LE(at, 10);
    directory.push(entry, common, tail, name);
    parts.push(head, common, name, packed);
    at += head.length + common.length + name.length + packed.length;
  }
  const index = Buffer.concat(directory), end = Buffer.alloc(22);
  [[0x06054b50, 4], [0, 2], [0, 2], [files.size, 2], [files.size, 2], [index.length, 4], [at, 4], [0, 2]].reduce((place, [value, size]) => end.writeUIntLE(value, place, size), 0);
  return Buffer.concat([...parts, index, end]);
}
