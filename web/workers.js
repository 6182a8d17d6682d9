// Starts the workers, the same for all labs of a page, and speaks with them. They run the lab's own compiled program; nothing else is shared, so
// that no host has to send headers for it. A worker that doesn't start, fails or falls silent is reported as lost, and another takes its place:
// meanwhile, and where none can be had, the lab does the work within its frames.
import {hasAddresses} from './files.js';
import {program} from './program.js';
import {serve} from './stride-worker.js';

const MOST = 8;
const START_MS = 30000, ANSWER_MS = 300000;  // a tile takes a second, or as long as its one run; a busy machine makes minutes of it
const HURRY_MS = 5000;  // for a tile that nobody waits for any more
const REPLACED = 2;  // so many times each

/// How many workers: `asked` (0 .. 8) where somebody asks, else one fewer than the machine has cores, and at most 4.
export function countWorkers(asked) {
  const number = asked === null || asked === undefined || asked === '' ? NaN : Number(asked);
  if (typeof Worker === 'undefined') return 0;
  if (Number.isInteger(number) && number >= 0) return Math.min(number, MOST);
  return Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
}

function fromAddress() {
  return new Worker(new URL('./stride-worker.js', import.meta.url), {type: 'module'});
}

/// A frame without an origin of its own (sandbox="allow-scripts") may not make a worker from an address.
function fromText() {
  const address = URL.createObjectURL(new Blob([`(${serve})()`], {type: 'text/javascript'}));
  try {
    return new Worker(address);
  } finally {
    setTimeout(() => URL.revokeObjectURL(address), START_MS);
  }
}

/// A worker that has said that it is ready, or an error.
function begin(make, compiled) {
  return new Promise((done, failed) => {
    const worker = make();
    const give_up = (why) => {
      clearTimeout(timer);
      worker.terminate();
      failed(why);
    };
    const timer = setTimeout(() => give_up(new Error('a worker did not answer')), START_MS);
    worker.onerror = (event) => {
      event.preventDefault();
      give_up(new Error(event.message || 'a worker did not start'));
    };
    worker.onmessage = ({data}) => {
      if (!data.ready) return give_up(new Error(data.fault));
      clearTimeout(timer);
      done(worker);
    };
    worker.postMessage({program: compiled});
  });
}

const pools = new WeakMap();  // by the kind of Worker: what makes them, and which program → those at work

/// A seat at a worker that all labs of the page share: it is made for the first, and ends when the last has left. It looks like the worker: what
/// comes back goes to whoever asked, in turn.
async function takeSeat(make, compiled, which, index) {
  if (!pools.has(Worker)) pools.set(Worker, new Map());
  const pool = pools.get(Worker), key = `${make.name} ${which} ${index}`;
  const close = (bench) => { if (pool.get(key) === bench) pool.delete(key); };
  let bench = pool.get(key);
  if (!bench) {
    pool.set(key, bench = {seats: new Set(), turns: []});
    bench.worker = begin(make, compiled);
  }
  const {seats, turns} = bench;
  const seat = {
    terminate() {
      // Whoever leaves with work under way may have found the worker silent: nobody sits down beside it any more.
      if (turns.includes(seat)) close(bench);
      seats.delete(seat);
      if (seats.size) return;
      close(bench);
      bench.worker.then((worker) => worker.terminate(), () => {});
    },
  };
  seats.add(seat);
  try {
    const worker = await bench.worker;
    const tellAll = (how, what) => {
      close(bench);
      for (const each of [...seats]) each[how](what);
    };
    worker.onerror = (event) => tellAll('onerror', event);
    worker.onmessage = (event) => {
      if (event.data.fault) return tellAll('onmessage', event);
      const asked = turns.shift();
      if (seats.has(asked)) asked.onmessage(event);
    };
    seat.postMessage = (message, given) => {
      if (message.request) turns.push(seat);
      worker.postMessage(message, given);
    };
    return seat;
  } catch (error) {
    close(bench);
    throw error;
  }
}

/// One worker at work: calls back with each answer, and once when nothing more will come: `hurried` where it is at what nobody waits for.
function employ(worker, onAnswer, onLost) {
  let waiting = 0, timer = 0, due = 0, lost = false, onRest = null, hurrying = 0;
  const stop = () => {
    lost = true;
    clearTimeout(timer);
    clearTimeout(hurrying);
    worker.terminate();
  };
  const lose = (hurried = false) => {
    if (lost) return;
    stop();
    onLost(hurried);
  };
  const watch = () => {
    clearTimeout(timer);
    timer = 0;
    if (waiting === 0 || lost) return;
    due = performance.now() + ANSWER_MS;
    // Late itself, the timer tells that the page or the whole machine slept, not the worker.
    timer = setTimeout(() => performance.now() > due + 1000 ? watch() : lose(), ANSWER_MS);
  };
  const rest = () => {
    if (waiting > 0 || lost || !onRest) return;
    stop();
    onRest();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    lose();
  };
  worker.onmessage = ({data}) => {
    if (lost) return;
    if (data.fault) {
      console.warn('Stride: a worker has stopped:', data.fault);
      return lose();
    }
    --waiting;
    clearTimeout(hurrying);
    hurrying = 0;
    watch();
    onAnswer(data);
    rest();
  };
  return {
    post(message) {
      ++waiting;
      if (!timer) watch();
      worker.postMessage(message, [message.request.buffer]);
    },
    hurry() { if (waiting > 0 && !lost) hurrying ||= setTimeout(lose, HURRY_MS, true); },
    give: (digits) => worker.postMessage({digits}),
    stop,
    /// Ends it as soon as nothing waits for an answer.
    restThen(rested) {
      onRest = rested;
      rest();
    },
    goOn() { onRest = null; },
  };
}

/// What the module is given as Module.workers; `which` program they run. It starts them when it has the first work for them; after a rest they start again with the next.
export function makeWorkers(count, which) {
  const workers = [], replaced = [];  // by index: promises, and how often there has been another
  let stopped = false, digits, calls;

  const hire = async (index) => {
    // Where the frame has no origin, no address is allowed; asking all the same would only fill the console.
    const ways = self.origin === 'null' || !hasAddresses ? [fromText] : [fromAddress, fromText];
    for (const make of ways) {
      try {
        const worker = await takeSeat(make, await program(which), which, index);
        const employed = employ(worker, ({id, tile, rows}) => calls.done(index, id, tile, rows), (hurried) => replace(index, hurried));
        if (stopped) employed.stop();
        if (digits) employed.give(digits);
        return employed;
      } catch (error) {
        if (make !== ways.at(-1)) continue;
        console.info('Stride works without a worker:', error.message);
        throw error;
      }
    }
  };
  const at = (index) => workers[index] ??= hire(index);
  const call = (index) => at(index).then(() => stopped || calls.ready(index), () => {});
  const replace = (index, hurried) => {
    calls.lost(index);
    replaced[index] = (replaced[index] ?? 0) + !hurried;
    if (replaced[index] > REPLACED) return;
    delete workers[index];
    call(index);
  };
  const each = (act) => workers.forEach((worker, index) => worker.then((employed) => act(employed, index), () => {}));

  return {
    count,
    /// `told`: ready(index), done(index, id, tile, rows), lost(index). True where the attempt is made; what comes of it is told later.
    start(n, told) {
      calls = told;
      for (let index = 0; index < n; ++index) call(index);
      return n > 0;
    },
    post(index, id, tile, request) {
      at(index).then((worker) => {
        worker.goOn();
        worker.post({id, tile, request});
      }, () => calls.lost(index));
    },
    /// What it is at is no longer wanted: if no answer comes soon, another takes its place.
    hurry(index) { at(index).then((worker) => worker.hurry(), () => {}); },
    /// Hands them the digits, as digits.bin holds them.
    give(bytes) {
      digits = bytes;
      each((worker) => worker.give(bytes));
    },
    /// Nobody looks: whoever has nothing left to do ends.
    rest: () => each((worker, index) => worker.restThen(() => { delete workers[index]; })),
    stop() {
      stopped = true;
      each((worker) => worker.stop());
    },
  };
}
