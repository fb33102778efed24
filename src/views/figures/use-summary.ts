import { type RefObject, useEffect, useRef } from 'react';
import type { Source } from './use-figure.ts';

const REST_MS = 2000;

/**
 * Keeps an element's aria-label at `summarise()`, written at most every two seconds: after a change of a source, and after a
 * render, since a summary may also speak of what a component holds.
 */
export function useSummary(
  element: RefObject<Element | null>,
  sources: readonly Source[],
  summarise: () => string,
): void {
  const latest = useRef(summarise);
  const plan = useRef(() => {});
  useEffect(() => {
    latest.current = summarise;
    plan.current();
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is new at every render, its members seldom are
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let written = 0;
    const write = () => {
      timer = undefined;
      written = Date.now();
      element.current?.setAttribute('aria-label', latest.current());
    };
    plan.current = () => {
      timer ??= setTimeout(write, Math.max(0, written + REST_MS - Date.now()));
    };
    const stops = sources.map((source) => source.subscribe(plan.current));
    plan.current();
    return () => {
      plan.current = () => {};
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [element, ...sources]);
}
