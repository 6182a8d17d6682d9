// The lab's program: fetched and compiled once, whatever the number of labs on the page.
import {fetchFile} from './files.js';

let compiled;

/// Compiles the program at an address while it arrives.
async function compile(address) {
  try {
    return await WebAssembly.compileStreaming(fetchFile(address));
  } catch {
    // Some hosts call the file by another type, which only streaming minds.
    const response = await fetchFile(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  }
}

/// The compiled program, for every lab of the page. After a failure the next call tries again.
export function program() {
  compiled ??= compile(new URL('stride-program.wasm', import.meta.url)).catch((error) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

/// What the glue takes as `instantiateWasm`, and a promise that rejects where that fails: the glue itself would wait for ever.
export function instantiation() {
  let failed;
  const failure = new Promise((_, reject) => { failed = reject; });
  const instantiateWasm = (imports, done) => {
    program().then(async (module) => done(await WebAssembly.instantiate(module, imports), module)).catch(failed);
    return {};
  };
  return {instantiateWasm, failure};
}
