// The lab's programs, the first and the full one: each fetched and compiled once, whatever the number of labs on the page.
import {fetchFile} from './files.js';

let compiled = {};

// (func (result v128) i32.const 0 i8x16.splat): valid where there is SIMD.
const SIMD = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);

const names = () => WebAssembly.validate(SIMD) ?
    {first: 'stride-program.wasm', full: 'stride-program-full.wasm'} :
    {first: 'stride-program-scalar.wasm', full: 'stride-program-full-scalar.wasm'};

/// The file, or an error whose `file` names what could not be had.
async function fetched(file) {
  const response = await fetchFile(file).catch((error) => ({status: error.message}));
  if (response.ok) return response;
  throw Object.assign(new Error(`${file}: ${response.status}`), {file});
}

/// Compiles a file's program while it arrives.
async function compile(file) {
  try {
    return await WebAssembly.compileStreaming(fetched(file));
  } catch (error) {
    if (error.file) throw error;
    // Some hosts call the file by another type, which only streaming minds.
    return WebAssembly.compile(await (await fetched(file)).arrayBuffer());
  }
}

/// The compiled program `which`, first or full, for every lab of the page. After a failure the next call tries again.
export function program(which = 'first') {
  compiled[which] ??= compile(names()[which]).catch((error) => {
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
