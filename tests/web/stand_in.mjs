// What a browser would offer, for the modules of web/ under Node.js: each stand-in lies in the global object until the test has ended.
export function standIn(t, globals) {
  for (const [name, value] of Object.entries(globals)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, {value, configurable: true, writable: true});
    t.after(() => before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]);
  }
}

/// A storage with these contents; `refuses`: one that throws, as in a sandboxed frame.
export function storage(contents = {}, refuses = false) {
  const refuse = () => { if (refuses) throw new Error('The operation is insecure.'); };
  return {
    getItem: (name) => (refuse(), contents[name] ?? null),
    setItem: (name, value) => { refuse(); contents[name] = String(value); },
    contents,
  };
}

/// A clock that stands still until it is told: performance.now and setTimeout. Returns the function that lets milliseconds pass.
export function clock(t) {
  const waiting = [];
  let now = 10000, count = 0;
  standIn(t, {
    performance: {now: () => now},
    setTimeout: (act, ms = 0) => (waiting.push({id: ++count, act, due: now + ms}), count),
    clearTimeout: (id) => { waiting.splice(0, Infinity, ...waiting.filter((one) => one.id !== id)); },
  });
  return (ms) => {
    now += ms;
    for (let next; (next = waiting.findIndex(({due}) => due <= now)) >= 0;) waiting.splice(next, 1)[0].act();
  };
}
