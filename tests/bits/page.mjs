// The same questions, asked of a page (or frame) with a lab.
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {IN_PAGES, STUDIES, hashOf, scenarios} from './questions.mjs';

export const CLI = process.env.STRIDE_CLI ?? fileURLToPath(new URL('../../build/native/stride', import.meta.url));
let asked;

/// The hash of every study's rows.
export async function studiesOf(frame) {
  return hashOf(await frame.evaluate(async (requests) => {
    const {stride} = document.querySelector('canvas'), found = [];
    for (const request of requests) found.push([...new Uint32Array((await stride.runStudy(request)).rows.buffer)]);
    return found;
  }, STUDIES));
}

/// The hash of every step of every optimizer; the page's scenario is another then.
export async function stepsOf(frame) {
  asked ??= scenarios(JSON.parse(execFileSync(CLI, ['list'], {maxBuffer: 1 << 26})))[IN_PAGES];
  return hashOf(await frame.evaluate(async (all) => {
    const {stride} = document.querySelector('canvas'), found = [];
    for (const scenario of all) {
      const fault = await stride.setScenario(scenario);  // some wait for the full program
      if (fault) throw new Error(fault);
      found.push(stride.toCSV());
    }
    return found;
  }, asked));
}
