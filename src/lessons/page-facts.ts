import { perFactor } from '../snn/network.ts';
import { isGivenUp } from '../state/connection.ts';
import { type EstimateName, OWN_ESTIMATES } from '../state/estimates.ts';
import { estimatorOf } from '../state/estimator.ts';
import { labModel } from '../state/labs/index.ts';
import { type LaneState, shownPrediction } from '../state/lane-store.ts';
import type { Playground } from '../state/playground.ts';
import { letterOf, slotsOf } from '../state/slots.ts';
import type { BaselineName } from '../training/baseline-config.ts';
import { FACTOR_COUNT, type FieldName, formatField, methodName, methodOf } from '../training/config.ts';
import { bytesForGradient } from '../training/cost.ts';
import { type MethodBeside, methodsBeside } from '../training/cost-beside.ts';
import { specsOf } from '../training/specs.ts';
import { WorkerEnded } from '../worker/client.ts';
import type { Metric, ProbeTrace } from '../worker/protocol.ts';
import type { CheckScope, FactCall, FactSource } from './check.ts';
import { type FactName, type FactValue, isFact, isSetting, type LabFacts } from './facts.ts';

/** Estimates whose mean cosine is taken. */
const DRAWS = 64;
/** Facts that are measured are held for the last few states of the page that were asked about. */
const HELD = 64;

/** What checks ask of the page: its stores, and the worker where something is to be measured. */
export function pageFacts(playground: Playground): FactSource {
  const { app, actions, lane: main } = playground;
  const measured = new Map<string, Promise<FactValue>>();

  /** The lane with a letter; the main one without. */
  function laneOf(letter: string | undefined): LaneState {
    const states = app.getState().lanes.map((lane) => lane.getState());
    if (letter === undefined) return main.getState();
    const slots = slotsIn(app.getState());
    const lane = states.find(({ id }) => letterOf(slots[id]) === letter);
    if (!lane) throw new Error(`there is no lane ${letter}`);
    return lane;
  }

  async function labFacts(): Promise<LabFacts | undefined> {
    const { lab } = app.getState().presentation;
    if (!lab) return undefined;
    const model = await labModel(lab.name);
    return { words: model.factWords, values: model.facts(model.parse(lab.settings)) };
  }

  /** Measured once for a state of a lane; what could not be told is measured again when it is asked for again. */
  function once(call: FactCall, lane: LaneState, measure: () => Promise<FactValue>): Promise<FactValue> {
    const { id, opening, step, config, view, data, prediction } = lane;
    const key = JSON.stringify([call, id, opening, step, config, view, data?.parameters, prediction?.grid]);
    const held = measured.get(key);
    if (held) return held;
    const value = measure().catch((error) => {
      // It cannot be told yet, and can be asked for again.
      if (isGivenUp(error) || error instanceof WorkerEnded) return undefined;
      throw error;
    });
    measured.set(key, value);
    const forget = () => measured.delete(key);
    value.then((told) => told === undefined && forget(), forget);
    for (const old of measured.keys()) {
      if (measured.size <= HELD) break;
      measured.delete(old);
    }
    return value;
  }

  async function meanCosine({ id }: LaneState, name: EstimateName, K: number): Promise<number> {
    const ask = actions.microscopeOf(id, true);
    await ask({ part: 'open', estimator: estimatorOf({ name, K }) });
    let sum = 0;
    let drawn = 0;
    while (drawn < DRAWS) {
      const { cosines } = await ask({ part: 'draw', most: DRAWS - drawn });
      for (const cosine of cosines) sum += cosine;
      drawn += cosines.length;
    }
    return sum / drawn;
  }

  async function baseline(name: BaselineName): Promise<number | undefined> {
    let report = await actions.askBaselines('open');
    const of = () => report.errors.find((each) => each.name === name)?.error;
    while (of() === undefined && report.state === 'working' && report.step === 0)
      report = await actions.askBaselines('more');
    return of();
  }

  const MEASURED: Partial<
    Record<FactName, (lane: LaneState, values: FactCall['values']) => Promise<FactValue>>
  > = {
    passes: async ({ id }) => (await actions.cost(id)).cost.forwardEquivalents,
    passesOf: async ({ id }, [name]) => beside(await actions.costOfMethods(id), name).cost.forwardEquivalents,
    cosine: (lane, [name, K]) => meanCosine(lane, name as EstimateName, Number(K)),
    async cosineTheory({ id }, [name, K]) {
      const estimator = estimatorOf({ name: name as EstimateName, K: Number(K) });
      const { theory } = await actions.microscopeOf(id, true)({ part: 'open', estimator });
      return theory?.all;
    },
    // On the grid of the error that is shown, so that both can be compared.
    errorWithT: async ({ prediction }, [T]) =>
      (await actions.staircase([Number(T)], prediction?.grid ?? 'coarse')).errors[0],
    leastSquares: () => baseline('least-squares'),
    nothingLearned: () => baseline('nothing-learned'),
    polynomial: () => baseline('polynomial'),
  };

  const estimates = () => app.getState().presentation.estimates ?? OWN_ESTIMATES;

  const OF_PAGE: Partial<Record<FactName, () => FactValue>> = {
    silenced: () => main.getState().view.silenced.length,
    shownT: () => main.getState().view.inferenceT ?? main.getState().config.T,
    probeX: () => main.getState().probe?.point?.x,
    probeY: () => main.getState().probe?.point?.y,
    lanes: () => app.getState().lanes.length,
    inside: () => app.getState().presentation.inside ?? 'none',
    estimate: () => estimates().name,
    estimateK: () => estimates().K,
    forcing: () => app.getState().presentation.forcing.kind,
  };

  return {
    async scope(): Promise<CheckScope> {
      return { letters: Object.values(slotsIn(app.getState())).map(letterOf), lab: await labFacts() };
    },
    async valueOf(call): Promise<FactValue> {
      const { name, values, letter } = call;
      const lab = await labFacts();
      if (lab && Object.hasOwn(lab.words, name)) return lab.values[name];
      const lane = laneOf(letter);
      if (isFact(name)) {
        const measure = MEASURED[name];
        if (measure) return once(call, lane, () => measure(lane, values));
        return (OF_PAGE[name] ?? (() => OF_LANE[name]?.(lane, values)))();
      }
      if (isSetting(name)) return settingOf(lane, name);
      throw new Error(`“${name}” is no fact of the page`);
    },
  };
}

const slotsIn = ({
  lanes,
  comparison,
}: Pick<ReturnType<Playground['app']['getState']>, 'lanes' | 'comparison'>) =>
  slotsOf(
    lanes.map((lane) => lane.getState().id),
    comparison.slots,
  );

/** A method as it is counted beside a lane's own, with one direction a step. */
function beside<Beside extends Pick<MethodBeside, 'method' | 'K'>>(
  methods: readonly Beside[],
  name: FactCall['values'][number],
): Beside {
  const one = methods.find(({ method, K }) => (K ?? 1) === 1 && method.replace(/^W?SG-/, '') === name);
  if (!one) throw new Error(`${name} is not counted here`);
  return one;
}

function settingOf({ config }: LaneState, name: FieldName): FactValue {
  const value: unknown = config[name];
  return typeof value === 'object' ? formatField(name, value as never) : (value as FactValue);
}

/** What is read off a lane's store. */
const OF_LANE: Partial<Record<FactName, (lane: LaneState, values: FactCall['values']) => FactValue>> = {
  step: ({ step }) => step,
  error: (lane) => shownPrediction(lane)?.error,
  loss: ({ losses, step }) => (step > 0 ? losses.measured(step - 1) : undefined),
  errorAt: ({ metrics }, [step]) => errorAt(metrics, Number(step)),
  lossAt: ({ losses }, [step]) => losses.measured(Number(step)),
  parameters: ({ data }) => data?.parameters,
  neurons: ({ config }) =>
    perFactor(config.hidden, FACTOR_COUNT[config.experiment])
      .flat()
      .reduce((sum, width) => sum + width, 0),
  firingRate: ({ probe }) => probe && spikesIn(probe) / cellsIn(probe),
  networkSpikes: ({ probe }) => probe && spikesIn(probe),
  output: ({ probe }) => probe?.output,
  paperPasses: ({ config }) => methodOf(config).paperPasses,
  memory: ({ config }) => bytesForGradient(specsOf(config)),
  memoryOf: ({ config }, [name]) => bytesForGradient(specsOf(beside(methodsBeside(config), name).config)),
  method: ({ config }) => methodName(config),
  diverged: ({ divergedAt }) => divergedAt !== undefined,
};

/** The error at a step, between the two evaluations around it where there was none. */
function errorAt(metrics: readonly Metric[], step: number): number | undefined {
  let before: Metric | undefined;
  let after: Metric | undefined;
  for (const metric of metrics) {
    if (metric.step <= step && metric.step >= (before?.step ?? 0)) before = metric;
    if (metric.step >= step && metric.step < (after?.step ?? Number.POSITIVE_INFINITY)) after = metric;
  }
  if (!before || !after) return undefined;
  if (before.step === after.step) return before.value;
  const share = (step - before.step) / (after.step - before.step);
  return before.value + share * (after.value - before.value);
}

const layersIn = ({ spikes }: ProbeTrace) => spikes.flat();
const spikesIn = (probe: ProbeTrace) =>
  layersIn(probe).reduce((sum, layer) => sum + layer.reduce((n, spike) => n + spike, 0), 0);
const cellsIn = (probe: ProbeTrace) => layersIn(probe).reduce((sum, layer) => sum + layer.length, 0);
