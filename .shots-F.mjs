import { chromium } from '@playwright/test';
const [,, which = '', size = '1366x768', prefix = 'd'] = process.argv;
const [w,h] = size.split('x').map(Number);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium' });
for (const s of which.split(',')) {
  const p = await b.newPage({ viewport: { width: w, height: h }, hasTouch: w < 600, isMobile: w < 600 });
  p.on('pageerror', e => console.log(s, 'ERR', e.message));
  await p.goto(`http://localhost:4460/#lesson=${s}`);
  try {
    await p.waitForTimeout(4000);
    await p.waitForFunction(() => !document.body.innerText.includes('being trained first'), null, { timeout: 60000 });
    await p.screenshot({ path: `/work/shots-F/all/${prefix}-${s}-${w}-0.png` });
    const ans = p.locator('[data-testid=scene-answer], fieldset label, [role=radio]').first();
    const skip = p.getByText('Go on without a guess');
    if (await skip.count()) await skip.first().click();
    const show = p.getByText('Show me', { exact: true });
    for (let i = 0; i < 3 && await show.count(); i++) { await show.first().click(); await p.waitForTimeout(1500); }
    const play = p.getByRole('button', { name: /^Play$/ });
    const open = await p.locator('text=Press Play').count();
    if (open && await play.count()) { await play.first().click(); await p.waitForTimeout(3000); }
    await p.waitForTimeout(Number(process.env.WAIT ?? 9000));
    await p.screenshot({ path: `/work/shots-F/all/${prefix}-${s}-${w}-1.png` });
  } catch (e) { console.log(s, e.message.slice(0, 200)); }
  await p.close();
}
await b.close();
