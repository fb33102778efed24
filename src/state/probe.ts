import type { Experiment } from '../experiments/experiment.ts';
import { EXPERIMENTS } from '../experiments/table.ts';
import { ConfigError } from '../settings/fields.ts';
import { readNumber } from '../settings/read-number.ts';
import type { Config, ExperimentName } from '../training/config.ts';
import type { ViewRequest } from '../worker/protocol.ts';

/** The place whose spikes are shown: one number for each coordinate of an experiment's answer, in its own unit. */
export interface ProbeChoice {
  readonly experiment: ExperimentName;
  readonly place: readonly number[];
}

/** Least and greatest value of each coordinate. */
function ranges({ operator, coordinates }: Experiment): readonly (readonly [number, number])[] {
  return operator
    ? operator.axes.map(({ values }) => [values[0], values[values.length - 1]] as const)
    : coordinates.map(() => [-1, 1] as const);
}

/** The place that is shown first: the middle of what an equation is solved on. */
function firstPlace(experiment: ExperimentName): readonly number[] {
  const { operator, probe } = EXPERIMENTS[experiment];
  return operator ? operator.axes.map(({ values }) => values[values.length >> 1]) : probe[0];
}

/** 0.3,-0.2 of a link. @throws ConfigError naming the coordinates and their ranges. */
export function parseProbe(text: string, experiment: ExperimentName): ProbeChoice {
  const { coordinates, shape } = EXPERIMENTS[experiment];
  const place = text.split(',').map((part) => readNumber(part) ?? Number.NaN);
  const all = ranges(EXPERIMENTS[experiment]);
  // A table has one input or two.
  const bounds = shape === 'scatter' ? all.slice(0, place.length) : all;
  const fits =
    place.length === bounds.length &&
    place.every((value, k) => value >= bounds[k][0] && value <= bounds[k][1]);
  if (!fits) {
    const allowed = coordinates.map((name, k) => `${name} from ${bounds[k][0]} to ${bounds[k][1]}`);
    throw new ConfigError('probe', text.slice(0, 40), allowed.join(' and '));
  }
  return { experiment, place };
}

/** Text that `parseProbe` reads back, to three decimals; empty for the place that is shown first, and for another experiment's. */
export function formatProbe(choice: ProbeChoice | undefined, experiment: ExperimentName): string {
  if (choice?.experiment !== experiment) return '';
  const text = (place: readonly number[]) => place.map((value) => String(Number(value.toFixed(3)))).join(',');
  const chosen = text(choice.place);
  return chosen === text(firstPlace(experiment)) ? '' : chosen;
}

/** What a lane is asked to show that place, beside the forcing that it is asked already. */
export function viewAt(
  choice: ProbeChoice | undefined,
  { experiment, boundary }: Pick<Config, 'experiment' | 'boundary'>,
  view: ViewRequest,
): Pick<ViewRequest, 'probe' | 'probeScales'> {
  const { operator, probe } = EXPERIMENTS[experiment];
  const place = choice?.experiment === experiment ? choice.place : undefined;
  if (!operator) return { probe: place ? [place] : probe };
  if (!place) return { probe: view.probe.slice(0, 1), probeScales: view.probeScales?.slice(0, 1) };
  return {
    probe: [view.probe[0] ?? [], ...operator.axes.map(({ input }, k) => [input(place[k])])],
    probeScales: [
      view.probeScales?.[0] ?? 1,
      ...operator.axes.map(({ vanishing }, k) => (boundary === 'hard' ? vanishing(place[k]) : 1)),
    ],
  };
}
