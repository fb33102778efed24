import { useRef } from 'react';
import type { ExperimentName } from '../../training/config.ts';
import { useApp, usePlayground } from '../context.ts';
import { diverging } from '../figures/canvas/colour-map.ts';
import figure from '../figures/figure.module.css';
import { drawColourBar } from '../figures/prediction/colour-bar.ts';
import { ScaleLock } from '../figures/ScaleLock.tsx';
import { scaleLock } from '../figures/scale-lock.ts';
import { useFigure } from '../figures/use-figure.ts';
import { Batches } from './Batches.tsx';
import type { Bounds } from './LaneCard.tsx';
import type { ShownLane } from './lane-names.ts';
import css from './Scales.module.css';

/** The scales that all lanes share, and what they do not share. */
export function Scales({
  lanes,
  bounds,
  experiment,
  surfaces,
}: {
  readonly lanes: readonly ShownLane[];
  readonly bounds: Bounds;
  readonly experiment: ExperimentName;
  readonly surfaces: boolean;
}) {
  // Lanes may differ in T.
  const steps = [...new Set(lanes.map(({ lane }) => lane.getState().config.T))];
  const time = `${steps.join(' or ')} time steps`;
  const said = {
    hat: surfaces
      ? 'Surfaces over x, y from −1 to 1, all of one scale and seen from the same side'
      : `Maps: x, y from −1 to 1; rasters: ${time} at the ringed input`,
    poisson: `Over y from −1 to 1: exact solution solid, network dashed, its error dotted; rasters: ${time} at the middle`,
    'reaction-diffusion': `Maps: x to the right, t upwards, from 0 to 1; rasters: ${time} at the probe`,
  };
  return (
    <div className={css.scales}>
      {experiment !== 'poisson' && (
        <>
          <Bar title={experiment === 'hat' ? 'network' : 'answer'} bound={bounds.output} />
          {!surfaces && (
            <>
              <Bar title="error" bound={bounds.error} />
              <ScaleLock>own scale</ScaleLock>
            </>
          )}
        </>
      )}
      <span>{said[experiment]}</span>
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
      {title}
      <span className={`${figure.figure} ${css.colours}`}>
        <canvas ref={canvas} role="img" aria-label={`Colours of the ${title}, ${-bound()} to ${bound()}`} />
      </span>
    </span>
  );
}
