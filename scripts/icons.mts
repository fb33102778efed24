// Draws the page's mark, a Mexican hat over the spikes that add up to it, and writes public/icon.svg and the pictures that an
// installed page is shown by: `npm run icons`. A unit test compares icon.svg with what is drawn here.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { chromium } from '@playwright/test';
import { ensureChromium } from './chromium.mjs';
import { mark, PICTURES } from './icons.ts';

const PUBLIC = new URL('../public/', import.meta.url);

writeFileSync(new URL('icon.svg', PUBLIC), mark());
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const { file, size, fills } of PICTURES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<body style="margin:0;line-height:0">${mark({ fills })}</body>`);
    const picture = await page.screenshot({ omitBackground: true, path: undefined });
    writeFileSync(new URL(file, PUBLIC), picture);
    console.log(`${file}: ${(picture.length / 1000).toFixed(1)} kB`);
    await page.close();
  }
} finally {
  await browser.close();
}
