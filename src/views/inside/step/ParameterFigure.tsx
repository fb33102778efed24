import { useRef } from 'react';
import { parameterTable } from '../../../io/tables.ts';
import type { Layout } from '../../../snn/network.ts';
import figure from '../../figures/figure.module.css';
import { useFigure } from '../../figures/use-figure.ts';
import { figureHeight, useDrawingSize } from '../../figures/use-size.ts';
import { ExportMenu } from '../../share/ExportMenu.tsx';
import shared from '../shared/inside.module.css';
import { drawMatrices, matricesHeight, matricesLegend } from './draw-matrices.ts';
import css from './ParameterFigure.module.css';

interface ParameterFigureProps {
  readonly layout: Layout;
  /** One number for each parameter. */
  readonly values: Float32Array | Float64Array;
  /** What the numbers are, as it stands in a sentence. */
  readonly name: string;
  /** Their column in the data. */
  readonly column: string;
}

/** All parameters layer by layer, each as a square: filled positive, hollow negative, area for size. */
export function ParameterFigure({ layout, values, name, column }: ParameterFigureProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(box);
  useFigure(canvas, [], (frame) => drawMatrices(frame, layout.layers, values));
  const positive = values.filter((value: number) => value > 0).length;
  const negative = values.filter((value: number) => value < 0).length;
  return (
    <div ref={box} className={css.matrices} data-figure>
      <div className={`${shared.save} ${css.save}`}>
        <ExportMenu
          name={name}
          table={() => parameterTable(layout, column, values)}
          legend={matricesLegend}
        />
      </div>
      <div
        className={figure.figure}
        translate="no"
        style={{ height: figureHeight(size ? matricesHeight(layout.layers, size.width) : 280) }}
        data-testid="parameters"
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${name}: ${positive} parameters positive, ${negative} negative, layer by layer (${layout.layers
            .map((layer) => layer.name)
            .join(', ')})`}
        />
      </div>
      <p className={shared.dim}>
        <span className={css.filled} aria-hidden="true" /> positive
        <span className={css.hollow} aria-hidden="true" /> negative; area for size, a full cell being the
        value under the layer. Rows: neurons; columns: their inputs, bias apart.
      </p>
    </div>
  );
}
