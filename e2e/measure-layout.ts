import type { Page } from '@playwright/test';

/**
 * Records what is written on every canvas, so that `layoutFaults` can measure it, and has figures out of sight drawn as soon as
 * those in sight. Before the page is opened.
 */
export const recordCanvasText = (page: Page) =>
  page.addInitScript(() => {
    const written = new WeakMap<HTMLCanvasElement, CanvasText[]>();
    const page = window as LayoutWindow;
    page.canvasTexts = written;
    page.drawn = 0;
    window.IntersectionObserver = class extends IntersectionObserver {
      constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
        super((entries, self) => {
          callback(
            entries.map((entry) => ({ ...entry, target: entry.target, isIntersecting: true })),
            self,
          );
        }, options);
      }
    };
    const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (x, y, width, height) {
      // A figure begins with a clear canvas.
      written.set(this.canvas, []);
      page.drawn = (page.drawn ?? 0) + 1;
      clearRect.call(this, x, y, width, height);
    };
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, most) {
      const {
        actualBoundingBoxLeft: before,
        actualBoundingBoxRight: after,
        actualBoundingBoxAscent: up,
        actualBoundingBoxDescent: down,
      } = this.measureText(text);
      const at = this.getTransform();
      const corners = [
        [x - before, y - up],
        [x + after, y - up],
        [x - before, y + down],
        [x + after, y + down],
      ].map(([px, py]) => at.transformPoint({ x: px, y: py }));
      const xs = corners.map((corner) => corner.x);
      const ys = corners.map((corner) => corner.y);
      const box = {
        left: Math.min(...xs),
        right: Math.max(...xs),
        top: Math.min(...ys),
        bottom: Math.max(...ys),
      };
      const texts = written.get(this.canvas) ?? [];
      written.set(this.canvas, texts);
      texts.push({ text, box });
      fillText.call(this, text, x, y, ...(most === undefined ? [] : [most]));
    };
  });

interface Rect {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
interface CanvasText {
  text: string;
  /** In pixels of the canvas. */
  box: Rect;
}
type LayoutWindow = Window & { canvasTexts?: WeakMap<HTMLCanvasElement, CanvasText[]>; drawn?: number };

/** After a change of size: once nothing was drawn in some frames one after another. */
export const settled = (page: Page) =>
  page.evaluate(async () => {
    const { drawn } = window as LayoutWindow;
    let last = drawn;
    for (let still = 0, frames = 0; still < 5 && frames < 120; frames++) {
      await new Promise(requestAnimationFrame);
      const { drawn: now } = window as LayoutWindow;
      still = now === last ? still + 1 : 0;
      last = now;
    }
  });

/** Drawings that are small by their nature, and the least height of each, px: where the page is scrolled, and where it has one screen. */
const SMALL_FIGURES: readonly {
  readonly of: string;
  readonly scrolled: number;
  readonly oneScreen: number;
}[] = [
  // Pictures of what a button chooses.
  { of: 'button canvas', scrolled: 24, oneScreen: 24 },
  { of: '[aria-label^="Colours of"]', scrolled: 28, oneScreen: 28 },
  // Lanes show the same beside each other, up to ten of them.
  { of: '[data-testid=lane] canvas', scrolled: 160, oneScreen: 64 },
];
/** Least height of every other drawing. */
const LEAST = { scrolled: 160, oneScreen: 100 };

/** What is wrong with the layout as it stands: sentences, each of which names what and where. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ small, least }) => {
      const faults: string[] = [];
      const area = document.body;
      const shown = (element: Element) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const meet = (a: Rect, b: Rect): Rect => ({
        left: Math.max(a.left, b.left),
        right: Math.min(a.right, b.right),
        top: Math.max(a.top, b.top),
        bottom: Math.min(a.bottom, b.bottom),
      });
      const wide = (box: Rect) => box.right - box.left;
      const high = (box: Rect) => box.bottom - box.top;
      const EVERYWHERE = { left: -1e6, right: 1e6, top: -1e6, bottom: 1e6 };
      const clips = new Map<Element, { hidden: Rect; seen: Rect }>();
      /** What an element's text is cut to: by what hides for ever, and by that and what can be scrolled. */
      const clipOf = (element: Element): { hidden: Rect; seen: Rect } => {
        const kept = clips.get(element);
        if (kept) return kept;
        const style = getComputedStyle(element);
        const above =
          element.parentElement &&
          style.position !== 'fixed' &&
          !element.matches(':popover-open, dialog[open]')
            ? clipOf(element.parentElement)
            : { hidden: EVERYWHERE, seen: EVERYWHERE };
        const own = element.getBoundingClientRect();
        const clipping = (way: string) => way !== 'visible';
        const scrolling = (way: string) => way === 'auto' || way === 'scroll';
        const box = {
          left: clipping(style.overflowX) ? own.left : -1e6,
          right: clipping(style.overflowX) ? own.right : 1e6,
          top: clipping(style.overflowY) ? own.top : -1e6,
          bottom: clipping(style.overflowY) ? own.bottom : 1e6,
        };
        const forEver = {
          left: scrolling(style.overflowX) ? -1e6 : box.left,
          right: scrolling(style.overflowX) ? 1e6 : box.right,
          top: scrolling(style.overflowY) ? -1e6 : box.top,
          bottom: scrolling(style.overflowY) ? 1e6 : box.bottom,
        };
        const root = element === document.documentElement || element === document.body;
        // What a scroller holds moves: what hides above it says nothing of its own text.
        const scrolls = scrolling(style.overflowX) || scrolling(style.overflowY);
        const clip = root
          ? { hidden: EVERYWHERE, seen: EVERYWHERE }
          : { hidden: scrolls ? EVERYWHERE : meet(above.hidden, forEver), seen: meet(above.seen, box) };
        clips.set(element, clip);
        return clip;
      };
      const layers = new Map<Element, Element | null>();
      /** What lies over the page by itself is measured by itself. */
      const layerOf = (element: Element | null): Element | null => {
        if (!element) return null;
        let layer = layers.get(element);
        if (layer === undefined) {
          const { position } = getComputedStyle(element);
          const own =
            position === 'fixed' || position === 'sticky' || element.matches(':popover-open, dialog');
          layer = own ? element : layerOf(element.parentElement);
          layers.set(element, layer);
        }
        return layer;
      };
      const name = (element: Element) => {
        const place = element.closest('[data-testid], [id], [aria-label]');
        const of = place?.getAttribute('data-testid') ?? place?.id ?? place?.getAttribute('aria-label') ?? '';
        return `<${element.tagName.toLowerCase()}> in ${of || place?.getAttribute('aria-label') || 'page'}`;
      };

      interface Text {
        text: string;
        box: Rect;
        owner: Element;
        layer: Element | null;
        node: Node;
      }
      const texts: Text[] = [];
      const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const owner = node.parentElement!;
        const text = node.textContent ?? '';
        if (!text.trim() || !shown(owner) || owner.closest('script, style, template, option')) continue;
        // For screen readers alone.
        if (getComputedStyle(owner).clipPath !== 'none') continue;
        const clip = clipOf(owner);
        const layer = layerOf(owner);
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
          const seen = meet(box, clip.seen);
          if (wide(seen) > 1 && high(seen) > 1) texts.push({ text, box: seen, owner, layer, node });
        }
        const hiding = owner.closest('[class*=hidden-visually], math, [aria-hidden=true] .katex');
        if (hiding || !/\d/.test(text)) continue;
        const whole = range.getBoundingClientRect();
        const cut = (box: Rect) => {
          const left = meet(box, clip.hidden);
          return wide(left) < wide(box) - 1.5 || high(left) < high(box) * 0.6;
        };
        if (whole.width < 2 || !cut(whole)) continue;
        // Only ends of it: digits beyond the edge, or under the dots.
        for (let i = 0; i < text.length; i++) {
          if (!/\d/.test(text[i])) continue;
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const digit = range.getBoundingClientRect();
          const room = meet(digit, clip.hidden);
          const nothing = wide(clip.hidden) < 2 || high(clip.hidden) < 2;
          if (nothing || (wide(room) >= wide(digit) - 1 && high(room) >= high(digit) * 0.6)) continue;
          faults.push(`number cut: “${text.trim().slice(0, 60)}” ${name(owner)}`);
          break;
        }
      }

      const canvases = [...area.querySelectorAll('canvas')].filter((canvas) => shown(canvas));
      const written = (window as LayoutWindow).canvasTexts;
      for (const canvas of canvases) {
        const place = canvas.getBoundingClientRect();
        const clip = clipOf(canvas);
        const layer = layerOf(canvas);
        const [sx, sy] = [place.width / canvas.width, place.height / canvas.height];
        for (const { text, box } of written?.get(canvas) ?? []) {
          const at = {
            left: place.left + box.left * sx,
            right: place.left + box.right * sx,
            top: place.top + box.top * sy,
            bottom: place.top + box.bottom * sy,
          };
          const beyond = Math.max(
            place.left - at.left,
            at.right - place.right,
            place.top - at.top,
            at.bottom - place.bottom,
          );
          if (text.trim() && beyond > 1.5)
            faults.push(`canvas text cut by ${beyond.toFixed(0)} px: “${text}” ${name(canvas)}`);
          const seen = meet(at, clip.seen);
          if (wide(seen) > 1 && high(seen) > 1)
            texts.push({ text, box: seen, owner: canvas, layer, node: document.createTextNode('') });
        }
      }

      const pen = document.createElement('canvas').getContext('2d')!;
      /** A line's box without what its font leaves above and below these letters. */
      const inked = ({ text, box, owner }: Text): Rect => {
        if (owner instanceof HTMLCanvasElement) return box;
        const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(owner);
        pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
        const line = pen.measureText(text);
        return {
          ...box,
          top: box.top + Math.max(0, line.fontBoundingBoxAscent - line.actualBoundingBoxAscent),
          bottom: box.bottom - Math.max(0, line.fontBoundingBoxDescent - line.actualBoundingBoxDescent),
        };
      };

      texts.sort((a, b) => a.box.top - b.box.top);
      for (let i = 0; i < texts.length; i++) {
        const a = texts[i];
        for (let j = i + 1; j < texts.length && texts[j].box.top < a.box.bottom - 2; j++) {
          const b = texts[j];
          if (a.layer !== b.layer || a.node === b.node) continue;
          const both = meet(inked(a), inked(b));
          if (wide(both) <= 2 || high(both) <= 2) continue;
          // Formulas are set with boxes that reach into each other.
          const formula = a.owner.closest('math, .katex');
          if (formula && b.owner.closest('math, .katex') === formula) continue;
          faults.push(
            `text over text by ${wide(both).toFixed(0)} × ${high(both).toFixed(0)} px: “${a.text.trim().slice(0, 40)}” and “${b.text.trim().slice(0, 40)}” ${name(a.owner)}`,
          );
        }
      }

      for (const control of area.querySelectorAll('button, input, select, a[href], summary')) {
        if (!shown(control) || getComputedStyle(control).clipPath !== 'none') continue;
        const box = control.getBoundingClientRect();
        const clip = clipOf(control.parentElement!).hidden;
        const left = meet(box, clip);
        // What is hidden for the eye is as small as nothing.
        if (wide(box) < 3 || wide(clip) < 3) continue;
        if (wide(left) < wide(box) - 2 || high(left) < high(box) - 3)
          faults.push(
            `control cut to ${Math.max(0, wide(left)).toFixed(0)} × ${Math.max(0, high(left)).toFixed(0)} of ${wide(box).toFixed(0)} × ${high(box).toFixed(0)} px: “${(control.getAttribute('aria-label') ?? control.textContent ?? '').trim().slice(0, 40)}” ${name(control)}`,
          );
      }

      // What lies over the page stays in the window, and its text is whole or can be scrolled to.
      const window_ = { left: 0, right: innerWidth, top: 0, bottom: innerHeight };
      for (const layer of area.querySelectorAll(':popover-open, dialog[open], body > aside')) {
        if (!shown(layer)) continue;
        const box = layer.getBoundingClientRect();
        const seen = meet(box, window_);
        if (wide(box) > 1 && (wide(seen) < wide(box) - 1 || high(seen) < high(box) - 1))
          faults.push(
            `off the edge: ${wide(seen).toFixed(0)} × ${high(seen).toFixed(0)} of ${wide(box).toFixed(0)} × ${high(box).toFixed(0)} px are in the window: ${name(layer)}`,
          );
        for (const part of layer.querySelectorAll<HTMLElement>('*')) {
          const text = [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
          if (!text || !shown(part) || part.closest('[title], math, .katex, select, option')) continue;
          const { overflowX, overflowY, clipPath } = getComputedStyle(part);
          if (clipPath !== 'none') continue;
          const hidden = (way: string) => way === 'hidden' || way === 'clip';
          const cutX = hidden(overflowX) && part.scrollWidth > part.clientWidth + 1;
          const cutY = hidden(overflowY) && part.scrollHeight > part.clientHeight + 2;
          if (part.clientWidth > 2 && (cutX || cutY))
            faults.push(
              `text cut: ${part.scrollWidth} × ${part.scrollHeight} in ${part.clientWidth} × ${part.clientHeight} px: “${part.textContent?.trim().slice(0, 40)}” ${name(part)}`,
            );
        }
        // A pane that is scrolled has room for some lines.
        for (const pane of [layer, ...layer.querySelectorAll('*')]) {
          const { overflowY } = getComputedStyle(pane);
          if (overflowY !== 'auto' && overflowY !== 'scroll') continue;
          const { clientHeight, scrollHeight } = pane;
          if (shown(pane) && scrollHeight > clientHeight + 1 && clientHeight < 48)
            faults.push(`a pane of ${clientHeight} px is scrolled for ${scrollHeight}: ${name(pane)}`);
        }
      }

      const figures = [
        ...canvases,
        ...[...area.querySelectorAll('svg[role=img], .js-plotly-plot')].filter((figure) => shown(figure)),
      ];
      for (const figure of figures) {
        const { width, height } = figure.getBoundingClientRect();
        const { scrolled, oneScreen } = small.find(({ of }) => figure.matches(of)) ?? least;
        const scrolls = document.documentElement.scrollHeight > innerHeight + 1;
        // Squares beside each other are as high as they are wide.
        const enough = Math.min(scrolls ? scrolled : oneScreen, width);
        if (height > 1 && height < enough - 0.5)
          faults.push(
            `low figure: ${width.toFixed(0)} × ${height.toFixed(0)} px ${figure.getAttribute('aria-label')?.slice(0, 40) ?? ''} ${name(figure)} ${figure.getAttribute('data-testid') ?? ''}`,
          );
      }

      const room = document.documentElement.clientWidth;
      const far = document.documentElement.scrollWidth;
      if (far > room) {
        const widest = [...document.querySelectorAll('body *')].filter(
          (element) =>
            element.getBoundingClientRect().right > room + 0.5 &&
            clipOf(element).seen.right > room + 0.5 &&
            [...element.children].every((child) => child.getBoundingClientRect().right <= room + 0.5),
        );
        faults.push(
          `the page can be scrolled sidewards: ${far} px in ${room}: ${widest
            .slice(0, 5)
            .map((element) => `${name(element)} ${element.outerHTML.slice(0, 80)}`)
            .join(', ')}`,
        );
      }

      // Bands without anything: of the page, and of each panel.
      const painted: Rect[] = texts.map(({ box }) => box);
      for (const element of area.querySelectorAll(
        'canvas, svg, img, input, button, select, textarea, progress, video',
      )) {
        if (!shown(element)) continue;
        const box = meet(element.getBoundingClientRect(), clipOf(element).seen);
        if (wide(box) > 1 && high(box) > 1 && box.bottom + scrollY > 0) painted.push(box);
      }
      const bands = (inside: Rect, what: string) => {
        const parts = painted
          .map((box) => meet(box, inside))
          .filter((box) => wide(box) > 0 && high(box) > 0)
          .sort((a, b) => a.top - b.top);
        let end = inside.top;
        for (const { top, bottom } of [...parts, { top: inside.bottom, bottom: inside.bottom }]) {
          if (top - end > 0.25 * innerHeight)
            faults.push(`blank band of ${(top - end).toFixed(0)} px at ${end.toFixed(0)} in ${what}`);
          end = Math.max(end, bottom);
        }
      };
      const all = painted.length > 0 ? painted : [];
      bands(
        {
          left: 0,
          right: room,
          top: Math.min(...all.map((box) => box.top)),
          bottom: Math.max(...all.map((box) => box.bottom)),
        },
        'the page',
      );
      for (const panel of area.querySelectorAll('main section, main article, [data-testid=lane]')) {
        if (!shown(panel)) continue;
        const whole = panel.getBoundingClientRect();
        const box = meet(whole, clipOf(panel).seen);
        // One that is reached sidewards shows no more than its edge.
        if (wide(box) > 0.5 * whole.width && high(box) > 1)
          bands(box, `${name(panel)} “${panel.querySelector('h2, h3')?.textContent?.slice(0, 30) ?? ''}”`);
      }

      // Lanes show the same in the same size.
      const kinds = new Map<string, Rect[]>();
      for (const lane of area.querySelectorAll('[data-testid=lane]'))
        [...lane.querySelectorAll('canvas')].forEach((canvas, i) => {
          const kind = `${i}`;
          kinds.set(kind, [...(kinds.get(kind) ?? []), canvas.getBoundingClientRect()]);
        });
      for (const [kind, boxes] of kinds)
        for (const box of boxes)
          if (Math.abs(wide(box) - wide(boxes[0])) > 1 || Math.abs(high(box) - high(boxes[0])) > 1) {
            faults.push(
              `drawing ${kind} of lanes is ${wide(boxes[0]).toFixed(0)} × ${high(boxes[0]).toFixed(0)} px in one and ${wide(box).toFixed(0)} × ${high(box).toFixed(0)} in another`,
            );
            break;
          }
      return [...new Set(faults)];
    },
    { small: SMALL_FIGURES, least: LEAST },
  );
}
