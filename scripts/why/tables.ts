import { formatNumber } from '../../src/views/figures/canvas/ticks.ts';
import type { KeptWhy, Looked } from './kept.ts';
import { hasCosines, type Summary, summaryAt } from './summaries.ts';

const line = (parts: readonly string[]) => `| ${parts.join(' | ')} |`;

function table(header: readonly string[], rows: readonly (readonly string[])[], texts: number): string {
  const rule = header.map((_, column) => (column < texts ? '---' : '---:'));
  return [header, rule, ...rows].map(line).join('\n');
}

const said = (format: (value: number) => string, { median, min, max }: Summary) =>
  min === max ? format(median) : `${format(median)} [${format(min)}, ${format(max)}]`;
const cosineSaid = (summary: Summary) => said((value) => formatNumber(value), summary);
const percent = ({ median }: Summary) => `${(100 * median).toPrecision(2)} %`;
/** Two significant digits. */
function share(value: number): string {
  if (value === 0) return '0';
  if (value >= 99.5) return String(Math.round(value));
  return Math.abs(value) < 0.001 ? value.toExponential(1) : value.toPrecision(2);
}

/** Gradients that estimates are compared with, and what is compared. */
export const KINDS = [
  ['withBackprop', ['mean1', 'mean4', 'drawn']],
  ['withSmoothed', ['BP', 'mean1', 'mean4', 'drawn']],
  ['withWhole', ['BP', 'mean1', 'mean4', 'drawn']],
] as const;
/** How estimates are named in tables and figures. */
export const NAMES = {
  BP: 'BP',
  mean1: 'averaged, K = 1',
  mean4: 'averaged, K = 4',
  drawn: '±1 drawn',
} as const;
const REFERENCES = {
  withBackprop: 'with BP’s gradient, same batch',
  withSmoothed: 'with the smoothed true gradient, same batch',
  withWhole: 'with the true gradient, all training data',
} as const;

/** Cosines of one experiment over training: a table for each reference. */
export function cosineTables(why: KeptWhy, experiment: Looked): string {
  const { layers, moments } = why.alignment[experiment];
  const rowsOf = (kind: (typeof KINDS)[number][0], names: readonly (keyof typeof NAMES)[]) =>
    layers.flatMap((layer) =>
      moments.flatMap(({ step }) => {
        if (!hasCosines(why, experiment, layer, step))
          return [[layer, String(step), ...names.map(() => '–'), ...extras(kind).map(() => '–')]];
        const at = (field: string) => summaryAt(why, `cosine/${experiment}/${layer}/${step}/${field}`);
        return [
          [
            layer,
            String(step),
            ...names.map((name) => cosineSaid(at(`${kind}/${name}`))),
            ...extras(kind).map(([, cell]) => cell(at)),
          ],
        ];
      }),
    );
  const extras = (
    kind: (typeof KINDS)[number][0],
  ): [string, (at: (field: string) => Summary) => string][] => {
    if (kind === 'withSmoothed') return [['its standard error', (at) => percent(at('smoothedError'))]];
    if (kind === 'withWhole')
      return [['length of BP’s over it', (at) => said((value) => value.toPrecision(3), at('length'))]];
    return [];
  };
  return KINDS.map(([kind, names]) => {
    const header = [
      'layer',
      'step',
      ...names.map((name) => NAMES[name]),
      ...extras(kind).map(([name]) => name),
    ];
    return `Cosines ${REFERENCES[kind]}:\n\n${table(header, rowsOf(kind, names), 1)}`;
  }).join('\n\n');
}

/** Cosines at the weights that BP comes to, of its gradient and of the averaged estimate. */
export function ownTable(why: KeptWhy, experiment: Looked): string {
  const { layers, moments } = why.backprop[experiment];
  const rows = layers.flatMap((layer) =>
    moments
      .filter(({ seeds }) => seeds.every((one) => one[layers.indexOf(layer)]))
      .map(({ step }) => {
        const at = (field: string) =>
          cosineSaid(summaryAt(why, `own/${experiment}/${layer}/${step}/${field}`));
        const kinds = ['withSmoothed', 'withWhole'] as const;
        return [layer, String(step), ...kinds.flatMap((kind) => [at(`${kind}/BP`), at(`${kind}/mean4`)])];
      }),
  );
  const header = ['BP, smoothed', 'averaged, K = 4, smoothed', 'BP, all data', 'averaged, K = 4, all data'];
  return table(['layer', 'step', ...header], rows, 1);
}

/** Bias and variance against ε of one experiment. */
export function shakeTable(why: KeptWhy, experiment: Looked): string {
  const { layers, seeds, reference } = why.shakes[experiment];
  const rows = layers.flatMap((layer, l) =>
    seeds[0][l].under.map(({ epsilon }) => {
      const at = (field: string) => summaryAt(why, `shake/${experiment}/${layer}/${epsilon}/${field}`);
      const bias = at('bias');
      const seen =
        epsilon === reference
          ? 'reference'
          : bias.median <= at('biasNoise').median
            ? `< ${share(at('biasNoise').median)}`
            : said(share, bias);
      return [
        layer,
        String(epsilon),
        seen,
        ...(['drawn', 'mean1', 'mean4'] as const).map((name) => said(share, at(`draws/${name}`))),
        said(share, at('batches')),
      ];
    }),
  );
  return table(
    ['layer', 'ε', 'bias²', 'noise of ±1 drawn', 'averaged, K = 1', 'averaged, K = 4', 'noise over batches'],
    rows,
    1,
  );
}

/** Noise of the signs against the width of the layer. */
export function widthTable(why: KeptWhy): string {
  const layer = 'hidden 2';
  const rows = why.widths.seeds[0].map(({ width }) => {
    const at = (field: string) => summaryAt(why, `width/hat/${layer}/${width}/${field}`);
    return [
      String(width),
      ...['drawn', 'theory', 'averaged'].map((field) =>
        said((value) => (value < 1e-9 ? '0' : value.toPrecision(3)), at(field)),
      ),
    ];
  });
  return table(['neurons N', '±1 drawn', '(N - 1) Σ ‖g_n‖² / ‖Σ g_n‖²', 'averaged'], rows, 0);
}

/** A block of docs/results.md. @throws Error for a name that there is not */
export function whyBlock(why: KeptWhy, name: string): string {
  const [kind, experiment] = name.split('-') as [string, Looked];
  const command = '    npm run why\n';
  const from = `Seeds ${why.seeds.join(', ')}; commit ${why.commit}.`;
  if (kind === 'cosines' && why.alignment[experiment]) {
    const { epsilon, sigma } = why.alignment[experiment];
    return `${command}\n${cosineTables(why, experiment)}\n\n${experiment}; recipe live; ε = ${epsilon}; BP: SG, σ = ${sigma}; means over ${why.draws} draws, ${why.perturbations.toLocaleString('en-US')} Gaussian perturbations of every row. ${from}\n`;
  }
  if (kind === 'shake' && why.shakes[experiment]) {
    const { step, reference } = why.shakes[experiment];
    return `${command}\n${shakeTable(why, experiment)}\n\n${experiment}; recipe live; weights of step ${step}; bias against ε = ${reference} over ${why.parts} sets of training data drawn anew; noise over ${why.batches} batches. ${from}\n`;
  }
  if (kind === 'own' && why.backprop[experiment])
    return `${command}\n${ownTable(why, experiment)}\n\n${experiment}; recipe live; weights trained by SG-BP. ${from}\n`;
  if (kind === 'widths')
    return `${command}\n${widthTable(why)}\n\nhat; recipe live but for the width of both hidden layers; weights of step ${why.widths.step}. ${from}\n`;
  throw new Error(`docs/results.md: nothing measured is called “${name}”`);
}
