import { useRef } from 'react';
import type { LaneStore } from '../../state/lane-store.ts';
import lanes from '../compare/lane-figures.module.css';
import { diverging } from '../figures/canvas/colour-map.ts';
import figure from '../figures/figure.module.css';
import { useFigure } from '../figures/use-figure.ts';
import { useSummary } from '../figures/use-summary.ts';
import { formatError } from '../format.ts';
import { drawCurve, drawMap, targetRange } from './draw-data.ts';
import { pointsOf, samplesOf } from './samples-of.ts';

/** Output of one lane with the test rows, without axes: all lanes share them. */
export function LaneData({ lane, name }: { readonly lane: LaneStore; readonly name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useFigure(canvas, [lane], (frame) => {
    const { config, prediction } = lane.getState();
    const samples = samplesOf(config);
    if (!samples || !canvas.current) return;
    const { inputs, target, data } = samples;
    const layers = [{ points: pointsOf(samples, data.test), ringed: true }];
    const { width, height } = frame;
    if (inputs.length === 1) {
      const box = { left: 4, top: 4, width: width - 8, height: height - 8 };
      drawCurve(frame, box, { range: targetRange(target), line: prediction?.drawn, layers });
      return;
    }
    const side = Math.max(8, Math.min(width, height) - 2);
    const box = { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side };
    const lut = diverging(frame.theme.scheme);
    const range = targetRange(target, data.offset);
    drawMap(frame, canvas.current, box, lut, { range, field: prediction?.drawn, layers });
  });
  useSummary(
    canvas,
    [lane],
    () =>
      `Output of ${name} and the test rows; relative L2 error ${formatError(lane.getState().prediction?.error)}`,
  );
  return (
    <div className={`${figure.figure} ${lanes.map}`} translate="no">
      <canvas ref={canvas} role="img" aria-label={`Output of ${name}`} data-testid="lane-map-network" />
    </div>
  );
}
