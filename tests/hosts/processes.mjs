// Other people's programs in tests: each is waited for as long as it may take and no longer, and ends with all that it has started itself: what a
// server leaves behind would hold its pipes open, and the test would wait for them for ever.
import {spawn} from 'node:child_process';
import {createServer} from 'node:net';

const PATIENCE = 300000;  // milliseconds
const running = new Set();

function end(child) {
  running.delete(child);
  try {
    process.kill(-child.pid, 'SIGKILL');  // its group
  } catch {
    // it has ended
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
}
process.on('exit', () => running.forEach(end));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/// Starts a server in a group of its own. `said()`: what it has written where faults go; `end()` ends it and its children.
export function start(command, words, options = {}) {
  const child = spawn(command, words, {...options, detached: true, stdio: ['ignore', 'ignore', 'pipe']}), parts = [];
  running.add(child);
  child.on('error', (error) => parts.push(Buffer.from(String(error))));
  child.stderr.on('data', (part) => parts.push(part));
  return {child, said: () => Buffer.concat(parts).toString(), end: () => end(child)};
}

/// Runs a program to its end. Resolves to {status, stdout, stderr}; rejects where it has not ended in time.
export function ended(command, words, {patience = PATIENCE, ...options} = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, words, {...options, detached: true, stdio: ['ignore', 'pipe', 'pipe']}), said = {stdout: [], stderr: []};
    running.add(child);
    const text = (name) => Buffer.concat(said[name]).toString();
    for (const name of Object.keys(said)) child[name].on('data', (part) => said[name].push(part));
    const late = setTimeout(() => {
      end(child);
      failed(new Error(`${command} ${words.join(' ')} did not end within ${patience/1000} s: ${text('stdout')}\n${text('stderr')}`));
    }, patience);
    child.on('error', failed);
    child.on('exit', () => setTimeout(end, 2000, child).unref());  // what it has left behind may hold its pipes
    child.on('close', (status) => {
      clearTimeout(late);
      running.delete(child);
      done({status, stdout: text('stdout'), stderr: text('stderr')});
    });
  });
}

/// Runs a program that has to succeed; what it printed.
export async function run(command, words, options) {
  const {status, stdout, stderr} = await ended(command, words, options);
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stdout}\n${stderr}`);
  return stdout;
}

export const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const {port} = server.address();
    server.close(() => done(port));
  });
});
