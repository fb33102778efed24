import { useRef } from 'react';
import css from './SceneColumn.module.css';

/** How much of a phone's screen the sheet takes. */
export type SheetHeight = 'low' | 'half' | 'high';
const HEIGHTS: readonly SheetHeight[] = ['low', 'half', 'high'];
const WORDS: Record<SheetHeight, string> = { low: 'its title', half: 'half of it', high: 'all of it' };
/** A pull of so many px goes on to the next height. */
const PULL_PX = 40;

interface SheetHandleProps {
  readonly height: SheetHeight;
  readonly onChange: (height: SheetHeight) => void;
}

/** Pulls a phone's sheet up and down: by finger, by keys, or by one press after another. */
export function SheetHandle({ height, onChange }: SheetHandleProps) {
  const from = useRef<number>(undefined);
  const at = HEIGHTS.indexOf(height);
  const move = (by: number) => onChange(HEIGHTS[Math.max(0, Math.min(HEIGHTS.length - 1, at + by))]);
  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.handle}
      aria-label="Height of the lesson’s text"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={HEIGHTS.length - 1}
      aria-valuenow={at}
      aria-valuetext={WORDS[height]}
      onKeyDown={(event) => {
        const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        move(by);
      }}
      onPointerDown={(event) => {
        if (!event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = event.clientY;
      }}
      onPointerUp={(event) => {
        if (from.current === undefined || !event.isPrimary) return;
        const pulled = from.current - event.clientY;
        from.current = undefined;
        if (Math.abs(pulled) < PULL_PX / 4) onChange(height === 'half' ? 'high' : 'half');
        else move(Math.sign(pulled) * Math.max(1, Math.round(Math.abs(pulled) / (5 * PULL_PX))));
      }}
      onPointerCancel={() => {
        from.current = undefined;
      }}
    />
  );
}
