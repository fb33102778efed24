import type { Config, ExperimentName, Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { Lockstep } from '../worker/protocol.ts';
import type { Display } from './comparison.ts';

/** Settings of the main lane, and what the lanes beside it do differently. */
export interface ComparisonPreset {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly main: Pinned;
  readonly differences: readonly Pinned[];
  /** What lanes have in equal measure, where that is not steps. */
  readonly lockstep?: Lockstep;
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
/** SG-BP, SG-RFG-G, SG-RFG-L and the same with WSG: the order of the paper's Figure 6. */
const SIX = (['SG', 'WSG'] as const).flatMap((s) => [BP, G, L].map((method) => with_(s, method)));
const TEN = [
  ...SIX,
  ...[METHODS['BP-LL'], METHODS['L-LL']].flatMap((m) => [with_('SG', m), with_('WSG', m)]),
];

/** Methods side by side: a figure or table of the paper in the experiment that it shows, elsewhere the like by a plain name. */
const SETS: readonly (Pick<ComparisonPreset, 'id' | 'label' | 'help' | 'show' | 'truth'> & {
  readonly experiments: readonly ExperimentName[];
  readonly methods: readonly Pinned[];
})[] = [
  {
    id: 'figure5',
    label: 'Figure 5',
    help: 'The hat as surfaces: truth, SG-RFG-G, SG-RFG-L and SG-BP',
    experiments: ['hat'],
    methods: [G, L, BP].map((method) => with_('SG', method)),
    show: 'surfaces',
    truth: true,
  },
  {
    id: 'figure6',
    label: 'Figure 6',
    help: 'One solution by SG-BP, SG-RFG-G, SG-RFG-L and the same with WSG',
    experiments: ['poisson'],
    methods: SIX,
  },
  {
    id: 'figure7',
    label: 'Figure 7',
    help: 'Maps of SG-BP, SG-RFG-G, SG-RFG-L and the truth, with the errors point by point',
    experiments: ['reaction-diffusion'],
    methods: SIX.slice(0, 3),
    truth: true,
  },
  {
    id: 'three',
    label: 'BP | RFG-G | RFG-L',
    help: 'Back-propagation and both kinds of random forward gradients: three lanes',
    experiments: ['poisson'],
    methods: SIX.slice(0, 3),
  },
  {
    id: 'six',
    label: 'SG and WSG: BP | RFG-G | RFG-L',
    help: 'The same three with either surrogate: six lanes',
    experiments: ['hat', 'reaction-diffusion'],
    methods: SIX,
  },
  {
    id: 'table1',
    label: 'Table 1',
    help: 'All ten methods of the paper’s table',
    experiments: ['poisson'],
    methods: TEN,
  },
  {
    id: 'ten',
    label: 'All ten methods',
    help: 'Those six, and BP and RFG-L with local losses',
    experiments: ['hat', 'reaction-diffusion'],
    methods: TEN,
  },
];

/** Two lanes that differ in one toggle, beginning with the choice in force where it takes part. */
function pair(
  config: Config,
  toggle: 'scope' | 'gradient' | 'surrogate',
): Pick<ComparisonPreset, 'main' | 'differences'> {
  if (toggle === 'scope') {
    const rfg = config.gradient !== 'WP';
    return { main: { ...(rfg && { gradient: 'RFG' as const }), scope: 'G' }, differences: [{ scope: 'L' }] };
  }
  if (toggle === 'gradient')
    return { main: { gradient: 'BP' }, differences: [{ gradient: 'RFG', scope: config.scope }] };
  const main: Pinned = config.gradient === 'WP' ? { gradient: 'BP', surrogate: 'SG' } : { surrogate: 'SG' };
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
    ...SETS.filter(({ experiments }) => experiments.includes(config.experiment)).map(
      ({ experiments: _, methods, ...set }) => ({
        ...set,
        main: { ...methods[0], steps: longest(config, methods) },
        differences: methods.slice(1),
      }),
    ),
    ...beyond(config),
  ];
}

/** Comparisons that the paper does not make. */
function beyond(config: Config): ComparisonPreset[] {
  const surrogate: Pinned = config.surrogate === 'WSG' ? { surrogate: 'WSG' } : {};
  const L_ = { ...surrogate, ...L };
  const hat = config.experiment === 'hat';
  const presets: ComparisonPreset[] = [
    {
      id: 'activity',
      label: 'G | L | A* | BP',
      help: 'A perturbs every sample’s own currents: as cheap as G and L, nearly as good as BP',
      main: { ...surrogate, ...G },
      differences: [{ scope: 'L' }, { scope: 'A' }, { gradient: 'BP' }],
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
      label: hat ? 'BP | ANN → SNN* | RF*' : 'BP | ANN → SNN*',
      help: 'Trained with spikes, trained as rates and then run with spikes, or hidden weights not trained at all',
      main: { ...surrogate, gradient: 'BP' },
      differences: [{ gradient: 'ANN' }, ...(hat ? [{ gradient: 'RF' as const }] : [])],
    },
    {
      id: 'law',
      label: '±1 | Gaussian',
      help: 'Directions of fixed length, or normal ones',
      main: { ...L_, law: 'rademacher' },
      differences: [{ law: 'gaussian' }],
    },
    ...(hat
      ? [
          {
            id: 'init',
            label: 'Uniform | data-driven',
            help: 'Initial weights drawn blindly, or as random features of the data*',
            main: { init: 'uniform' as const },
            differences: [{ init: 'data' as const }],
          },
        ]
      : []),
  ];
  return presets.map((preset) => ({ ...preset, beyond: true }));
}

/** The longest schedule among the methods: the budget that all of them get. */
function longest(config: Config, methods: readonly Pinned[]): number {
  const { experiment, recipe }: { experiment: ExperimentName; recipe: Config['recipe'] } = config;
  return Math.max(...methods.map((method) => resolveConfig({ experiment, recipe, ...method }).steps));
}
