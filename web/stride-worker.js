// A worker that computes tiles. It is handed the lab's compiled program, of which it calls stride_tile alone, then requests; results go back
// without being copied. `serve` uses nothing outside itself: where no worker can be made from an address, its text becomes one.
export function serve() {
  let program;

  // What a tile may ask of its surroundings: more memory, a large copy, and at the start its (empty) environment. Anything else that the
  // program would call ends the call.
  const grow = (size) => {
    const {memory} = program;
    try {
      memory.grow(Math.ceil((size - memory.buffer.byteLength) / 65536));
      return 1;
    } catch {
      return 0;
    }
  };
  const copy = (to, from, size) => { new Uint8Array(program.memory.buffer).copyWithin(to, from, from + size); };
  const nothing = (count, size) => {
    const words = new Uint32Array(program.memory.buffer);
    words[count >> 2] = words[size >> 2] = 0;
    return 0;
  };
  const known = {
    emscripten_resize_heap: grow, emscripten_memcpy_big: copy, _emscripten_memcpy_js: copy, environ_sizes_get: nothing, environ_get: () => 0,
  };
  const surroundings = (module) => {
    const imports = {};
    for (const {module: from, name} of WebAssembly.Module.imports(module)) {
      const fail = () => { throw new Error(`the program called ${name}`); };
      (imports[from] ??= {})[name] = known[name] ?? fail;
    }
    return imports;
  };

  const start = async (module) => {
    program = (await WebAssembly.instantiate(module, surroundings(module))).exports;
    program.__wasm_call_ctors();
    postMessage({ready: true});
  };

  const put = (bytes) => {
    const place = program.malloc(bytes.length);
    new Uint8Array(program.memory.buffer).set(bytes, place);
    return place;
  };
  const compute = ({id, tile, request, digits}) => {
    if (digits) return program.stride_digits(put(digits), digits.length);
    const place = put(request);
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
