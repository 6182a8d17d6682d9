// A hand on a lab in somebody else's page: it finds a control by what is told of it, and clicks where that lies.
const PATIENCE = 60000;

/// Of the first lab in a frame of the page.
export async function handOn(page, frame) {
  await frame.waitForFunction(() => document.querySelector('stride-lab')?.shadowRoot?.querySelector('canvas.lab[data-ready]')?.stride?.controls, null, {timeout: 2*PATIENCE});
  const element = await frame.$('stride-lab');
  await element.scrollIntoViewIfNeeded();
  const module = (name) => element.evaluate((lab, what) => {
    const {stride} = lab.shadowRoot.querySelector('canvas.lab');
    return what === 'frames' ? stride.frames : stride.controls();
  }, name);
  const until = async (ask, holds) => {
    for (const end = Date.now() + PATIENCE;; await new Promise((go) => setTimeout(go, 50))) {
      const answer = await ask();
      if (holds(answer)) return answer;
      if (Date.now() > end) throw new Error(`waited in vain, last was ${JSON.stringify(answer).slice(0, 4000)}`);
    }
  };
  /// Does something and waits for the frames that take it.
  const taken = async (act) => {
    const was = await module('frames');
    await act();
    await until(() => module('frames'), (n) => n >= was + 3);
  };
  const isOn = (name) => (c) => c.name === name && c.enabled;
  return {
    shows: async (name) => (await module('controls')).some((c) => c.name === name),
    comes: (name) => until(() => module('controls'), (all) => all.some((c) => c.name === name)),
    press: (key) => taken(() => page.keyboard.press(key)),
    async click(name) {
      const c = (await until(() => module('controls'), (all) => all.some(isOn(name)))).find(isOn(name)), box = await element.boundingBox();
      await taken(() => page.mouse.move(box.x + c.x + c.w/2, box.y + c.y + c.h/2));
      await taken(() => page.mouse.down());
      await taken(() => page.mouse.up());
    },
  };
}

/// Turns the pages of a lesson until one shows this.
export async function turnTo(hand, name) {
  await hand.comes('next page');
  for (let page = 0; page < 8 && !await hand.shows(name); ++page) await hand.click('next page');
}

/// The third lesson's task: the limit that it asks for, then a lower rate until the walker arrives.
export async function doTask(hand) {
  await turnTo(hand, 'Your task');
  await hand.click('Your number');
  for (const key of '0.08') await hand.press(key);
  await hand.click('hand in the number');
  for (let presses = 0; presses < 20 && !await hand.shows('Done.'); ++presses) await hand.press('[');
}
