import type { Page } from '@playwright/test';

/**
 * A translator as browsers bring it along: every text comes to stand in `<font><font>`, with a mark that nobody sees, a while after it was
 * read and as it was then; what changes is read again. Texts under translate="no" stay.
 */
export async function translate(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const LATE_MS = 30;
    const waiting = new Set<Text>();
    const hidden = (text: Text) =>
      text.parentElement?.closest(
        '[translate="no"], script, style, noscript, template, font, title, head, math',
      ) !== null;
    const read = (text: Text) => {
      if (waiting.has(text) || !text.data.trim() || !text.isConnected || hidden(text)) return;
      waiting.add(text);
      const then = text.data;
      setTimeout(() => {
        waiting.delete(text);
        if (!text.isConnected || hidden(text)) return;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = `${then}\u200b`;
        outer.append(inner);
        text.replaceWith(outer);
      }, LATE_MS);
    };
    const readAll = (node: Node) => {
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      if (node instanceof Text) read(node);
      while (texts.nextNode()) read(texts.currentNode as Text);
    };
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        if (target instanceof Text) read(target);
        addedNodes.forEach(readAll);
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
    Object.assign(window, {
      translated: () => waiting.size === 0 && document.querySelector('font') !== null,
    });
  });
}

/** Waits until nothing is left to be translated. */
export const translated = (page: Page) =>
  page.waitForFunction(() => (window as unknown as { translated(): boolean }).translated());

/** All that can be read on the page, but for times that were measured. */
export const textOf = (page: Page) =>
  page.evaluate(() => {
    const lines = document.body.innerText.replaceAll('\u200b', '').split('\n');
    return lines
      .map((line) =>
        line
          .replace(/\s+/g, ' ')
          .replace(/[\d.]+ (?=ms|µs)/g, '')
          .trim(),
      )
      .filter(Boolean);
  });
