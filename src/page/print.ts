import '../ui/print.css';
import { shownPrediction } from '../state/lane-store.ts';
import type { Playground } from '../state/playground.ts';
import { PRINTED_ATTRIBUTE } from '../ui/narrow.ts';
import { useScheme } from '../views/colour-scheme.ts';
import { openFrame } from '../views/figures/canvas/surface.ts';
import { forgetThemes } from '../views/figures/canvas/theme.ts';
import { formatError } from '../views/format.ts';
import { drawingOf } from '../views/share/drawings.ts';
import { provenanceOf } from '../views/share/provenance.ts';

/** Settings, error and address of what is printed, on paper only. */
function note(playground: Playground): HTMLElement {
  const element = document.createElement('p');
  element.dataset.print = '';
  const { lines, link } = provenanceOf('', playground);
  const { app, lane } = playground;
  const alone = app.getState().lanes.length < 2;
  const error = alone ? [`Relative L2 error ${formatError(shownPrediction(lane.getState())?.error)}`] : [];
  for (const text of [...lines, ...error, link]) {
    const line = document.createElement('span');
    line.textContent = text;
    element.append(line, document.createElement('br'));
  }
  return element;
}

/** Pixels of a figure on paper for each of CSS: 192 to the inch. */
const PAPER_RATIO = 2;

/** Browsers give a page that is printed no frame to draw in: every figure is drawn again at once, at the size that it has on paper. */
function redraw(): void {
  for (const canvas of document.querySelectorAll('canvas')) {
    const { width, height } = canvas.getBoundingClientRect();
    const drawing = drawingOf(canvas);
    if (!drawing || width === 0) continue;
    const [pixelWidth, pixelHeight] = [width, height].map((side) => Math.round(PAPER_RATIO * side));
    const frame = openFrame(canvas, { width, height, pixelWidth, pixelHeight });
    if (frame) drawing({ ...frame, onPaper: true });
  }
}

/** Makes the page a handout while it is printed: black on white, with its settings, error and address at the end. */
export function preparePrint(playground: Playground): void {
  const html = document.documentElement;
  let printed: HTMLElement | undefined;
  let before: { readonly focus: Element | null; readonly top: number } | undefined;
  const begin = () => {
    if (printed) return;
    before = { focus: document.activeElement, top: scrollY };
    html.setAttribute(PRINTED_ATTRIBUTE, '');
    useScheme.setState({ printed: true });
    forgetThemes();
    printed = note(playground);
    document.querySelector('main')?.append(printed);
    redraw();
  };
  const end = () => {
    if (!printed) return;
    printed.remove();
    printed = undefined;
    html.removeAttribute(PRINTED_ATTRIBUTE);
    useScheme.setState({ printed: false });
    // What lies over the page was away from it, with the focus.
    if (before?.focus instanceof HTMLElement) before.focus.focus({ preventScroll: true });
    scrollTo(scrollX, before?.top ?? 0);
  };
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  matchMedia('print').addEventListener('change', ({ matches }) => (matches ? begin() : end()));
}
