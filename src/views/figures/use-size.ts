import { type RefObject, useEffect, useState } from 'react';
import { themeChanges, themeOf } from './canvas/theme.ts';

/** Size of an element in CSS pixels, once it is laid out. */
export function useSize(element: RefObject<Element | null>): { width: number; height: number } | undefined {
  const [size, setSize] = useState<{ width: number; height: number }>();
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([{ contentRect }]) => {
      const { width, height } = contentRect;
      setSize((old) => (old?.width === width && old.height === height ? old : { width, height }));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** Height of a figure that needs so many units of its drawing, as CSS. */
export const figureHeight = (units: number) => `calc(${units}px * var(--figure-scale, 1))`;

/** Size of a canvas, or of what holds it, in units of its drawing, and how many CSS pixels such a unit is. */
export function useDrawingSize(canvas: RefObject<Element | null>) {
  const size = useSize(canvas);
  const [scale, setScale] = useState(1);
  useEffect(() => {
    const follow = () => canvas.current && setScale(themeOf(canvas.current).scale);
    follow();
    return themeChanges.subscribe(follow);
  }, [canvas]);
  return size && { width: size.width / scale, height: size.height / scale, scale };
}

/** Where a pointer is on an element, in units of drawings. */
export function placeOn(
  element: Element,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  const { scale } = themeOf(element);
  return { x: (clientX - left) / scale, y: (clientY - top) / scale };
}
