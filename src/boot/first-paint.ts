import { decodeFirstRun, firstRun } from '../state/first-run.ts';
import type { LaneState } from '../state/lane-store.ts';
import { comparableFigure } from '../training/paper.ts';
import { resolveConfig } from '../training/presets.ts';
import { drawCurves } from '../views/curves/draw-curves.ts';
import { diverging } from '../views/figures/canvas/colour-map.ts';
import { type Frame, measureCanvas, openFrame } from '../views/figures/canvas/surface.ts';
import {
  drawMapAxes,
  drawMapBar,
  drawMapLine,
  drawMapPicture,
  type HeatMapModel,
} from '../views/figures/prediction/draw-map.ts';
import { predictionFields, sharedBound, targetField } from '../views/figures/prediction/fields.ts';
import { errorBound } from '../views/figures/prediction/use-error-bound.ts';
import { pause } from './pause.ts';

/**
 * Draws what the page is about, the maps and curves of the recorded run, into the first view before anything else of the
 * page has been loaded. Each figure draws the same picture again once it has come to life.
 */
export async function drawFirstRun(): Promise<void> {
  if (!document.querySelector('#root canvas')) return;
  await pause();
  await decodeFirstRun(pause);
  const config = resolveConfig({});
  await pause();
  const run = firstRun(config) as LaneState;
  await pause();
  const bound = sharedBound(run.data);
  const fields = predictionFields(run);
  const target = run.data && targetField(run.data, 'stated');
  await pause();
  const map = (testId: string, model: HeatMapModel) =>
    draw(
      testId,
      ({ theme }) => void diverging(theme.scheme),
      (frame, canvas) => drawMapPicture(frame, canvas, model),
      (frame) => drawMapLine(frame, model),
      (frame) => drawMapAxes(frame),
      (frame) => drawMapBar(frame, model),
    );

  await map('prediction-network', { field: fields?.network, bound, zeroLine: true });
  await map('prediction-target', { field: target, bound, zeroLine: true });
  await map('prediction-error', { field: fields?.error, bound: Math.min(errorBound(run) ?? bound, bound) });
  const model = {
    run: { ...run, changes: [] },
    last: Math.max(config.steps, run.end),
    paper: comparableFigure([{ step: 0, config }]),
  };
  await draw('curves', (frame) => drawCurves(frame, model));
}

/** Draws on a canvas of the first view, if the page has it, in tasks of their own. */
async function draw(
  testId: string,
  ...parts: ((frame: Frame, canvas: HTMLCanvasElement) => void)[]
): Promise<void> {
  const canvas = document.querySelector<HTMLCanvasElement>(`#root canvas[data-testid="${testId}"]`);
  const frame = canvas && openFrame(canvas, measureCanvas(canvas));
  for (const part of parts) {
    await pause();
    if (frame) part(frame, canvas);
  }
  await pause();
}
