import { useRef } from 'react';
import type { Cell } from '../../../io/csv.ts';
import { NEURON_CONSTANTS, type NeuronSettings, spikesAt } from '../../../state/labs/neuron.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { linearScale, niceTicks } from '../../figures/canvas/ticks.ts';
import figure from '../../figures/figure.module.css';
import { useFigure } from '../../figures/use-figure.ts';
import { useSummary } from '../../figures/use-summary.ts';
import { ExportMenu } from '../../share/ExportMenu.tsx';
import { Term } from '../../terms/Term.tsx';
import { useRendered } from '../use-rendered.ts';
import { largestCurrent, type Measured, neuronKey, useMeasured } from './measured.ts';
import css from './RateCurve.module.css';

/** The rate over a steady current: a point for each current that was tried. */
export function RateCurve({
  settings,
  madeWith,
}: {
  readonly settings: NeuronSettings;
  readonly madeWith: () => readonly string[];
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { measured, sweep, clear } = useMeasured(settings);
  const points = measured.get(neuronKey(settings));
  useFigure(canvas, [], (frame) => drawRateCurve(frame, settings, measured));
  const rendered = useRendered();
  useSummary(canvas, [rendered], () => {
    const rates = [...(points?.values() ?? [])];
    return `Rate over current: ${rates.length} currents tried${rates.length > 0 ? `, rates from ${Math.min(...rates)} to ${Math.max(...rates)}` : ''}`;
  });
  const table = () => ({
    header: [...NEURON_CONSTANTS.map(columnName), 'current', 'rate'],
    rows: [...measured].flatMap(([key, points]) =>
      [...points].sort(([a], [b]) => a - b).map((point) => [...settingsOf(key), ...point]),
    ),
  });
  return (
    <section className={css.curve} data-figure>
      <div className={css.head}>
        <h3>
          <Term id="firingRate">Rate</Term> over <Term id="current">current</Term>
        </h3>
        <button type="button" className={figure.button} onClick={sweep} data-testid="lab-sweep">
          try all
        </button>
        <button type="button" className={figure.button} onClick={clear} aria-label="Clear the curve">
          clear
        </button>
        <ExportMenu name="rate over current" table={table} madeWith={madeWith} />
      </div>
      <div className={`${figure.figure} ${css.plot}`} translate="no">
        <canvas ref={canvas} role="img" aria-label="Rate over current" data-testid="lab-curve" />
      </div>
    </section>
  );
}

/** synapticDecay: synaptic_decay. */
const columnName = (name: string) =>
  name
    .replaceAll(/[a-z](?=[A-Z])/g, '$&_')
    .toLowerCase()
    .replace(/^t$/, 'T');

/** The constants of a neuron's key. */
const settingsOf = (key: string): Cell[] =>
  key.split(' ').map((text) => (Number.isNaN(Number(text)) ? text : Number(text)));

function drawRateCurve(frame: Frame, settings: NeuronSettings, measured: Measured): void {
  const { ctx, theme, width, height } = frame;
  const scale = theme.fontSize / 11.5;
  const box = { left: 44 * scale, top: 8, width: width - 52 * scale, height: height - 8 - 36 * scale };
  const most = largestCurrent(settings);
  const x = linearScale(0, most, box.left, box.left + box.width);
  const y = linearScale(0, 1, box.top + box.height, box.top);
  drawYAxis(frame, box, { ticks: niceTicks(0, 1, 4), scale: y, label: 'rate', grid: true });
  drawXAxis(frame, box, { ticks: niceTicks(0, most, 4), scale: x, label: 'steady current Z' });
  const { threshold, leak, kind, input, current, T } = settings;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left - 4, box.top - 4, box.width + 8, box.height + 8);
  ctx.clip();
  if (leak === 1 && kind === 'LIF') {
    const end = Math.min(most, threshold);
    line(frame, x(0), y(0), x(end), y(end / threshold), theme.muted, 1, [4, 3]);
    ctx.textAlign = 'right';
    ctx.textBaseline = 'bottom';
    haloText(frame, 'Z/ϑ', x(0.62 * end) - 6, y((0.62 * end) / threshold) - 2, theme.muted);
  }
  const own = neuronKey(settings);
  const dots = (points: ReadonlyMap<number, number>, colour: string, radius: number) => {
    ctx.fillStyle = colour;
    for (const [z, rate] of points) {
      ctx.beginPath();
      ctx.arc(x(z), y(rate), radius, 0, 2 * Math.PI);
      ctx.fill();
    }
  };
  for (const [key, points] of measured) if (key !== own) dots(points, theme.fillStrong, 2);
  const points = measured.get(own);
  if (points) dots(points, theme.trace, 2.4);
  if (input === 'steady' && current >= 0) {
    ctx.beginPath();
    ctx.arc(x(current), y(spikesAt(settings, current) / T), 5.5, 0, 2 * Math.PI);
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = theme.accent;
    ctx.stroke();
  }
  ctx.restore();
  if (points) return;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const middle = box.left + box.width / 2;
  haloText(frame, 'measured with a steady current', middle, y(0.9), theme.muted);
}
