// What the attributes of an element say of a scenario.

/// A number where it is one, JSON where it is an object, otherwise the words themselves: the lab says what is wrong with them.
function read(text) {
  if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (!text.trim().startsWith('{')) return text.trim();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/// JSON as the lab reads it: what it has no word for (NaN) arrives as text, to be refused by its name.
export function written(value) {
  try {
    return JSON.stringify(value, (key, part) => typeof part === 'number' && !Number.isFinite(part) ? String(part) : part) ?? '';
  } catch (error) {
    return String(error.message);
  }
}

const spec = (text) => {
  const value = read(text);
  return typeof value === 'object' ? value : {type: value};
};

const firstRun = (scenario) => {
  scenario.runs = scenario.runs?.length ? scenario.runs : [{}];
  return scenario.runs[0];
};

const list = (text) => text.split(/[\s,]+/).filter(Boolean).map(read);

/// The problem where it is of this type, otherwise a new one.
const problemOf = (scenario, ...types) => types.includes(scenario.problem?.type) ? scenario.problem : {type: types[0]};

/// An attribute that names the kind of problem. Taken away, or empty where a name is needed, the usual problem is shown.
const kind = (type, patch) => (scenario, text) => {
  if (text === null) {
    if (scenario.problem?.type === type) scenario.problem = undefined;
    return;
  }
  scenario.problem = patch(problemOf(scenario, type), text.trim());
};

/// A member of the problem that an attribute says; of no problem that has it: of a network.
const member = (name, value, ...types) => (scenario, text) => {
  const problem = problemOf(scenario, ...types);
  if (text === null && problem !== scenario.problem) return;
  scenario.problem = {...problem, [name]: text === null ? undefined : value(text)};
};

/// What an attribute changes in a scenario, in this order; null where it has been taken away.
export const PATCHES = {
  surface: (scenario, text) => { scenario.problem = text ? {surface: text} : undefined; },
  curve: kind('curve', (_, text) => ({type: 'curve', curve: text || undefined})),
  fit: kind('fit', ({data, batches, ...problem}, text) => ({...problem, model: text || undefined})),
  network: kind('network', (problem, text) => ({...problem, activation: text || undefined})),
  data: (scenario, text) => {
    member('data', spec, 'network', 'fit')(scenario, text);
    // Layers, weights and batches of other data do not fit.
    if (scenario.problem?.data) for (const name of ['layers', 'init', 'batches', 'domain']) delete scenario.problem[name];
  },
  layers: member('layers', list, 'network'),
  optimizer: (scenario, text) => { firstRun(scenario).optimizer = text ? spec(text) : undefined; },
  lr: (scenario, text) => {
    const run = firstRun(scenario);
    run.optimizer = {...run.optimizer, lr: text === null ? undefined : read(text)};
  },
  schedule: (scenario, text) => { firstRun(scenario).schedule = text && text !== 'none' ? spec(text) : undefined; },
  theme: (scenario, text) => { scenario.view = {...scenario.view, theme: text || 'auto'}; },
};

/// The scenario that attributes say, by their names.
export function scenarioOf(attributes) {
  const scenario = {stride: 1};
  for (const [name, patch] of Object.entries(PATCHES)) if (attributes[name] !== undefined) patch(scenario, attributes[name]);
  return scenario;
}
