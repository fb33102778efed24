import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { keepDrawing } from '../share/drawings.ts';
import { type CanvasSize, canvasSize, type Frame, observeCanvas, openFrame } from './canvas/surface.ts';
import { themeChanges, themeOf } from './canvas/theme.ts';
import { cancelPaint, requestPaint } from './paint-queue.ts';

/** Anything that tells when it changed: a store, for one. */
export interface Source {
  subscribe(listener: () => void): () => void;
}

/** Canvases out of sight are drawn at most this often. */
const HIDDEN_REST_MS = 1000;

/**
 * Draws on a canvas in animation frames: after the component rendered, after any source, the canvas's size or the
 * colour scheme changed. Several changes between two frames cost one drawing. `inputs`, when given, are what the picture
 * depends on beside size and colours: while they are the same objects it is not drawn anew.
 * Returns a function that asks for a drawing.
 */
export function useFigure(
  canvas: RefObject<HTMLCanvasElement | null>,
  sources: readonly Source[],
  draw: (frame: Frame) => void,
  inputs?: () => readonly unknown[],
): () => void {
  const latest = useRef({ draw, inputs });
  const schedule = useRef<() => void>(undefined);

  useEffect(() => {
    latest.current = { draw, inputs };
    schedule.current?.();
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is new at every render, its members seldom are
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let visible = true;
    let size: CanvasSize | undefined;
    let lastInputs: readonly unknown[] | undefined;
    const paint = () => {
      if (!size) return;
      const { draw, inputs } = latest.current;
      const nextInputs = inputs && [size, themeOf(element), ...inputs()];
      if (nextInputs && lastInputs && nextInputs.every((part, i) => part === lastInputs?.[i])) return;
      const frame = openFrame(element, size);
      if (!frame) return;
      draw(frame);
      lastInputs = nextInputs;
    };
    const plan = () => {
      if (visible) requestPaint(paint);
      else {
        timer ??= setTimeout(() => {
          timer = undefined;
          requestPaint(paint);
        }, HIDDEN_REST_MS);
      }
    };
    schedule.current = plan;
    keepDrawing(element, (frame) => latest.current.draw(frame));
    const resized = new ResizeObserver(([entry]) => {
      size = canvasSize(entry);
      plan();
    });
    observeCanvas(resized, element);
    const watch = ([entry]: IntersectionObserverEntry[]) => {
      visible = entry.isIntersecting;
      if (visible) plan();
    };
    const visibility = new IntersectionObserver(watch, { rootMargin: '200px' });
    visibility.observe(element);
    const stops = [...sources, themeChanges].map((source) => source.subscribe(plan));
    plan();
    return () => {
      cancelPaint(paint);
      clearTimeout(timer);
      schedule.current = undefined;
      resized.disconnect();
      visibility.disconnect();
      for (const stop of stops) stop();
    };
  }, [canvas, ...sources]);
  return useCallback(() => schedule.current?.(), []);
}
