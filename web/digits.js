// The handwritten digits: fetched when they are chosen, once for every lab of the page, and handed to a lab and its workers.
import {fetchFile} from './files.js';

let coming;

async function digits() {
  const response = await fetchFile('digits.bin');
  if (!response.ok) throw new Error(`digits.bin: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/// Rejects where they cannot be had; the next call tries again.
export async function bringDigits(lab, call) {
  coming ??= digits();
  const bytes = await coming.catch((error) => {
    coming = undefined;
    throw error;
  });
  const {module} = lab, at = module._malloc(bytes.length);
  new Uint8Array(module.HEAPF32.buffer).set(bytes, at);
  lab.workers.give(bytes);
  if (!call('digits', 'number', ['number', 'number'], [at, bytes.length])) throw new Error('digits.bin is damaged');
  module._free(at);
  lab.ask();
}
