import { type PointerEvent, useRef } from 'react';
import type { Field } from '../../figures/canvas/field-image.ts';
import type { Point } from '../../figures/prediction/probe.ts';
import { FieldThumb } from '../target/FieldThumb.tsx';
import { EndHandle } from './EndHandle.tsx';
import css from './LineMap.module.css';
import { type Line, moveEnd } from './slice-values.ts';

interface LineMapProps {
  readonly field?: Field;
  readonly line: Line;
  readonly onChange: (line: Line) => void;
}

/** The target with the line on it and its two ends to be moved. */
export function LineMap({ field, line, onChange }: LineMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const toPoint = (event: PointerEvent): Point => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect) return [0, 0];
    return [
      (2 * (event.clientX - rect.left)) / rect.width - 1,
      1 - (2 * (event.clientY - rect.top)) / rect.height,
    ];
  };
  const [x1, y1, x2, y2] = [line.a[0], -line.a[1], line.b[0], -line.b[1]];
  return (
    <div ref={box} className={css.map}>
      <FieldThumb field={field} />
      <svg viewBox="-1 -1 2 2" className={css.line} aria-hidden="true">
        <line {...{ x1, y1, x2, y2 }} className={css.halo} />
        <line {...{ x1, y1, x2, y2 }} />
      </svg>
      <EndHandle
        name="A"
        point={line.a}
        toPoint={toPoint}
        onMove={(to) => onChange(moveEnd(line, 'a', to))}
      />
      <EndHandle
        name="B"
        point={line.b}
        toPoint={toPoint}
        onMove={(to) => onChange(moveEnd(line, 'b', to))}
      />
    </div>
  );
}
