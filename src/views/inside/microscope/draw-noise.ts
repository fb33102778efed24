import type { Table } from '../../../io/csv.ts';
import type { SurrogateNoise } from '../../../training/microscope.ts';
import { formatLogTick, logRange, logScale, logTicks } from '../../curves/log-axis.ts';
import { drawXAxis, drawYAxis, haloText } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { formatTick } from '../../figures/canvas/ticks.ts';
import { SAMPLES } from './use-noise.ts';

/** The points as they are drawn. */
export function noiseTable(noise: readonly SurrogateNoise[]): Table {
  return {
    header: ['sigma', 'samples', 'noise_over_gradient', 'cosine'],
    titles: ['σ', 'samples', 'noise / |gradient|', 'cosine'],
    rows: noise.map(({ sigma, samples, deviation, cosine }) => [sigma, samples, deviation, cosine]),
  };
}

const DASHES = [[], [6, 4], [2, 3]];

/** Noise of WSG's gradient over the number of samples δ, both logarithmic; one line a width σ, thin lines: 1/√K from the first. */
export function drawNoise(frame: Frame, noise: readonly SurrogateNoise[]): void {
  const { ctx, theme, width, height } = frame;
  const box = { left: 56, top: 10, width: width - 130, height: height - 52 };
  const [low, high] = logRange(
    noise.map(({ deviation }) => deviation),
    0.2,
    0.5,
  );
  const x = logScale(1, 16, box.left + 6, box.left + box.width - 6);
  const y = logScale(low, high, box.top + box.height, box.top);
  drawYAxis(frame, box, {
    ticks: logTicks(low, high, 5),
    scale: y,
    format: formatLogTick,
    grid: true,
    label: 'noise / |gradient|',
  });
  drawXAxis(frame, box, { ticks: SAMPLES, scale: x, label: 'samples δ' });
  const widths = [...new Set(noise.map(({ sigma }) => sigma))];
  widths.forEach((sigma, i) => {
    const points = noise.filter((point) => point.sigma === sigma && point.deviation > 0);
    if (points.length === 0) return;
    const stroke = (colour: string, thickness: number, value: (p: SurrogateNoise) => number) => {
      ctx.strokeStyle = colour;
      ctx.lineWidth = thickness;
      ctx.beginPath();
      for (const point of points) ctx.lineTo(x(point.samples), y(value(point)));
      ctx.stroke();
    };
    ctx.setLineDash([]);
    stroke(theme.muted, 0.75, ({ samples }) => points[0].deviation / Math.sqrt(samples));
    ctx.setLineDash(DASHES[i % DASHES.length]);
    stroke(theme.accent, 2, ({ deviation }) => deviation);
    ctx.setLineDash([]);
    const last = points[points.length - 1];
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    haloText(frame, `σ = ${formatTick(sigma)}`, x(last.samples) + 8, y(last.deviation), theme.ink);
  });
}
