import type { Table } from '../../../io/csv.ts';
import {
  distanceFrom,
  expectedDistance,
  type Guess,
  type GuessesSettings,
  gradientAt,
  runningAverages,
} from '../../../state/labs/guesses.ts';
import { formatLogTick, logScale, logTicks } from '../../curves/log-axis.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { niceBound } from '../../figures/canvas/ticks.ts';

const LOW = 0.01;
const HIGH = { rademacher: 2, gaussian: 5 };

/** The guesses as they are drawn: what each makes of the gradient, their mean so far, and its distance. */
export function guessesTable(settings: GuessesSettings, guesses: readonly Guess[]): Table {
  const { a, b, law, seed } = settings;
  const gradient = gradientAt(a, b);
  const averages = runningAverages(guesses);
  return {
    header: [
      ...['guess', 'direction_a', 'direction_b', 'derivative', 'estimate_a', 'estimate_b'],
      ...['mean_a', 'mean_b', 'distance_over_gradient', 'distance_by_theory'],
    ],
    rows: guesses.map(({ direction, derivative, estimate }, k) => [
      ...[k + 1, ...direction, derivative, ...estimate, ...averages[k]],
      ...[distanceFrom(gradient, averages[k]), expectedDistance(law, k + 1)],
    ]),
    notes: [
      `a ${a}`,
      `b ${b}`,
      `gradient ${gradient.join(' and ')}`,
      `${law} guesses`,
      `seed of the guesses ${seed}`,
    ],
  };
}

/** Distance of the average from the gradient over the number of guesses, both logarithmic, and what theory expects. */
export function drawDistance(frame: Frame, settings: GuessesSettings, guesses: readonly Guess[]): void {
  const { ctx, theme, width, height } = frame;
  const scale = theme.fontSize / 11.5;
  const box = { left: 50 * scale, top: 8, width: width - 62 * scale, height: height - 8 - 36 * scale };
  const { law } = settings;
  const high = HIGH[law];
  const most = niceBound(Math.max(100, guesses.length), [1, 2, 10]);
  const x = logScale(1, most, box.left, box.left + box.width);
  const y = logScale(LOW, high, box.top + box.height, box.top);
  drawYAxis(frame, box, {
    ticks: logTicks(LOW, high, 5),
    scale: y,
    format: formatLogTick,
    grid: true,
    label: 'distance / |gradient|',
  });
  drawXAxis(frame, box, { ticks: logTicks(1, most, 4), scale: x, format: formatLogTick, label: 'guesses' });
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left - 4, box.top - 4, box.width + 8, box.height + 8);
  ctx.clip();
  line(
    frame,
    x(1),
    y(expectedDistance(law, 1)),
    x(most),
    y(expectedDistance(law, most)),
    theme.muted,
    1.5,
    [5, 4],
  );
  const gradient = gradientAt(settings.a, settings.b);
  const distances = runningAverages(guesses).map((average) => distanceFrom(gradient, average));
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2.2;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  distances.forEach((distance, k) => {
    ctx.lineTo(x(k + 1), y(Math.max(distance, LOW / 2)));
  });
  ctx.stroke();
  const last = distances.at(-1);
  if (last !== undefined) {
    ctx.fillStyle = theme.accent;
    ctx.beginPath();
    ctx.arc(x(distances.length), y(Math.max(LOW, last)), 4, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  const at = most / 3;
  haloText(
    frame,
    law === 'rademacher' ? 'theory: 1/√n' : 'theory: √3/√n',
    x(most) - 4,
    y(expectedDistance(law, at)) - 4,
    theme.ink,
  );
}
