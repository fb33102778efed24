import { useRef, useState } from 'react';
import type { NeuronId } from '../../../snn/silence.ts';
import { useLane } from '../../context.ts';
import { ExportMenu } from '../../share/ExportMenu.tsx';
import { figureTables } from '../../share/figures.ts';
import { cividis } from '../canvas/colour-map.ts';
import { squareField } from '../canvas/field-image.ts';
import { formatNumber, linearScale } from '../canvas/ticks.ts';
import figure from '../figure.module.css';
import { drawColourBar } from '../prediction/colour-bar.ts';
import { drawSquareAxes, FieldImage } from '../prediction/draw-map.ts';
import { isSurface, isTable } from '../prediction/fields.ts';
import { mapLayout } from '../prediction/map-layout.ts';
import { useProbe } from '../prediction/probe.ts';
import { useFigure } from '../use-figure.ts';
import card from './NeuronCard.module.css';
import css from './RateMap.module.css';

interface RateMapProps {
  /** Rates of the layer, [row][neuron]. */
  readonly rates: Float32Array | undefined;
  readonly width: number;
  readonly id: NeuronId;
}

/** Mean rate of one neuron over the whole input domain, 0 … 1. Words where the domain is not a square. */
export function RateMap({ rates, width, id }: RateMapProps) {
  const surface = useLane(({ data }) => (isTable(data) ? data.test.factors[0].width === 2 : isSurface(data)));
  const values = rates && column(rates, width, id.neuron);
  const text = values ? rateText(values) : 'measuring its rate …';
  return (
    <>
      {surface && (
        <SquareRateMap id={id} values={values} label={`Rate of the neuron over the input domain: ${text}`} />
      )}
      <p className={card.line}>Rate over all inputs: {text}</p>
    </>
  );
}

function SquareRateMap({
  id: { factor, depth, neuron },
  values,
  label,
}: {
  readonly id: NeuronId;
  readonly values: Float32Array | undefined;
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image] = useState(() => new FieldImage());
  const probe = useProbe();
  const table = async () => {
    const { fieldTable } = await figureTables();
    const field = values && squareField(values);
    const notes = [`factor ${factor + 1}, layer ${depth + 1}, neuron ${neuron + 1}`];
    return field && { ...fieldTable('rate', field.n, field.values), notes };
  };
  useFigure(canvas, [], (frame) => {
    const { ctx, theme } = frame;
    const { map, bar } = mapLayout(frame.width, frame.height);
    const field = values && squareField(values);
    if (field) image.draw(frame, map, field, cividis(), 0, 1);
    drawSquareAxes(frame, map);
    drawColourBar(frame, bar, { lut: cividis(), from: 0, to: 1, ticks: [0, 0.5, 1] });
    if (!probe) return;
    const x = linearScale(-1, 1, map.left, map.left + map.width)(probe[0]);
    const y = linearScale(-1, 1, map.top + map.height, map.top)(probe[1]);
    for (const [colour, lineWidth] of [
      ['#ffffff', 4],
      ['#171c28', 1.8],
    ] as const) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = lineWidth;
      ctx.beginPath();
      ctx.arc(x, y, 5, 0, 2 * Math.PI);
      ctx.stroke();
    }
    ctx.fillStyle = theme.muted;
  });
  return (
    <div className={`${figure.figure} ${css.map}`} translate="no" data-figure>
      <div className={css.save}>
        <ExportMenu name="rate map" table={table} />
      </div>
      <canvas ref={canvas} role="img" aria-label={label} data-testid="rate-map" />
    </div>
  );
}

/** One neuron's column of [row][neuron]. */
function column(rates: Float32Array, width: number, neuron: number): Float32Array {
  return Float32Array.from({ length: rates.length / width }, (_, row) => rates[row * width + neuron]);
}

function rateText(values: Float32Array): string {
  let least = 1;
  let most = 0;
  let sum = 0;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  return `mean ${formatNumber(sum / values.length)}, from ${formatNumber(least)} to ${formatNumber(most)}`;
}
