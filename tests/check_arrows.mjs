// The rooms of src/ see only what they are linked with: the stride_room lines of CMakeLists.txt are the only list of arrows. Controls are made
// by src/ui alone. And the house stays easy to survey: every file says what it is for; no long file, no folder that holds too much, no header that draws in half the house.
import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(TOP, 'src');
const LONGEST_FILE = 400, LARGEST_FOLDER = 2500, MOST_INCLUDES = 10;  // lines, lines, headers of other folders
const NOT_IN_CORE = /<(thread|mutex|atomic|future|chrono|filesystem|fstream|iostream|nlohmann.*|imgui.*|GL.*|emscripten.*)>/;
const GENERATED = 'assets';  // a room of headers that the build writes, behind the targets that bring them

// Each room with all that its line in CMakeLists.txt lets it see, directly or through another.
function read_rooms() {
  const rooms = new Map();
  for (const [, words] of readFileSync(join(TOP, 'CMakeLists.txt'), 'utf8').matchAll(/^ *stride_room\(([^)]*)\)/gm)) {
    const [name, ...needs] = words.split(/\s+FAST\s/)[0].split(/\s+/);
    const seen = new Set([name]);
    for (const need of needs)
      for (const through of rooms.get(need) ?? [/^stride_(assets|lesson_texts)$/.test(need) ? GENERATED : need]) seen.add(through);
    rooms.set(name, seen);
  }
  return rooms;
}

const files = readdirSync(SRC, {recursive: true}).filter((name) => /\.(cpp|h)$/.test(name)).sort()
  .map((name) => ({name, text: readFileSync(join(SRC, name), 'utf8')}));
const includes = (text) => [...text.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)].map(([, path]) => path);
const lines = (text) => text.split('\n').length - 1;

function arrows() {
  const faults = [], rooms = read_rooms();
  for (const {name, text} of files.filter((file) => file.name.includes('/'))) {
    const room = name.split('/')[0];
    if (!rooms.has(room)) faults.push(`src/${name}: no stride_room(${room} ...) in CMakeLists.txt`);
    for (const path of includes(text)) {
      const seen = path.split('/')[0];
      if ((rooms.has(seen) || seen === GENERATED) && !rooms.get(room)?.has(seen)) faults.push(`src/${name}: ${room} may not see ${seen}`);
    }
    if (room !== 'core') continue;
    for (const [include] of text.matchAll(/^\s*#\s*include.*$/gm))
      if (NOT_IN_CORE.test(include)) faults.push(`src/${name}: core is numbers only: ${include.trim()}`);
    if (/^\s*#\s*if(def|ndef)?\b.*(__EMSCRIPTEN__|_WIN32|__linux__|__APPLE__|__wasm)/m.test(text)) faults.push(`src/${name}: a platform #ifdef`);
  }
  return faults;
}

// The builds read a folder's files together, or the standard headers once for all: a header that a file uses and reads nowhere would not be missed.
const NAMES = {
  algorithm: /std::(all_of|any_of|none_of|clamp|copy|copy_n|count|count_if|equal|fill|fill_n|find|find_if|find_if_not|for_each|generate|is_sorted|lower_bound|max|max_element|min|min_element|minmax\w*|mismatch|nth_element|partition|remove|remove_if|replace|reverse|rotate|search|sort|stable_sort|transform|unique|upper_bound)\(/,
  array: /std::array\b/,
  cmath: /std::(abs|cbrt|ceil|cos|exp|expm1|fabs|floor|fmod|frexp|hypot|isfinite|isinf|isnan|ldexp|log|log10|log1p|log2|lround|nextafter|pow|round|signbit|sin|sqrt|tan|tanh|trunc)\(/,
  functional: /std::(function|hash|ref)\b/,
  map: /std::map\b/,
  memory: /std::(make_unique|make_shared|unique_ptr|shared_ptr|weak_ptr)\b/,
  optional: /std::(optional|nullopt)\b/,
  span: /std::span\b/,
  string: /std::(string|to_string)\b/,
  string_view: /std::string_view\b/,
  vector: /std::vector\b/,
};

function headers() {
  const texts = new Map(files.map(({name, text}) => [name, text])), read = new Map();
  const reads = (name) => {
    if (read.has(name)) return read.get(name);
    const text = texts.get(name) ?? '', all = new Set([...text.matchAll(/^#include <([^>]+)>/gm)].map(([, header]) => header));
    read.set(name, all);
    for (const path of includes(text)) for (const header of reads(path)) all.add(header);
    return all;
  };
  const faults = [];
  for (const {name, text} of files) {
    const code = text.replace(/\/\/.*$/gm, '');
    for (const [header, used] of Object.entries(NAMES))
      if (used.test(code) && !reads(name).has(header)) faults.push(`src/${name}: ${used.exec(code)[0]} needs <${header}>`);
  }
  return faults;
}

// Every control stands in the record and obeys requests because every one is made by src/ui: nothing of ImGui's own elsewhere.
const RAW_CONTROL = new RegExp(String.raw`\bImGui::(InvisibleButton|\w*Button\w*|Checkbox\w*|\w*Slider\w*|Drag(Float|Int|Scalar)\w*|Input[A-Z]\w*|` +
    String.raw`Selectable|\w*Combo|\w*ListBox\w*|\w*MenuItem|BeginMenu\w*|Color(Edit|Picker|Button)\w*|TreeNode\w*|TreePush|CollapsingHeader|` +
    String.raw`\w*Tab(Bar|Item)\w*|\w*Tooltip\w*|Text\w*|LabelText|BulletText|ProgressBar|Image\w*|IsItem\w*|SetItemKeyOwner|SetKeyboardFocusHere)\(`, 'g');
const OWN_OF_UI = /#include "ui\/shared\.h"|\b(ui::)?Control \w+(\{|;| = \{)/g;

function controls() {
  const faults = [];
  for (const {name, text} of files.filter((file) => !file.name.startsWith('ui/')))
    for (const [found] of [...text.matchAll(RAW_CONTROL), ...text.matchAll(OWN_OF_UI)])
      faults.push(`src/${name}: ${found}: only src/ui makes controls and tooltips`);
  return faults;
}

// ARCHITECTURE.md names every room, and no other.
function documents() {
  const named = [...readFileSync(join(TOP, 'ARCHITECTURE.md'), 'utf8').matchAll(/^\| `(\w+)` \|/gm)].map(([, room]) => room);
  const rooms = [...read_rooms().keys()];
  return [...rooms.filter((room) => !named.includes(room)).map((room) => `ARCHITECTURE.md: the room ${room} is missing`),
          ...named.filter((room) => !rooms.includes(room)).map((room) => `ARCHITECTURE.md: there is no room ${room}`)];
}

// Every file says in its first line what it is for; a .cpp may leave that to its own header.
function openings() {
  const names = new Set(files.map(({name}) => name));
  return files.filter(({name, text}) => {
    if (text.startsWith('//')) return false;
    const own = name.replace(/\.cpp$/, '.h');
    return own === name || !names.has(own) || !text.includes(`#include "${own}"`);
  }).map(({name}) => `src/${name}: no opening comment says what the file is for`);
}

function sizes() {
  const faults = [], folders = new Map();
  for (const {name, text} of files) {
    const folder = dirname(name);
    folders.set(folder, (folders.get(folder) ?? 0) + lines(text));
    if (lines(text) > LONGEST_FILE) faults.push(`src/${name}: ${lines(text)} lines, no file has more than ${LONGEST_FILE}`);
    const foreign = includes(text).filter((path) => dirname(path) !== folder).length;
    if (name.endsWith('.h') && foreign > MOST_INCLUDES)
      faults.push(`src/${name}: includes ${foreign} headers of other folders, no header more than ${MOST_INCLUDES}`);
  }
  for (const [folder, count] of folders)
    if (count > LARGEST_FOLDER) faults.push(`src/${folder}: ${count} lines, no folder has more than ${LARGEST_FOLDER} beside its own folders`);
  return faults;
}

const broken = [...arrows(), ...headers(), ...controls(), ...documents(), ...openings(), ...sizes()];
for (const words of broken) console.error(words);
process.exit(broken.length ? 1 : 0);
