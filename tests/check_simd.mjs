// The kernels of the shipped page, of its first program and of the full one, contain f32x4 arithmetic: every surface's gradient_lanes and
// every optimizer's float step, found by name in the linker's symbol map, with what they call.
//   node tests/check_simd.mjs [FOLDER OF THE PAGE, FOLDER OF THE SYMBOL MAPS]
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

const ENOUGH = 4;  // f32x4 operations: x and y of the cheapest kernel need as many
const PROGRAMS = [['stride-program', 11], ['stride-program-full', 15]];  // with how many optimizers it has at least
const ARITHMETIC = /\(f32x4\.(add|sub|mul|div|sqrt|min|max|pmin|pmax|abs|neg|nearest|floor)\b/g;

const [page = 'build/web', maps = 'build/web-objects'] = process.argv.slice(2);
const disassemble = (wasm) => execFileSync('wasm-dis', ['--all-features', wasm], {maxBuffer: 1 << 30}).toString();
const bodies = (text) => text.split(/^ \(func \$/m).slice(1);
const operations = (body) => (body.match(ARITHMETIC) ?? []).length;

let faults = 0;
for (const [program, optimizers] of PROGRAMS) check(program, [['surface', /gradient_lanes<stride::formula::/, 20], ['optimizer', /stride::rules::.*::step<float>/, optimizers]]);
process.exit(faults ? 1 : 0);

function check(program, kinds) {
  const map = `${maps}/${program}.js.symbols`;
  const names = new Map(readFileSync(map, 'utf8').trim().split('\n').map((line) => {
    const at = line.indexOf(':');
    return [Number(line.slice(0, at)), line.slice(at + 1).replace(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))];
  }));
  const text = disassemble(`${page}/${program}.wasm`);

  // The map counts imported functions first; the disassembler counts the defined ones from 0.
  const imports = (text.match(/^ \(import .*\(func /gm) ?? []).length;
  const functions = new Map();
  for (const body of bodies(text)) {
    const calls = [...body.matchAll(/\(call \$(\d+)\b/g)].map((m) => Number(m[1]));
    functions.set(parseInt(body), {own: operations(body), calls});
  }
  if (imports + functions.size !== names.size) throw new Error(`${imports + functions.size} functions, but ${names.size} names: is ${map} of another build?`);

  /// f32x4 operations in the function and in what it calls of Stride's numbers, or of what the optimizer made one of several functions.
  function count(index, seen = new Set()) {
    const f = functions.get(index);
    if (!f || seen.has(index)) return 0;
    seen.add(index);
    const inner = f.calls.filter((c) => /stride::rules|^byn\$mgfn-shared/.test(names.get(imports + c)));
    return f.own + inner.reduce((sum, c) => sum + count(c, seen), 0);
  }

  for (const [kind, pattern, least] of kinds) {
    const kernels = [...names].filter(([, name]) => pattern.test(name));
    const counts = kernels.map(([index, name]) => [count(index - imports), name]);
    for (const [number, name] of counts)
      if (number < ENOUGH) ++faults, console.error(`${number} f32x4 operations in ${name}`);
    if (kernels.length < least) ++faults, console.error(`${kernels.length} ${kind} kernels found, expected ${least} or more`);
    else console.log(`${program}: ${kernels.length} ${kind} kernels, ${Math.min(...counts.map(([n]) => n))} to ${Math.max(...counts.map(([n]) => n))} f32x4 operations each`);
  }
}
