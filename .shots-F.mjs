import { chromium } from '@playwright/test';
const [,, which = '', size = '1366x768', prefix = 'a', wait='2500', play='0'] = process.argv;
const [w,h] = size.split('x').map(Number);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium' });
const p = await b.newPage({ viewport: { width: w, height: h }, hasTouch: w < 600 });
p.on('pageerror', e => console.log('ERR', e.message)); p.on('console', m => m.type()==='error' && console.log('CON', m.text().slice(0,200)));
for (const s of which.split(',')) {
  await p.goto('about:blank'); await p.goto(`http://localhost:4460/#lesson=${s}`);
  await p.waitForTimeout(Number(wait));
  await p.screenshot({ path: `/work/shots-F/all/${prefix}-${s}-${w}.png` });
}
await b.close();
