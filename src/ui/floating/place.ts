interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}
/** Side of the anchor that is tried first. */
export type Side = 'bottom' | 'right';
/** Which edges are in line, for what stands below its anchor. */
export type Alignment = 'start' | 'center' | 'end';

/** Room left to the edges of the window, in px. */
const MARGIN = 8;

/**
 * Left and top, in px of the window, of something of `size` beside `anchor`: `gap` away on its side, on the other side
 * where only that has room for it, and always within the window.
 */
export function placeBeside(
  anchor: Rect,
  size: Size,
  view: Size,
  { side = 'bottom', align = 'center', gap = 6 }: { side?: Side; align?: Alignment; gap?: number } = {},
): { left: number; top: number } {
  const along = (from: number, length: number, own: number, how: Alignment) =>
    how === 'start' ? from : how === 'end' ? from + length - own : from + (length - own) / 2;
  const across = (from: number, length: number, own: number, room: number) => {
    const after = from + length + gap;
    const before = from - gap - own;
    return after + own > room - MARGIN && before >= MARGIN ? before : after;
  };
  const within = (at: number, own: number, room: number) =>
    Math.max(MARGIN, Math.min(at, room - MARGIN - own));
  const [left, top] =
    side === 'bottom'
      ? [
          along(anchor.left, anchor.width, size.width, align),
          across(anchor.top, anchor.height, size.height, view.height),
        ]
      : [
          across(anchor.left, anchor.width, size.width, view.width),
          along(anchor.top, anchor.height, size.height, 'center'),
        ];
  return {
    left: Math.round(within(left, size.width, view.width)),
    top: Math.round(within(top, size.height, view.height)),
  };
}
