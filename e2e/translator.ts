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

interface Fiber {
  readonly tag: number;
  readonly memoizedProps: unknown;
  readonly memoizedState: unknown;
  readonly stateNode: Element;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

/** Elements whose text is not the one that React holds of them: what it is, and what it should be. */
export const falseTexts = (page: Page) =>
  page.evaluate(() => {
    const [TEXT, ELEMENT, PORTAL, HIDEABLE] = [6, 5, 4, 22];
    const faults: string[] = [];
    let compared = 0;
    /** Text of an element outside the elements in it. */
    const ownText = (element: Element) =>
      [...element.childNodes]
        .filter((node) => node instanceof Text || node.nodeName === 'FONT')
        .map((node) => node.textContent)
        .join('')
        .replaceAll('\u200b', '');
    /** Text of a fiber outside the elements in it; elements on the way are compared. */
    const walk = (fiber: Fiber | null): string => {
      if (!fiber) return '';
      const after = () => walk(fiber.sibling);
      if (fiber.tag === TEXT) return fiber.memoizedProps + after();
      if (fiber.tag === HIDEABLE && fiber.memoizedState) return after();
      if (fiber.tag === PORTAL) {
        walk(fiber.child);
        return after();
      }
      if (fiber.tag !== ELEMENT) return walk(fiber.child) + after();
      const { children } = fiber.memoizedProps as { children?: unknown };
      const text = ['string', 'number'].includes(typeof children) ? String(children) : walk(fiber.child);
      if (children !== undefined && fiber.stateNode.tagName !== 'TEXTAREA') {
        compared++;
        const shown = ownText(fiber.stateNode);
        if (shown !== text) faults.push(`“${shown}” is shown, “${text}” is true`);
      }
      return after();
    };
    const root = document.getElementById('root') as HTMLElement;
    const key = Object.keys(root).find((name) => name.startsWith('__reactContainer$')) as keyof HTMLElement;
    const container = root[key] as unknown as { readonly stateNode: { readonly current: Fiber } };
    walk(container.stateNode.current);
    return compared > 50 ? faults : [`only ${compared} elements were compared`];
  });
