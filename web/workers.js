// Starts the workers and speaks with them. They run the lab's own compiled program; nothing else is shared, so that no host has to send
// headers for it. A worker that doesn't start, fails or falls silent is reported as lost: the lab then does its work within its frames.
import {hasAddresses} from './files.js';
import {program} from './program.js';
import {serve} from './stride-worker.js';

const MOST = 8;
const START_MS = 8000, ANSWER_MS = 10000;  // a tile takes milliseconds; a slow machine or a busy one takes longer

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

/// One worker at work: calls back with each answer, and once when nothing more will come.
function employ(worker, onAnswer, onLost) {
  let waiting = 0, timer = 0, due = 0, lost = false;
  const lose = () => {
    if (lost) return;
    lost = true;
    clearTimeout(timer);
    worker.terminate();
    onLost();
  };
  const watch = () => {
    clearTimeout(timer);
    timer = 0;
    if (waiting === 0 || lost) return;
    due = performance.now() + ANSWER_MS;
    // Late itself, the timer tells that the page or the whole machine slept, not the worker.
    timer = setTimeout(() => performance.now() > due + 1000 ? watch() : lose(), ANSWER_MS);
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
    watch();
    onAnswer(data);
  };
  return {
    post(message) {
      ++waiting;
      if (!timer) watch();
      worker.postMessage(message, [message.request.buffer]);
    },
    stop() {
      lost = true;
      clearTimeout(timer);
      worker.terminate();
    },
  };
}

/// What the module is given as Module.workers. It starts them when it has the first work for them.
export function makeWorkers(count) {
  const workers = [];
  let stopped = false;

  const startOne = async (index, ways, calls) => {
    for (const make of ways) {
      try {
        const worker = await begin(make, await program());
        if (stopped) return worker.terminate();
        workers[index] = employ(worker, ({id, tile, rows}) => calls.done(index, id, tile, rows), () => calls.lost(index));
        return calls.ready(index);
      } catch (error) {
        if (make === ways.at(-1)) console.info('Stride works without a worker:', error.message);
      }
    }
  };

  return {
    count,
    /// `calls`: ready(index), done(index, id, tile, rows), lost(index). True where the attempt is made; what comes of it is told later.
    start(n, calls) {
      // Where the frame has no origin, no address is allowed; asking all the same would only fill the console.
      const ways = self.origin === 'null' || !hasAddresses ? [fromText] : [fromAddress, fromText];
      for (let index = 0; index < n; ++index) startOne(index, ways, calls);
      return n > 0;
    },
    post: (index, id, tile, request) => workers[index].post({id, tile, request}),
    stop() {
      stopped = true;
      for (const worker of workers) worker?.stop();
    },
  };
}
