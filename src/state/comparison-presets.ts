import { EXPERIMENTS } from '../experiments/table.ts';
import { ConfigError } from '../settings/fields.ts';
import {
  type Config,
  type ExperimentName,
  methodName,
  type Pinned,
  usedByMethod,
} from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { Lockstep } from '../worker/protocol.ts';
import { type Axis, type Display, laneConfig } from './comparison.ts';

/** Settings of the main lane, and what the lanes beside it do differently. */
export interface ComparisonPreset {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly main: Pinned;
  readonly differences: readonly Pinned[];
  /** What lanes have in equal measure, where that is not steps. */
  readonly lockstep?: Lockstep;
  /** What the curves are drawn over, where the comparison is about that; else it stays as it was. */
  readonly axis?: Axis;
  /** How answers over the square are shown, where that is not as maps. */
  readonly show?: Display;
  /** What is to be learned stands beside the lanes. */
  readonly truth?: boolean;
  /** Not in the paper. */
  readonly beyond?: boolean;
}

const METHODS = {
  BP: { gradient: 'BP', localLosses: false },
  G: { gradient: 'RFG', scope: 'G', localLosses: false },
  L: { gradient: 'RFG', scope: 'L', localLosses: false },
  'BP-LL': { gradient: 'BP', localLosses: true },
  'L-LL': { gradient: 'RFG', scope: 'L', localLosses: true },
} as const satisfies Record<string, Pinned>;

const with_ = (surrogate: Config['surrogate'], method: Pinned): Pinned => ({ surrogate, ...method });
const { BP, G, L } = METHODS;
/** SG-BP, SG-RFG-G (randomized forward-mode gradient), SG-RFG-L and the same with WSG: the order of the paper's Figure 6. */
const SIX = (['SG', 'WSG'] as const).flatMap((s) => [BP, G, L].map((method) => with_(s, method)));
const TEN = [
  ...SIX,
  ...[METHODS['BP-LL'], METHODS['L-LL']].flatMap((m) => [with_('SG', m), with_('WSG', m)]),
];

type Set = Pick<ComparisonPreset, 'id' | 'label' | 'help' | 'show' | 'truth'> & {
  readonly methods: readonly Pinned[];
};

/** Methods side by side by a plain name. */
const SETS: readonly Set[] = [
  {
    id: 'three',
    label: 'BP | RFG-G | RFG-L',
    help: 'Back-propagation and both kinds of random forward gradients: three lanes',
    methods: SIX.slice(0, 3),
  },
  {
    id: 'six',
    label: 'SG and WSG: BP | RFG-G | RFG-L',
    help: 'The same three with either surrogate: six lanes',
    methods: SIX,
  },
  {
    id: 'ten',
    label: 'All ten methods',
    help: 'Those six, and BP and RFG-L with local losses',
    methods: TEN,
  },
];

const byName = (name: string): Pinned => TEN.find((method) => methodName(resolveConfig(method)) === name)!;

const isTen = ({ methods }: Set) => methods.length === TEN.length;

/** Figures and tables of the paper in the experiment that they show, the like by a plain name elsewhere; all ten come last. */
function setsOf(experiment: ExperimentName): Set[] {
  const paper = (EXPERIMENTS[experiment].paper?.comparisons ?? []).map(
    ({ methods, ...set }): Set => ({ ...set, methods: methods.map(byName) }),
  );
  const sizes = paper.map(({ methods }) => methods.length);
  const plain = SETS.filter(({ methods }) => !sizes.includes(methods.length));
  return [...paper, ...plain].sort((a, b) => Number(isTen(a)) - Number(isTen(b)));
}

/** Two lanes that differ in one toggle, beginning with the choice in force where it takes part. */
function pair(
  config: Config,
  toggle: 'scope' | 'gradient' | 'surrogate',
): Pick<ComparisonPreset, 'main' | 'differences'> {
  if (toggle === 'scope') {
    const { gradient } = usedByMethod('scope', config) ? config : ({ gradient: 'RFG' } as const);
    return { main: { gradient, scope: 'G' }, differences: [{ scope: 'L' }] };
  }
  if (toggle === 'gradient')
    return { main: { gradient: 'BP' }, differences: [{ gradient: 'RFG', scope: config.scope }] };
  const main: Pinned = { surrogate: 'SG', ...(usedByMethod('surrogate', config) ? {} : { gradient: 'BP' }) };
  return { main, differences: [{ surrogate: 'WSG' }] };
}

/** Comparisons that one click starts. */
export function comparisonPresets(config: Config): ComparisonPreset[] {
  return [
    {
      id: 'scope',
      label: 'G | L',
      help: 'One direction for all layers, or one derivative a layer',
      ...pair(config, 'scope'),
    },
    {
      id: 'gradient',
      label: 'BP | RFG',
      help: 'Back-propagation, or random forward gradients',
      ...pair(config, 'gradient'),
    },
    {
      id: 'surrogate',
      label: 'SG | WSG',
      help: 'The surrogate in closed form, or estimated from samples',
      ...pair(config, 'surrogate'),
    },
    ...setsOf(config.experiment).map(({ methods, ...set }) => ({
      ...set,
      main: { ...methods[0], steps: longest(config, methods) },
      differences: methods.slice(1),
    })),
    ...beyond(config),
  ];
}

/** Why a comparison cannot be made with what is pinned; undefined where it can. */
export function presetFault({ main, differences }: ComparisonPreset, pinned: Pinned): string | undefined {
  try {
    const all = { ...pinned, ...main };
    resolveConfig(all);
    for (const difference of differences) laneConfig(all, difference);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** Methods without a backward pass, the one with the least error first. */
const FORWARD: readonly Pinned[] = [
  { gradient: 'WP', scope: 'A' },
  { gradient: 'RFG', scope: 'A' },
  { gradient: 'RFG', scope: 'L' },
];

/** Comparisons that the paper does not make. */
function beyond(config: Config): ComparisonPreset[] {
  const surrogate: Pinned = config.surrogate === 'WSG' ? { surrogate: 'WSG' } : {};
  const L_ = { ...surrogate, ...L };
  const { operator, comparisons = [] } = EXPERIMENTS[config.experiment];
  const presets: ComparisonPreset[] = [
    ...comparisons.map(({ lanes: [main, ...differences], ...own }) => ({ ...own, main, differences })),
    {
      id: 'activity',
      label: 'G | L | A* | BP',
      help: 'A perturbs every sample’s own currents: as cheap as G and L, nearly as good as BP',
      main: { ...surrogate, ...G },
      differences: [{ scope: 'L' }, { scope: 'A' }, { gradient: 'BP' }],
    },
    {
      id: 'forward',
      label: 'Forward only*',
      help: 'Back-propagation, then three that never go back: shaken neurons, shaken currents of every sample, a guess for every layer',
      main: { ...surrogate, gradient: 'BP', steps: longest(config, FORWARD) },
      differences: FORWARD,
      axis: 'passes',
    },
    {
      id: 'directions',
      label: 'K = 1 | 4 | 16',
      help: 'More directions a step: a better estimate at a higher price',
      main: { ...L_, K: 1 },
      differences: [{ K: 4 }, { K: 16 }],
    },
    {
      id: 'flipout',
      label: 'L | L with flipout*',
      help: 'Every sample sees the direction with signs of its own, at the same price',
      main: { ...L_, flipout: false },
      differences: [{ flipout: true }],
    },
    {
      id: 'indirect',
      label: operator ? 'BP | ANN → SNN*' : 'BP | ANN → SNN* | RF*',
      help: 'Trained with spikes, trained as rates and then run with spikes, or hidden weights not trained at all',
      main: { ...surrogate, gradient: 'BP' },
      differences: [{ gradient: 'ANN' }, ...(operator ? [] : [{ gradient: 'RF' as const }])],
    },
    {
      id: 'law',
      label: '±1 | Gaussian',
      help: 'Directions of fixed length, or normal ones',
      main: { ...L_, law: 'rademacher' },
      differences: [{ law: 'gaussian' }],
    },
    ...(operator
      ? []
      : [
          {
            id: 'init',
            label: 'Uniform | data-driven',
            help: 'Initial weights drawn blindly, or as random features of the data*',
            main: { init: 'uniform' as const },
            differences: [{ init: 'data' as const }],
          },
        ]),
  ];
  return presets.map((preset) => ({ ...preset, beyond: true }));
}

/** The longest schedule among the methods: the budget that all of them get. */
function longest(config: Config, methods: readonly Pinned[]): number {
  const { experiment, recipe }: { experiment: ExperimentName; recipe: Config['recipe'] } = config;
  return Math.max(...methods.map((method) => resolveConfig({ experiment, recipe, ...method }).steps));
}
