import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type Alignment, placeBeside, type Side } from './place.ts';

export interface Placement {
  readonly side?: Side;
  readonly align?: Alignment;
}

/**
 * Where something floating beside an anchor belongs in the document: all outside an open dialog is closed to pointers and to
 * screen readers.
 */
export function floatingHost(anchor: RefObject<Element | null>): Element {
  return anchor.current?.closest('dialog') ?? document.body;
}

/** Shows a popover and keeps it beside its anchor, whatever scrolls or changes its size. Returns the popover's ref. */
export function usePlaced<E extends HTMLElement>(
  anchor: RefObject<Element | null>,
  { side, align }: Placement,
): RefObject<E | null> {
  const floating = useRef<E>(null);
  useLayoutEffect(() => {
    const element = floating.current;
    if (!element) return;
    if (!element.matches(':popover-open')) element.showPopover();
    const place = () => {
      if (!anchor.current) return;
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const view = { width: document.documentElement.clientWidth, height: innerHeight };
      const { left, top } = placeBeside(anchor.current.getBoundingClientRect(), size, view, { side, align });
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    };
    const resized = new ResizeObserver(place);
    resized.observe(element);
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    place();
    return () => {
      resized.disconnect();
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  }, [anchor, side, align]);
  return floating;
}
