import { useRef } from 'react';
import type { Experiment } from '../../experiments/experiment.ts';
import { useApp, usePlayground } from '../context.ts';
import { diverging } from '../figures/canvas/colour-map.ts';
import { formatTick } from '../figures/canvas/ticks.ts';
import figure from '../figures/figure.module.css';
import { drawColourBar } from '../figures/prediction/colour-bar.ts';
import { ScaleLock } from '../figures/ScaleLock.tsx';
import { scaleLock } from '../figures/scale-lock.ts';
import { useFigure } from '../figures/use-figure.ts';
import { Batches } from './Batches.tsx';
import type { Bounds } from './LaneCard.tsx';
import { LanesExport } from './LanesExport.tsx';
import type { ShownLane } from './lane-names.ts';
import css from './Scales.module.css';

/** The scales that all lanes share, and what they do not share. */
export function Scales({
  lanes,
  bounds,
  experiment: { shape, coordinates, operator },
  surfaces,
}: {
  readonly lanes: readonly ShownLane[];
  readonly bounds: Bounds;
  readonly experiment: Experiment;
  readonly surfaces: boolean;
}) {
  // Lanes may differ in T.
  const steps = [...new Set(lanes.map(({ lane }) => lane.getState().config.T))];
  const time = `${steps.join(' or ')} time steps`;
  const [first, second] = coordinates;
  const [from, to] = (operator?.interval ?? [-1, 1]).map(formatTick);
  const sentences = {
    surface: surfaces
      ? `Surfaces over ${first}, ${second} from ${from} to ${to}, all of one scale and seen from the same side`
      : `Maps: ${first}, ${second} from ${from} to ${to}; rasters: ${time} at the ringed input`,
    curve: `Over ${first} from ${from} to ${to}: exact solution solid, network dashed, its error dotted; rasters: ${time} at the middle`,
    scatter: `Output of each network over the inputs, test rows as points; rasters: ${time} at the probe`,
    series: `Left of the line what is read, right of it the series, the network (dashed) and linear autoregression (thin); rasters: ${time}`,
    field: `Maps: ${first} to the right, ${second} upwards, from ${from} to ${to}; rasters: ${time} at the probe`,
  };
  return (
    <div className={css.scales} data-lanes>
      {(shape === 'surface' || shape === 'field') && (
        <>
          <Bar title={shape === 'surface' ? 'network' : 'answer'} bound={bounds.output} />
          {!surfaces && (
            <>
              <Bar title="error" bound={bounds.error} />
              <ScaleLock>own scale</ScaleLock>
            </>
          )}
        </>
      )}
      <span data-label>{sentences[shape]}</span>
      <LanesExport lanes={lanes} />
      <Batches lanes={lanes} />
    </div>
  );
}

function Bar({ title, bound }: { readonly title: string; readonly bound: () => number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { lane } = usePlayground();
  useApp((state) => state.lanes);
  useFigure(canvas, [lane, scaleLock], (frame) => {
    const high = bound();
    const lut = diverging(frame.theme.scheme);
    const bar = { left: 14, top: 3, width: frame.width - 28, height: 8 };
    drawColourBar(frame, bar, { lut, from: -high, to: high, ticks: [-high, 0, high], open: true });
  });
  return (
    <span className={css.bar}>
      <span data-label>{title}</span>
      <span className={`${figure.figure} ${css.colours}`} translate="no">
        <canvas ref={canvas} role="img" aria-label={`Colours of the ${title}, ${-bound()} to ${bound()}`} />
      </span>
    </span>
  );
}
