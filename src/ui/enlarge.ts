import css from './enlarge.module.css';
import { openLayer } from './layers.ts';

/** Panels are marked so, whatever they hold. */
const PANELS = '[data-panel]';
/** Tells figures on <html> that the size of text may have changed. */
const SOME_ENLARGED = 'some-enlarged';

interface Enlarged {
  readonly panel: HTMLElement;
  /** What had the focus before. */
  readonly before: Element | null;
  readonly restore: () => void;
}

let enlarged: Enlarged | undefined;

/** The panel fills the window, or goes back to its place where it does so already. One that left the page meanwhile does not come back. */
export function toggleEnlarged(panel: HTMLElement): void {
  if (enlarged?.panel === panel) shrink();
  else if (panel.isConnected) enlarge(panel);
}

/** The same for the panel that fills the window, else for the one that has the focus, else for the one under the pointer. */
export function toggleEnlargedHere(): void {
  const hovered = [...document.querySelectorAll<HTMLElement>(`${PANELS}:hover`)].pop();
  const panel = enlarged?.panel ?? document.activeElement?.closest<HTMLElement>(PANELS) ?? hovered;
  if (panel) toggleEnlarged(panel);
}

function enlarge(panel: HTMLElement): void {
  const before = enlarged ? enlarged.before : document.activeElement;
  enlarged?.restore();
  enlarged = { panel, before, restore: show(panel) };
  panel.focus({ preventScroll: true });
}

function shrink(): void {
  if (!enlarged) return;
  const { panel, before, restore } = enlarged;
  enlarged = undefined;
  restore();
  const back =
    before instanceof HTMLElement && before !== document.body && before.isConnected ? before : null;
  (back ?? buttonOf(panel))?.focus();
}

const buttonOf = (panel: HTMLElement) => panel.querySelector<HTMLElement>('[data-enlarge]');

/** Lays the panel over the page as a popover, which no containment around it holds in. Returns what puts it back. */
function show(panel: HTMLElement): () => void {
  const { parentElement: place } = panel;
  const { minHeight = '' } = place?.style ?? {};
  // Its place stays as high as it is: nothing behind moves.
  if (place) place.style.minHeight = `${place.getBoundingClientRect().height}px`;
  const tabIndex = panel.getAttribute('tabindex');
  panel.tabIndex = -1;
  panel.popover = 'manual';
  panel.classList.add(css.enlarged);
  buttonOf(panel)?.setAttribute('aria-pressed', 'true');
  document.documentElement.classList.add(SOME_ENLARGED);
  panel.showPopover();

  const layerGone = openLayer(shrink);
  const listening = new AbortController();
  const { signal } = listening;
  addEventListener('keydown', (event) => onPaging(event, panel), { capture: true, signal });
  addEventListener('keydown', (event) => onEscape(event, panel), { signal });
  document.addEventListener('focusin', (event) => keepFocus(event, panel), { signal });
  // A panel that is taken from the page has no size any more.
  const gone = new ResizeObserver(() => !panel.isConnected && shrink());
  gone.observe(panel);

  return () => {
    layerGone();
    listening.abort();
    gone.disconnect();
    if (panel.matches(':popover-open')) panel.hidePopover();
    panel.popover = null;
    panel.classList.remove(css.enlarged);
    if (tabIndex === null) panel.removeAttribute('tabindex');
    buttonOf(panel)?.removeAttribute('aria-pressed');
    document.documentElement.classList.remove(SOME_ENLARGED);
    if (place) place.style.minHeight = minHeight;
  };
}

const NEXT: Record<string, 1 | -1> = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** Arrows and a presenter's clicker go on to the next panel, unless what has the focus has a use for them. */
function onPaging(event: KeyboardEvent, panel: HTMLElement): void {
  const by = NEXT[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const { target } = event;
  if (target !== panel && target !== document.body && target !== buttonOf(panel)) return;
  event.preventDefault();
  event.stopPropagation();
  const panels = [...document.querySelectorAll<HTMLElement>(PANELS)].filter(
    (other) => other.getClientRects().length > 0,
  );
  const next = panels[(panels.indexOf(panel) + by + panels.length) % panels.length];
  if (next !== panel) enlarge(next);
}

function onEscape(event: KeyboardEvent, panel: HTMLElement): void {
  const own = event.target === document.body || panel.contains(event.target as Node);
  if (event.key !== 'Escape' || event.defaultPrevented || !own) return;
  event.preventDefault();
  shrink();
}

/** The page behind cannot be seen: the focus goes round in the panel and in what was opened from it. */
function keepFocus({ target, relatedTarget }: FocusEvent, panel: HTMLElement): void {
  if (!(target instanceof Element) || panel.contains(target)) return;
  if (target.closest('dialog, [popover]')) return;
  const stops = [...panel.querySelectorAll<HTMLElement>('button, a[href], input, select, [tabindex="0"]')];
  const backwards = relatedTarget === panel || relatedTarget === stops[0];
  (backwards ? stops[stops.length - 1] : panel)?.focus({ preventScroll: true });
}
