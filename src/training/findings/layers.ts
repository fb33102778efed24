import { NEURON } from '../../settings/table.ts';
import { type Config, usedByMethod } from '../config.ts';
import {
  type Finding,
  type LayerActivity,
  POOR,
  type Remedy,
  type RunObservation,
  short,
  within,
} from './finding.ts';
import { backAndCalmer, lastGoodStep } from './rate-too-large.ts';

const QUIET = 0.005;
const BUSY = 0.97;

type Trouble = 'silent' | 'saturated';

function troubleOf({ firingRate, silent, saturated }: LayerActivity): Trouble | undefined {
  if (firingRate < QUIET || silent > 0.9) return 'silent';
  return firingRate > BUSY || saturated > 0.9 ? 'saturated' : undefined;
}

/** Whether every layer's spikes can carry something. */
export const allSound = (activity: readonly LayerActivity[]): boolean =>
  activity.length > 0 && activity.every((layer) => troubleOf(layer) === undefined);

/** Layers whose spikes carry nothing. */
export function layers(run: RunObservation): (Finding | undefined)[] {
  if (run.diverged) return [];
  return run.activity.map((layer) => {
    const trouble = troubleOf(layer);
    return trouble && (fallen(run, layer, trouble) ?? fromTheStart(run, layer, trouble));
  });
}

const nameOf = ({ factor, depth }: LayerActivity) =>
  `Hidden layer ${depth + 1}${factor > 0 ? ` of factor ${factor + 1}` : ''}`;

const symptom = (layer: LayerActivity, trouble: Trouble) =>
  trouble === 'silent'
    ? `is silent: ${Math.round(100 * layer.silent)} % of its neurons never spike`
    : `is saturated: it spikes at ${Math.round(100 * layer.firingRate)} % of all time steps`;

/** The layer fired as it should under these very neurons: training has taken it out of its range. */
function fallen(
  { config, losses, sound, error }: RunObservation,
  layer: LayerActivity,
  kind: Trouble,
): Finding | undefined {
  if (!sound || sound.step >= losses.length || !usedByMethod('rate', config)) return undefined;
  const sameNeurons = NEURON.every((field) => sound.config[field] === config[field]);
  if (!sameNeurons || (error !== undefined && error < POOR)) return undefined;
  const { cause, remedy } = backAndCalmer(
    config,
    Math.min(Math.floor(0.9 * sound.step), lastGoodStep(losses)),
  );
  if (!remedy) return undefined;
  const what = `${nameOf(layer)} ${symptom(layer, kind)}, and fired as it should at step ${sound.step}.`;
  return { kind, what, cause: `Steps took its weights too far. ${cause}`, remedy };
}

function fromTheStart({ config }: RunObservation, layer: LayerActivity, kind: Trouble): Finding | undefined {
  const remedy = otherThreshold(config, kind === 'silent' ? 0.5 : 2);
  return (
    remedy && {
      kind,
      what: `${nameOf(layer)} ${symptom(layer, kind)}.`,
      cause:
        kind === 'silent'
          ? 'Its membranes stay far below the threshold ϑ, where the surrogate is nearly zero: no gradient can pass.'
          : 'Its currents exceed the threshold ϑ at every step, so its rates carry no information.',
      remedy,
    }
  );
}

/** Another threshold; where that is exhausted a wider surrogate, which lets gradient pass further from it. */
function otherThreshold(config: Config, factor: number): Remedy | undefined {
  const threshold = within('threshold', config.threshold * factor);
  if (threshold !== config.threshold)
    return {
      label: `${factor < 1 ? 'Halve' : 'Double'} the threshold to ${short(threshold)}`,
      pins: { threshold },
    };
  const sigma = within('sigma', config.sigma * 2);
  if (sigma === config.sigma || !usedByMethod('surrogate', config)) return undefined;
  return { label: `Widen the surrogate to σ = ${short(sigma)}`, pins: { sigma } };
}
