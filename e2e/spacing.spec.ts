// Text as readers may set it (WCAG 2.2, 1.4.12): lines of 1.5, paragraphs 2 em apart, letters by .12 em, words by .16 em.
import type { Page } from '@playwright/test';
import { expect, PATIENCE, test } from './playground.ts';

const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }
`;

/** Text that is cut by what does not scroll, stands out of the window, or lies on other text. */
function lostText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth + 0.5;
    const modal = document.querySelector('dialog:modal');
    const layerOf = (element: Element) =>
      element.closest('aside, dialog, header, footer, [popover], #settings, [aria-label="Run"]');
    const say = (element: Element) => `“${element.textContent?.trim().slice(0, 60)}”`;
    const lost: string[] = [];
    const texts: { element: Element; left: number; right: number; top: number; bottom: number }[] = [];

    const measure = (element: Element, rect: DOMRect) => {
      let { left, right, top, bottom } = rect;
      for (let up: Element | null = element; up && up !== document.body; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.display === 'inline' || style.display === 'contents') continue;
        // Read by screen readers only.
        if (style.clipPath.startsWith('inset(50%')) return;
        const box = up.getBoundingClientRect();
        if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
          // A line that ends in dots is whole in its tooltip.
          const dots = style.textOverflow === 'ellipsis' && up.hasAttribute('title');
          const cutX = !/auto|scroll/.test(style.overflowX) && right - box.right > 2 && !dots;
          const cutY = !/auto|scroll/.test(style.overflowY) && bottom - box.bottom > 3;
          if (cutX || cutY) lost.push(`cut: ${say(element)}`);
          [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
          [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
        }
        if (style.position === 'fixed') break;
      }
      if (right - left < 1 || bottom - top < 1) return;
      if (right > room || left < -0.5 || (scrollY === 0 && bottom > 0 && top < -3))
        lost.push(`out of the window: ${say(element)}`);
      // Letters lie in the middle of their line.
      const half = Number.parseFloat(getComputedStyle(element).fontSize) / 2;
      const middle = (rect.top + rect.bottom) / 2;
      texts.push({
        element,
        left,
        right,
        top: Math.max(top, middle - half),
        bottom: Math.min(bottom, middle + half),
      });
    };

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      const shown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!node.textContent?.trim() || !shown || (modal && !modal.contains(element))) continue;
      if (element.closest('.hidden-visually, [aria-hidden="true"], script, style, select, math')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects())
        if (rect.width >= 1 && rect.height >= 1) measure(element, rect);
    }
    for (const [i, a] of texts.entries())
      for (const b of texts.slice(i + 1)) {
        if (a.element === b.element || layerOf(a.element) !== layerOf(b.element)) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && along > 3) lost.push(`${say(a.element)} lies on ${say(b.element)}`);
      }
    return [...new Set(lost)];
  });
}

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

test('text that is set wider is neither cut nor on other text', async ({ page }) => {
  const look = async (what: string) => {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await expect.poll(() => lostText(page), { message: `${what} at ${size.width} px` }).toEqual([]);
    }
  };
  await page.goto('./');
  await page.addStyleTag({ content: SPACING });
  for (const [hash, part, press] of [
    ['', '[data-testid="raster"]', /^Help/],
    ['#experiment=poisson', '[data-testid="solution"]', /^more/],
    ['#experiment=reaction-diffusion', '[data-testid="map-network"]', undefined],
    ['#experiment=antiderivative', '[data-testid="solution"]', /^Share/],
    ['#gradient=RFG&lanes=gradient=BP', '[data-testid="lane"]', undefined],
    ['#lesson=3.2', '[data-testid="scene"][data-phase="open"]', undefined],
    ['#lab=neuron', '[data-testid="lab"]', undefined],
    ['#gradient=RFG&inside=step', '[data-testid="inside"]', undefined],
    ['#inside=table', '[data-testid="paper-table"]', undefined],
  ] as const) {
    if (hash) {
      // What is waited for comes with this link.
      await expect(page.locator(part)).toHaveCount(0);
      await page.goto(`./${hash}`);
    }
    await expect(page.locator(part).first()).toBeVisible(PATIENCE);
    await look(hash);
    if (!press) continue;
    await page.getByRole('button', { name: press }).click();
    await expect(page.locator('dialog, #settings').first()).toBeVisible();
    await look(`${hash} ${press}`);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog, #settings')).toHaveCount(0);
  }
});
