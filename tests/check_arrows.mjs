// The rooms of src/ see only what DESIGN's arrows allow: core <- scenario <- jobs <- lab -> render; only the mains see platform.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const MAY_SEE = {
  core: [],
  text: [],
  scenario: ['core'],
  jobs: ['core', 'scenario'],
  render: ['core', 'scenario', 'assets'],
  lesson: ['core', 'scenario', 'text', 'assets'],
  schedule_editing: ['core', 'scenario'],
  ui: ['core', 'text', 'assets'],
  lab: ['core', 'scenario', 'jobs', 'lesson', 'text', 'schedule_editing', 'render', 'ui', 'assets'],
  platform: ['core', 'scenario', 'jobs', 'lesson', 'text', 'schedule_editing', 'render', 'ui', 'lab'],
  cli: ['core', 'scenario', 'jobs'],
};
const ROOMS = new Set([...Object.keys(MAY_SEE), 'assets']);
const NOT_IN_CORE = /<(thread|mutex|atomic|future|chrono|filesystem|fstream|iostream|nlohmann.*|imgui.*|GL.*|emscripten.*)>/;

let faults = 0;
const fault = (words) => { ++faults; console.error(words); };

for (const room of readdirSync(SRC, {withFileTypes: true}).filter((entry) => entry.isDirectory()).map((entry) => entry.name)) {
  if (!MAY_SEE[room]) { fault(`src/${room}: a room that DESIGN doesn't know`); continue; }
  for (const file of readdirSync(join(SRC, room), {recursive: true}).filter((name) => /\.(cpp|h)$/.test(name))) {
    const text = readFileSync(join(SRC, room, file), 'utf8');
    for (const [, seen] of text.matchAll(/^\s*#\s*include\s+"([a-z_]+)\//gm))
      if (seen !== room && ROOMS.has(seen) && !MAY_SEE[room].includes(seen)) fault(`src/${room}/${file}: ${room} may not see ${seen}`);
    if (room !== 'core') continue;
    for (const [include] of text.matchAll(/^\s*#\s*include.*$/gm))
      if (NOT_IN_CORE.test(include)) fault(`src/core/${file}: core is numbers only: ${include.trim()}`);
    if (/^\s*#\s*if(def|ndef)?\b.*(__EMSCRIPTEN__|_WIN32|__linux__|__APPLE__|__wasm)/m.test(text)) fault(`src/core/${file}: a platform #ifdef`);
  }
}
process.exit(faults ? 1 : 0);
