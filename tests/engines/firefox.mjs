// Firefox by WebDriver BiDi. It has no WebGL without a window, so it takes a display: xvfb-run has one.
import puppeteer from 'puppeteer-core';
import {PATIENCE} from './page.mjs';

const program = process.env.STRIDE_FIREFOX ?? '/usr/bin/firefox-esr';

export const firefox = {
  name: 'Firefox',
  program,
  needsDisplay: true,
  installed: 'firefox-esr',

  async start({width, height}) {
    const browser = await puppeteer.launch({
      browser: 'firefox', executablePath: program, headless: false, defaultViewport: {width, height},
      timeout: PATIENCE, protocolTimeout: PATIENCE,
      env: {...process.env, LIBGL_ALWAYS_SOFTWARE: '1'},
      extraPrefsFirefox: {
        'webgl.force-enabled': true, 'widget.dmabuf.enabled': false, 'gfx.x11-egl.force-enabled': true, 'webgl.out-of-process': false,
      },
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.quit = () => browser.close();
    return page;
  },
};
