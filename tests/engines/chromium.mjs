// Chromium, as the tests of the browser start it.
import {CHROMIUM, launchWhole} from '../browser/helpers.mjs';

export const chromium = {
  name: 'Chromium',
  program: CHROMIUM,
  installed: 'chromium',

  async start({width, height}) {
    const browser = await launchWhole();
    const page = await browser.newPage({viewport: {width, height}});
    page.setDefaultTimeout(0);
    page.quit = () => browser.close();
    return page;
  },
};
