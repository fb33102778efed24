import { useRef, useState } from 'react';
import { diverging } from '../../figures/canvas/colour-map.ts';
import type { Field } from '../../figures/canvas/field-image.ts';
import figure from '../../figures/figure.module.css';
import { FieldImage } from '../../figures/prediction/draw-map.ts';
import { useFigure } from '../../figures/use-figure.ts';
import css from './FieldThumb.module.css';
import { boundOf } from './sample.ts';

/** A small picture of a function of the square; decorative beside its name. */
export function FieldThumb({ field }: { readonly field?: Field }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image] = useState(() => new FieldImage());
  useFigure(canvas, [], (frame) => {
    if (!field) return;
    const bound = boundOf(field);
    const box = { left: 0, top: 0, width: frame.width, height: frame.height };
    image.draw(frame, box, field, diverging(frame.theme.scheme), -bound, bound);
  });
  return (
    <span
      className={`${figure.figure} ${css.thumb}`}
      translate="no"
      style={{ display: 'block' }}
      aria-hidden="true"
    >
      <canvas ref={canvas} />
    </span>
  );
}
