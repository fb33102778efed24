import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Frame } from '../../src/views/figures/canvas/surface.ts';
import { type Curve, drawKey, drawPanel, HEAD } from '../paper-figures/curve-panel.ts';
import { figure } from '../paper-figures/frame.ts';
import { EXPERIMENT_NAMES, type KeptWhy, type Looked } from './kept.ts';
import { hasCosines, type Summary, summaryAt } from './summaries.ts';
import { KINDS, NAMES } from './tables.ts';

const WIDTH = 760;
const ROW = 230;
const HEADINGS = {
  withBackprop: 'BP’s gradient',
  withSmoothed: 'smoothed true gradient',
  withWhole: 'true gradient of all data',
} as const;
const TITLES: Readonly<Record<Looked, string>> = { hat: 'The Mexican hat', poisson: 'The Poisson equation' };

/** A panel for each hidden layer, one beside the other; `rows` of them. */
function grid(
  title: string,
  names: readonly string[],
  layers: readonly string[],
  rows: readonly ((layer: string) => (frame: Frame, size: { width: number; height: number }) => void)[],
  height: number,
): string {
  const size = { width: WIDTH / layers.length, height };
  return figure(title, WIDTH, HEAD + height * rows.length, [
    { left: 0, top: 0, width: WIDTH, height: HEAD, draw: (frame) => drawKey(frame, names, 140) },
    ...rows.flatMap((row, r) =>
      layers.map((layer, column) => ({
        ...size,
        left: column * size.width,
        top: HEAD + r * height,
        draw: (frame: Frame) => row(layer)(frame, size),
      })),
    ),
  ]);
}

const point = (step: number, { median, min, max }: Summary) => ({ step, median, least: min, greatest: max });

/** Cosines of estimates over training: a row for each gradient that they are compared with. */
export function cosineFigure(why: KeptWhy, experiment: Looked): string {
  const { layers, moments } = why.alignment[experiment];
  const last = Math.max(...moments.map(({ step }) => step));
  // A logarithmic axis has no place for step 0: it stands where 1 would be.
  const place = (step: number) => Math.max(1, step);
  const first = place(Math.min(...moments.map(({ step }) => step)));
  const formatBelow = (step: number) => (step === 1 ? '0' : step >= 1000 ? `${step / 1000}k` : String(step));
  const least = layers.flatMap((layer) =>
    moments
      .filter(({ step }) => hasCosines(why, experiment, layer, step))
      .flatMap(({ step }) =>
        KINDS.flatMap(([kind, names]) =>
          names.map((name) => summaryAt(why, `cosine/${experiment}/${layer}/${step}/${kind}/${name}`).min),
        ),
      ),
  );
  const low = Math.min(0, Math.floor(5 * Math.min(...least)) / 5);
  const rows = KINDS.map(
    ([kind, names]) =>
      (layer: string) =>
      (frame: Frame, size: { width: number; height: number }) => {
        const curves = [...names].reverse().map(
          (name: keyof typeof NAMES): Curve => ({
            method: NAMES[name],
            points: moments
              .filter(({ step }) => hasCosines(why, experiment, layer, step))
              .map(({ step }) =>
                point(place(step), summaryAt(why, `cosine/${experiment}/${layer}/${step}/${kind}/${name}`)),
              ),
          }),
        );
        const ranges = { first, last, low, high: 1 };
        const heading = `${layer}: ${HEADINGS[kind]}`;
        drawPanel(frame, size, curves, ranges, {
          heading,
          below: 'training steps',
          beside: 'cosine',
          linear: true,
          formatBelow,
        });
      },
  );
  return grid(`${TITLES[experiment]}: where the estimates point`, Object.values(NAMES), layers, rows, ROW);
}

/** Bias and noise of the estimates against ε. */
export function shakeFigure(why: KeptWhy, experiment: Looked): string {
  const { layers, seeds, epsilon: own, step } = why.shakes[experiment];
  const epsilons = seeds[0][0].under.map(({ epsilon }) => epsilon);
  const fields = {
    'bias²': 'bias',
    '±1 drawn': 'draws/drawn',
    'averaged, K = 1': 'draws/mean1',
    'averaged, K = 4': 'draws/mean4',
    'over batches': 'batches',
  };
  const greatest = layers.flatMap((layer) =>
    epsilons.map((epsilon) => summaryAt(why, `shake/${experiment}/${layer}/${epsilon}/draws/drawn`).max),
  );
  const high = 10 ** Math.ceil(Math.log10(Math.max(...greatest)));
  const row = (layer: string) => (frame: Frame, size: { width: number; height: number }) => {
    const at = (epsilon: number, field: string) =>
      summaryAt(why, `shake/${experiment}/${layer}/${epsilon}/${field}`);
    const curves = Object.entries(fields).map(
      ([method, field]): Curve => ({
        method,
        points: epsilons
          .filter((epsilon) => {
            const { median } = at(epsilon, field);
            return median > (field === 'bias' ? at(epsilon, 'biasNoise').median : 1e-9);
          })
          .map((epsilon) => point(epsilon, at(epsilon, field))),
      }),
    );
    const ranges = { first: epsilons[0], last: epsilons[epsilons.length - 1], low: 1e-4, high };
    drawPanel(
      frame,
      size,
      curves.map(({ method, points }) => ({
        method,
        points: points.map((each) => ({ ...each, least: Math.max(each.least, ranges.low) })),
      })),
      ranges,
      {
        heading: `${layer}: share of the gradient’s square`,
        below: `ε (the recipe has ${own})`,
        beside: 'share',
        formatBelow: String,
      },
    );
  };
  return grid(
    `${TITLES[experiment]}: bias and noise against ε, step ${step}`,
    Object.keys(fields),
    layers,
    [row],
    300,
  );
}

/** All figures of `npm run why`, as SVG by file name. */
export const whyFigures = (why: KeptWhy): Record<string, string> =>
  Object.fromEntries(
    EXPERIMENT_NAMES.flatMap((name) => [
      [`why-${name}`, cosineFigure(why, name)],
      [`shake-${name}`, shakeFigure(why, name)],
    ]),
  );

/** Draws them into docs/images. */
export function writeWhyFigures(why: KeptWhy): void {
  for (const [name, svg] of Object.entries(whyFigures(why))) {
    const file = fileURLToPath(new URL(`../../docs/images/${name}.svg`, import.meta.url));
    writeFileSync(file, svg);
    console.log(`${file}: ${Math.round(svg.length / 1000)} kB`);
  }
}
