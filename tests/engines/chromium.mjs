// Chromium, as the tests of the browser start it.
import {launch} from '../browser/helpers.mjs';

export const chromium = {
  name: 'Chromium',
  program: process.env.STRIDE_CHROMIUM ?? '/usr/bin/chromium',
  installed: 'chromium',

  async start({width, height}) {
    const browser = await launch();
    const page = await browser.newPage({viewport: {width, height}});
    page.setDefaultTimeout(0);
    page.quit = () => browser.close();
    return page;
  },
};
