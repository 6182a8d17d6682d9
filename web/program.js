// The lab's programs, the first and the full one: each fetched and compiled once, whatever the number of labs on the page.
import {fetchFile} from './files.js';

let compiled = {};

// (func (result v128) i32.const 0 i8x16.splat): valid where there is SIMD.
const SIMD = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);

const addresses = () => WebAssembly.validate(SIMD) ?
    {first: new URL('stride-program.wasm', import.meta.url), full: new URL('stride-program-full.wasm', import.meta.url)} :
    {first: new URL('stride-program-scalar.wasm', import.meta.url), full: new URL('stride-program-full-scalar.wasm', import.meta.url)};

/// The file, or an error whose `file` names what could not be had.
async function fetched(address) {
  const response = await fetchFile(address).catch((error) => ({status: error.message}));
  if (response.ok) return response;
  const file = address.pathname.split('/').pop();
  throw Object.assign(new Error(`${file}: ${response.status}`), {file});
}

/// Compiles the program at an address while it arrives.
async function compile(address) {
  try {
    return await WebAssembly.compileStreaming(fetched(address));
  } catch (error) {
    if (error.file) throw error;
    // Some hosts call the file by another type, which only streaming minds.
    return WebAssembly.compile(await (await fetched(address)).arrayBuffer());
  }
}

/// The compiled program `which`, first or full, for every lab of the page. After a failure the next call tries again.
export function program(which = 'first') {
  compiled[which] ??= compile(addresses()[which]).catch((error) => {
    compiled[which] = undefined;
    throw error;
  });
  return compiled[which];
}

/// Waits no longer for a program that has not come.
export function forgetPrograms() {
  compiled = {};
}

/// What the glue takes as `instantiateWasm`, and a promise that rejects where that fails: the glue itself would wait for ever.
export function instantiation(which) {
  let failed;
  const failure = new Promise((_, reject) => { failed = reject; });
  const instantiateWasm = (imports, done) => {
    program(which).then(async (module) => done(await WebAssembly.instantiate(module, imports), module)).catch(failed);
    return {};
  };
  return {instantiateWasm, failure};
}
