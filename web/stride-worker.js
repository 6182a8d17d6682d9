// A worker that computes tiles. It is handed the compiled program, then requests; results go back without being copied. `serve` uses
// nothing outside itself: where no worker can be made from an address, its text becomes one.
export function serve() {
  let program;

  // The program asks nothing of its surroundings; whatever it would call only when it fails ends the call.
  const surroundings = (module) => {
    const imports = {};
    for (const {module: from, name} of WebAssembly.Module.imports(module)) {
      const fail = () => { throw new Error(`the program called ${name}`); };
      (imports[from] ??= {})[name] = name === 'emscripten_notify_memory_growth' ? () => {} : fail;
    }
    return imports;
  };

  const start = async (module) => {
    program = (await WebAssembly.instantiate(module, surroundings(module))).exports;
    program._initialize?.();
    postMessage({ready: true});
  };

  const compute = ({id, tile, request}) => {
    const place = program.malloc(request.length);
    new Uint8Array(program.memory.buffer).set(request, place);
    const at = program.stride_tile(place, request.length, tile);
    program.free(place);
    const rows = at ? new Float32Array(program.memory.buffer, at, program.stride_tile_size()).slice() : new Float32Array(0);  // refused
    postMessage({id, tile, rows}, [rows.buffer]);
  };

  const failed = (error) => postMessage({fault: String(error)});
  onmessage = ({data}) => {
    if (data.program) {
      start(data.program).catch(failed);
      return;
    }
    try {
      compute(data);
    } catch (error) {
      failed(error);
    }
  };
  onmessageerror = () => failed('the program could not be received');
}

if (typeof document === 'undefined') serve();
