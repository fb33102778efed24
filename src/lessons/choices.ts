import { HAT_GRID, HAT_SAMPLES } from '../experiments/hat.ts';
import { POISSON_NODES } from '../experiments/poisson.ts';
import { REACTION_DIFFUSION_GRID, REACTION_DIFFUSION_NODES } from '../experiments/reaction-diffusion.ts';
import { OF_PAPER } from '../experiments/table.ts';
import {
  type Config,
  type ExperimentName,
  FIELDS,
  type FieldName,
  formatField,
  isUsed,
} from '../training/config.ts';
import { STATED } from '../training/paper.ts';
import { resolveConfig } from '../training/presets.ts';

/** Something that the paper leaves open, and what is done here. */
interface Choice {
  readonly topic: string;
  /** What the paper says of it. */
  readonly paper: string;
  /** What that leaves open. */
  readonly open: string;
  /** What was chosen here; values of settings are not repeated in it, `defaultsOf` has them. */
  readonly ours: string;
  /** Settings that change it; none where it is built in. */
  readonly fields: readonly FieldName[];
}

const NOTHING = 'Says nothing of it.';

/** Every choice, in the order network, gradient, training, data, measurement. */
export const CHOICES: readonly Choice[] = [
  {
    topic: 'Input coding',
    paper: NOTHING,
    open: 'How real numbers enter a spiking network.',
    ours: 'Direct coding: the first layer’s current W x + b is the same at every time step.',
    fields: [],
  },
  {
    topic: 'Read-out and centring',
    paper: NOTHING,
    open: 'How spikes become a number.',
    ours: 'A linear layer without spikes on the mean over time of the last hidden layer’s spikes; with centring it sees mean rate − ½.',
    fields: ['centring'],
  },
  {
    topic: 'Threshold',
    paper: 'A threshold ϑ, without its value.',
    open: 'Its value.',
    ours: 'The same ϑ for all neurons.',
    fields: ['threshold'],
  },
  {
    topic: 'Width of the surrogate',
    paper: 'Gives σ and calls it the variance; its formulas use it as the standard deviation.',
    open: 'Which of the two it is.',
    ours: 'The standard deviation, as in the formulas.',
    fields: ['sigma'],
  },
  {
    topic: 'Where the surrogate is evaluated, and the reset',
    paper: 'Writes f(U); its recursion has no term for the reset.',
    open: 'The point x of f(x), and whether a derivative passes through the reset.',
    ours: 'x = U − ϑ with U before the reset. The reset is detached: no derivative passes through the spike S in it. The same holds for reset to zero, U (1 − S), which can be chosen instead.',
    fields: [],
  },
  {
    topic: 'Samples of the weak form (WSG)',
    paper: 'A mean over samples δ from N(0, σ²).',
    open: 'How many samples.',
    ours: 'Samples for every neuron, time step and row of the batch, read from a table of normal numbers at random places.',
    fields: ['samples'],
  },
  {
    topic: 'Law of the directions',
    paper: 'Directions are drawn from a Bernoulli distribution.',
    open: 'Its two values, and whether directions are independent of each other.',
    ours: 'Entries +1 and −1. On the hat they are independent. In the operator experiments directions are rows of a randomly signed Hadamard matrix in random order, drawn anew each cycle: they are orthogonal, so a cycle together measures the whole gradient of a batch that is held. Independent ±1 directions can be chosen.',
    fields: ['law'],
  },
  {
    topic: 'Size of the perturbation in each layer',
    paper: NOTHING,
    open: 'Whether all layers are perturbed alike.',
    ours: 'Entries ±s of a layer with its own s, the estimate divided by s²: still unbiased.',
    fields: ['scales'],
  },
  {
    topic: 'What a layer is',
    paper: 'Layer-wise RFG (L) has one directional derivative a layer.',
    open: 'Whether read-out and biases count as layers.',
    ours: 'One affine map is a layer, weights and bias together, the read-out included: 3 in the hat network, 4 in the DeepONet, 6 in the SepONet.',
    fields: [],
  },
  {
    topic: 'Scope of RFG-LL',
    paper: 'Its table has a row RFG-LL, without G or L.',
    open: 'Whether that is global or layer-wise.',
    ours: 'Layer-wise. Both can be chosen.',
    fields: ['scope'],
  },
  {
    topic: 'Heads of the local losses',
    paper: 'The loss of a learned projection of each hidden layer’s output against the target.',
    open: 'The projection’s form.',
    ours: 'One head for each hidden depth, on mean rates: linear in the hat network; in operator networks a product of projections of all factors, with the same boundary factor.',
    fields: ['localRank'],
  },
  {
    topic: 'Optimiser',
    paper: 'Writes θ ← θ − η g.',
    open: 'Whether the estimate is used as it is, normalised, or by Adam.',
    ours: 'Chosen by method. With one ±1 direction Adam’s second moment is the same for all weights, so RFG with Adam is a normalised step.',
    fields: ['optimiser', 'beta1', 'beta2', 'stabiliser'],
  },
  {
    topic: 'Learning rates and schedule',
    paper: NOTHING,
    open: 'All of it.',
    ours: 'Tuned for each method and experiment; the rate falls to a small part of itself over the run.',
    fields: ['rate', 'rateFactors', 'schedule', 'finalFraction'],
  },
  {
    topic: 'Training steps',
    paper: NOTHING,
    open: 'How long is trained.',
    ours: 'Chosen by method.',
    fields: ['steps'],
  },
  {
    topic: 'Batches and how long one is held',
    paper: NOTHING,
    open: 'Batch sizes, and whether a batch is drawn at every step.',
    ours: 'A batch is rows of each factor: functions × points. With Hadamard directions it is held for many steps.',
    fields: ['batch', 'sampling', 'hold'],
  },
  {
    topic: 'Initial weights',
    paper: NOTHING,
    open: 'All of it.',
    ours: 'uniform: U(±1/√inputs), hidden layers times the gain. data: random features from pairs of data points, read-out 0; of several factors as operator has it. operator: branch rows scaled to the forcings, trunk neurons as ramps spread over the interval.',
    fields: ['init', 'gain', 'currentStd', 'fitted'],
  },
  {
    topic: 'Random forcings of Poisson’s equation',
    paper: 'A Gaussian random field; for reaction–diffusion with a Gaussian kernel of length scale 1.',
    open: 'For Poisson the kernel and its length scale.',
    ours: 'The same kernel exp(−(x−x′)²/2ℓ²) for both. Errors depend much on ℓ.',
    fields: ['lengthScale'],
  },
  {
    topic: 'Boundary values of Poisson’s equation',
    paper: '−u″ = g on (−1, 1).',
    open: 'The boundary values.',
    ours: 'u(−1) = u(1) = 0.',
    fields: [],
  },
  {
    topic: 'Sensors',
    paper: NOTHING,
    open: 'At how many points the branch sees a forcing.',
    ours: 'Equispaced points, both ends included.',
    fields: ['sensors'],
  },
  {
    topic: 'Rank',
    paper: 'Sums of products of the factors’ outputs.',
    open: 'How many products.',
    ours: 'As many as every factor has outputs.',
    fields: ['rank'],
  },
  {
    topic: 'Normalisation',
    paper: NOTHING,
    open: 'In what units forcings and solutions are learned.',
    ours: 'Per-function scale: the branch sees g/rms(g), the output is multiplied by rms(g), and every training function weighs alike. For Poisson that is exact, since its solution is linear in g; for reaction–diffusion the branch also sees rms(f) − 1. Solutions are divided by their common spread, sensor values by theirs.',
    fields: ['perFunctionScale', 'lossWeight'],
  },
  {
    topic: 'Boundary factor',
    paper: NOTHING,
    open: 'Whether the network’s output meets the boundary values by construction.',
    ours: 'hard: the output is multiplied by 1 − y² (Poisson), by t (1 − s⁸) with s = 2x − 1 (reaction–diffusion). soft: no factor. Both stand in the tables.',
    fields: ['boundary'],
  },
  {
    topic: 'Solutions to learn from',
    paper: 'Their number, and the grid for reaction–diffusion.',
    open: 'How they are computed.',
    ours: `Poisson: fourth-order compact differences on ${POISSON_NODES} points. Reaction–diffusion: Crank–Nicolson with Newton’s method on ${REACTION_DIFFUSION_NODES} points in x, four time steps for each of the grid’s.`,
    fields: [],
  },
  {
    topic: 'Where the error is measured',
    paper: `Relative L2 errors; for reaction–diffusion a grid of ${REACTION_DIFFUSION_GRID} × ${REACTION_DIFFUSION_GRID}.`,
    open: 'The grids for the hat and for Poisson.',
    ours: `Hat: a regular grid of ${HAT_GRID} × ${HAT_GRID} points (training takes ${HAT_SAMPLES.toLocaleString('en')} random ones). Poisson: all ${POISSON_NODES} points. Operator experiments: the mean over the test functions of each one’s error; the results also have the error of all functions at once. While training, the page measures on fewer points or functions, and names them.`,
    fields: [],
  },
  {
    topic: 'Repetitions',
    paper: 'One figure a method.',
    open: 'How many runs that rests on.',
    ours: 'Median and range over runs that differ in their seeds; every table says how many.',
    fields: ['seed', 'dataSeed'],
  },
];

const METHODS = [
  ['BP', { gradient: 'BP' }],
  ['RFG-L', { gradient: 'RFG', scope: 'L' }],
  ['RFG-G', { gradient: 'RFG', scope: 'G' }],
] as const;

/** A setting's defaults, as they are in the configuration now. */
interface Defaults {
  readonly field: FieldName;
  readonly label: string;
  /** “0.02”; “BP 0.02, RFG-L 0.03” where methods differ, “paper: …; live: …” where recipes do, an experiment where it differs. */
  readonly text: string;
}

/** Defaults of a setting by experiment, recipe and method; where they are equal they are said once. */
export function defaultsOf(field: FieldName): Defaults {
  // A field that tells methods apart has its default where no method is asked for.
  const methods = field === 'scope' ? ([['', { gradient: 'RFG' }]] as const) : METHODS;
  const byExperiment = OF_PAPER.flatMap(({ id: experiment, name }) => {
    const recipes = (['paper', 'live'] as const).map((recipe) => {
      const values = methods.flatMap(([method, pins]) => {
        // Everything that a setting could need is on: its default is the question.
        const config = resolveConfig({ experiment, recipe, ...pins });
        const shown = { ...config, localLosses: true, surrogate: 'WSG' } as Config;
        return isUsed(field, shown) ? [[method, formatField(field, config[field] as never)] as const] : [];
      });
      return [`recipe ${recipe}`, alike(values)] as const;
    });
    const used = recipes.filter(([, value]) => value !== '');
    return used.length > 0 ? [[name, alike(used, '; ', ': ', used.length < recipes.length)] as const] : [];
  });
  return { field, label: FIELDS[field].label, text: alike(byExperiment, '. ', ': ') };
}

/** “a 1, b 2”, or “1” where all have the same. */
function alike(
  parts: readonly (readonly [string, string])[],
  between = ', ',
  after = ' ',
  named = false,
): string {
  const values = new Set(parts.map(([, value]) => value));
  if (values.size <= 1 && !named) return [...values].join('');
  return parts.map(([name, value]) => `${name}${after}${value}`).join(between);
}

/** What the paper states of each experiment, setting by setting: its figure stands beside a run only where all of it holds. */
export function statedOf(experiment: ExperimentName): string {
  return Object.entries(STATED[experiment])
    .map(([name, value]) => {
      const field = name as FieldName;
      const text = formatField(field, value as never);
      return `${FIELDS[field].label} ${field === 'law' ? `±1 (${text})` : text}`;
    })
    .join(', ');
}

/** docs/choices.md. */
export function choicesDocument(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = CHOICES.map(({ topic, paper, open, ours, fields }) => {
    const where = fields.map(defaultsOf).map(({ field, label, text }) => `${label} (\`${field}\`): ${text}`);
    return [topic, paper, open, ours, where.join('<br>') || 'built in'].map(cell);
  });
  return [
    '# What the paper leaves open, and what is chosen here',
    '',
    '<!-- Made from src/lessons/choices.ts by `npm run choices`. -->',
    '',
    'The page has the same list: *Look inside*, “What the paper leaves open”.',
    '',
    '## What the paper states',
    '',
    'The paper’s figure stands beside a run, as a number, as a line in the chart and in a verdict, only where all of this holds, where',
    'what the paper leaves open is the default of the recipe in force, and where one method trained the whole run without a change.',
    'Both recipes are named choices: `paper` is closest to the paper, `live` learns fast on the screen. RFG by `live` takes several directions a',
    'step, so the paper’s figure does not stand beside it; by back-propagation it keeps to all that the paper states. Both boundary factors are',
    'named, and seeds are free. Else the page says in what the settings differ.',
    '',
    ...OF_PAPER.map(({ id, name }) => `- **${name}**: ${statedOf(id)}`),
    '',
    'Of the neuron it states integrate-and-fire (leak 1) with reset by subtraction, of the directions one a step with two values. Several directions a step are its future',
    'work.',
    '',
    '## What it leaves open',
    '',
    'In the last column: the settings that change it, with their defaults; a link or `--set` takes the name in code type.',
    '',
    '| | the paper | left open | chosen here | settings and defaults |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n');
}
