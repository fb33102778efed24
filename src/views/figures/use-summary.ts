import { type RefObject, useEffect, useRef } from 'react';
import type { Source } from './use-figure.ts';

const REST_MS = 2000;

/** Keeps an element's aria-label at `summarise()`, written at most every two seconds. */
export function useSummary(
  element: RefObject<Element | null>,
  sources: readonly Source[],
  summarise: () => string,
): void {
  const latest = useRef(summarise);
  useEffect(() => {
    latest.current = summarise;
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
    const plan = () => {
      timer ??= setTimeout(write, Math.max(0, written + REST_MS - Date.now()));
    };
    const stops = sources.map((source) => source.subscribe(plan));
    plan();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [element, ...sources]);
}
