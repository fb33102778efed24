import type { NetworkSpec } from '../../../snn/network.ts';
import type { LaneState } from '../../../state/lane-store.ts';
import { line } from '../canvas/axes.ts';
import { type Box, crisp, type Frame } from '../canvas/surface.ts';
import { timeScale } from '../canvas/time-axis.ts';

const GAP = 9;
const SHARE = 0.16;
const LEAST = 16;

/** Height, with a gap below, of what a network is fed over time, out of a raster's; 0 where inputs are held. */
export const inputHeight = ({ factors }: NetworkSpec, height: number): number =>
  factors[0].sequence ? Math.max(LEAST, SHARE * height) + GAP : 0;

/** Inputs over time: spikes as marks, one row a channel; other numbers as a curve each, from the least to the greatest. */
export function drawInput(
  frame: Frame,
  box: Box,
  above: number,
  { factors: [{ inputs: channels }] }: NetworkSpec,
  { probe, data }: Pick<LaneState, 'probe' | 'data'>,
): void {
  const row = probe?.requestedRow ?? data?.test.factors[0].inputs;
  if (!probe || !row) return;
  const { T } = probe;
  const { ctx, theme, ratio } = frame;
  const height = above - GAP;
  const x = timeScale(T, box);
  const at = (t: number, channel: number) => row[(t - 1) * channels + channel];
  const values = Array.from({ length: T * channels }, (_, n) => row[n]);
  const base = crisp(box.top + height + 1, ratio);
  line(frame, box.left, base, box.left + box.width, base, theme.line);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.font = theme.fontBold;
  ctx.fillStyle = theme.ink;
  ctx.fillText('read', 0, box.top + height / 2);
  ctx.font = theme.font;
  if (values.every((value) => value === 0 || value === 1)) {
    const each = height / channels;
    const width = Math.max(2, Math.round(Math.min(3, (box.width / T) * 0.25) * ratio) / ratio);
    ctx.fillStyle = theme.accent;
    for (let c = 0; c < channels; c++)
      for (let t = 1; t <= T; t++)
        if (at(t, c) === 1)
          ctx.fillRect(
            Math.round((x(t) - width / 2) * ratio) / ratio,
            box.top + (c + 0.1) * each,
            width,
            0.8 * each,
          );
    return;
  }
  const least = Math.min(...values);
  const span = Math.max(...values) - least || 1;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1.5;
  for (let c = 0; c < channels; c++) {
    ctx.beginPath();
    for (let t = 1; t <= T; t++) {
      const y = box.top + height - ((at(t, c) - least) / span) * height;
      if (t === 1) ctx.moveTo(x(t), y);
      else ctx.lineTo(x(t), y);
    }
    ctx.stroke();
  }
}
