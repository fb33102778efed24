import { describe, expect, it } from 'vitest';
import { meteredStep } from '../../tests/metering/step.ts';
import { worstError } from '../../tests/support/snn.ts';
import { type OverTime, smallTask } from '../../tests/support/training.ts';
import { gather } from '../snn/batch.ts';
import type { Pinned } from './config.ts';
import { stepCost } from './cost.ts';
import { initialState, type RunState } from './engine.ts';
import { IndirectEngine } from './indirect/engine.ts';
import { count, energy, HOROWITZ, sum } from './operations.ts';
import { directionLength, directionVectors, planStep } from './plan.ts';
import { referenceEngine } from './reference-engine.ts';
import { countSpikes } from './spike-counts.ts';

const engine = new IndirectEngine(referenceEngine);

const G: Pinned = { gradient: 'RFG', scope: 'G' };
const L: Pinned = { gradient: 'RFG', scope: 'L' };
const A: Pinned = { gradient: 'RFG', scope: 'A' };
const NODES: Pinned = { gradient: 'WP', scope: 'A', law: 'rademacher', epsilon: 0.1 };
const POISSON: Pinned = { experiment: 'poisson', batch: [3, 4] };
const RD: Pinned = { experiment: 'reaction-diffusion', batch: [3, 2, 4] };

const CASES: Record<string, Pinned> = {
  'hat, SG-BP, Adam': {},
  'hat, SG-BP-LL, SGD': { localLosses: true, optimiser: 'sgd', rate: 0.01 },
  'hat, WSG-BP, normalised, LIF': { surrogate: 'WSG', samples: 3, optimiser: 'normalised', leak: 0.9 },
  'hat, SG-BP, reset to zero': { reset: 'zero' },
  'hat, SG-RFG-L, K = 2, LIF, reset to zero': { ...L, K: 2, leak: 0.9, reset: 'zero' },
  'reaction-diffusion, WSG-BP-LL, LIF, reset to zero': {
    ...{ ...RD, surrogate: 'WSG', localLosses: true, leak: 0.9, reset: 'zero' },
  },
  'hat, three hidden layers, SG-BP': { hidden: [[5, 4, 3]], centring: true },
  'hat, SG-RFG-G, K = 1': { ...G, K: 1, scales: [0.25, 1, 1] },
  'hat, WSG-RFG-G, K = 4, LIF, SGD': {
    ...G,
    K: 4,
    surrogate: 'WSG',
    leak: 0.8,
    optimiser: 'sgd',
    rate: 1e-3,
  },
  'hat, SG-RFG-L, K = 1, normalised': { ...L, K: 1, optimiser: 'normalised', rate: 0.01 },
  'hat, WSG-RFG-L-LL, K = 4, Gaussian': { ...L, K: 4, surrogate: 'WSG', law: 'gaussian', localLosses: true },
  'hat, three hidden layers, SG-RFG-L-LL': { ...L, hidden: [[4, 3, 5]], localLosses: true },
  'hat, WP-G, K = 1': { gradient: 'WP', scope: 'G', K: 1, epsilon: 0.1 },
  'hat, WP-L-LL, K = 4': { gradient: 'WP', scope: 'L', K: 4, epsilon: 0.1, localLosses: true },
  'hat, WP-A, K = 2': { ...NODES, K: 2 },
  'hat, WP-A-LL, LIF, three hidden layers': { ...NODES, leak: 0.9, hidden: [[4, 3, 5]], localLosses: true },
  'Poisson, WP-A-LL, Gaussian': { ...POISSON, ...NODES, law: 'gaussian', K: 2, localLosses: true },
  'hat, SG-RFG-A, K = 3, averaged': { ...A, law: 'mean', K: 3 },
  'reaction-diffusion, WSG-RFG-A-LL, averaged': {
    ...RD,
    ...A,
    ...{ surrogate: 'WSG', law: 'mean', hidden: [[4, 3], [5], [2, 3]], K: 2, localLosses: true },
  },
  'hat, WP-A, K = 3, averaged': { ...NODES, law: 'mean', K: 3 },
  'Poisson, WP-A-LL, averaged': {
    ...POISSON,
    ...NODES,
    law: 'mean',
    hidden: [[4, 3], [5]],
    K: 2,
    localLosses: true,
  },
  'reaction-diffusion, WP-A, factors of different depth': {
    ...RD,
    ...NODES,
    hidden: [[4, 3], [5], [2, 3]],
    centring: true,
  },
  'hat, SG-RFG-A, K = 2, LIF, three hidden layers': { ...A, K: 2, leak: 0.9, hidden: [[4, 3, 5]] },
  'hat, SG-RFG-G-flipout, K = 2': { ...G, K: 2, flipout: true, scales: [0.25, 1, 1] },
  'Poisson, WSG-RFG-A-LL, Gaussian': {
    ...POISSON,
    ...A,
    K: 2,
    surrogate: 'WSG',
    law: 'gaussian',
    localLosses: true,
  },
  'reaction-diffusion, SG-RFG-L-flipout-LL': {
    ...RD,
    ...L,
    hidden: [[4, 3], [5], [2, 3]],
    flipout: true,
    localLosses: true,
    centring: true,
  },
  'Poisson, SG-BP': POISSON,
  'Poisson, SG-BP-LL, two hidden layers': { ...POISSON, hidden: [[4, 3], [5]], localLosses: true },
  'Poisson, SG-RFG-G-LL, K = 4': { ...POISSON, ...G, K: 4, localLosses: true },
  'Poisson, WSG-RFG-L-LL, Hadamard': {
    ...POISSON,
    ...L,
    surrogate: 'WSG',
    law: 'hadamard',
    localLosses: true,
  },
  'Poisson, WP-L': { ...POISSON, gradient: 'WP', scope: 'L', epsilon: 0.1 },
  'reaction-diffusion, WSG-BP-LL': { ...RD, surrogate: 'WSG', localLosses: true },
  'reaction-diffusion, SG-RFG-G': { ...RD, ...G },
  'reaction-diffusion, SG-RFG-L-LL, K = 4, LIF': { ...RD, ...L, K: 4, leak: 0.9, localLosses: true },
  'reaction-diffusion, WP-G, K = 4': { ...RD, gradient: 'WP', scope: 'G', K: 4, epsilon: 0.1 },
  'hat, ANN, Adam': { gradient: 'ANN' },
  'Poisson, ANN-LL, two hidden layers': {
    ...POISSON,
    gradient: 'ANN',
    hidden: [[4, 3], [5]],
    localLosses: true,
  },
  'hat, RF after its fit': { gradient: 'RF' },
};

const FED: OverTime = { sequences: [true] };
const CUBA: OverTime = { synapse: { kind: 'exponential', decay: 0.5 } };
const SRM: OverTime = {
  synapse: { kind: 'response', seed: 2, longestDelay: 2, decays: [0.1, 0.4], refractory: [0.3, 0.8] },
};
const FILTERED: OverTime = { readDecay: 0.8 };
/** The same for inputs over time, synapses and filtered read-outs. */
const OVER_TIME: Record<string, [Pinned, OverTime]> = {
  'sequences, SG-BP': [{}, FED],
  'sequences, SG-RFG-L-LL, K = 2': [{ ...L, K: 2, localLosses: true, leak: 0.9 }, FED],
  'sequences, WSG-RFG-G': [{ ...G, surrogate: 'WSG' }, FED],
  'sequences, SG-RFG-L-flipout': [{ ...L, flipout: true }, FED],
  'sequences, SG-RFG-A, K = 2': [{ ...A, K: 2, law: 'rademacher' }, FED],
  'sequences, SG-RFG-A, averaged, one layer': [{ ...A, law: 'mean', hidden: [[5]] }, FED],
  'sequences, WP-L': [{ gradient: 'WP', scope: 'L', epsilon: 0.1 }, FED],
  'sequences, WP-A, averaged': [{ ...NODES, law: 'mean' }, FED],
  'sequences, WP-A, K = 2': [{ ...NODES, K: 2 }, FED],
  'sequences in a branch, SG-BP-LL': [{ ...POISSON, localLosses: true }, FED],
  'sequences in two factors of three, WP-A': [
    { ...RD, ...NODES, hidden: [[4, 3], [5], [2, 3]] },
    { sequences: [true, false, true] },
  ],
  'CuBa-LIF, SG-BP': [{ leak: 0.9 }, CUBA],
  'CuBa-LIF, sequences, SG-RFG-L': [
    { ...L, reset: 'zero' },
    { ...CUBA, ...FED },
  ],
  'CuBa-LIF, WP-A': [{ ...NODES, K: 2 }, CUBA],
  'SRM, SG-BP': [{}, SRM],
  'SRM, sequences, filtered read-out, SG-BP-LL': [{ localLosses: true }, { ...SRM, ...FED, ...FILTERED }],
  'SRM, sequences, SG-RFG-L, K = 2': [
    { ...L, K: 2 },
    { ...SRM, ...FED, ...FILTERED },
  ],
  'SRM, SG-RFG-A, averaged': [
    { ...A, law: 'mean' },
    { ...SRM, ...FED },
  ],
  'sequences, ANN': [{ gradient: 'ANN' }, FED],
  'SRM, WP-A, averaged': [
    { ...NODES, law: 'mean' },
    { ...SRM, ...FED, ...FILTERED },
  ],
  'filtered read-out, SG-BP': [{}, FILTERED],
  'filtered read-out, SG-RFG-G': [G, FILTERED],
  'a forecast in delta coding, SG-BP': [{ experiment: 'forecast', coding: 'delta', batch: [3, 2] }, {}],
  'a forecast in rate coding, CuBa-LIF, SG-RFG-L': [
    { ...L, experiment: 'forecast', neuron: 'CuBa', coding: 'rate', sampleSteps: 2, batch: [3, 2] },
    {},
  ],
};

/** Methods whose first step alone is of interest. */
const FIRST: Record<string, Pinned> = {
  'hat, RF': { gradient: 'RF' },
  'reaction-diffusion, RF': { ...RD, gradient: 'RF', hidden: [[3]] },
};

/** Weights and moments in mid-run, where spikes and moments are as they come. */
async function runAfter(steps: number, pinned: Pinned, time?: OverTime) {
  const task = smallTask({ init: pinned.experiment ? 'operator' : 'uniform', ...pinned }, time);
  const [{ state }] = await engine.advance([{ task, state: initialState(task, 3) }], steps);
  return { task, state };
}

const cases = [
  ...Object.entries(CASES).map(([name, pinned]) => ({ name, pinned, steps: 3, time: {} })),
  ...Object.entries(FIRST).map(([name, pinned]) => ({ name, pinned, steps: 0, time: {} })),
  ...Object.entries(OVER_TIME).map(([name, [pinned, time]]) => ({ name, pinned, steps: 3, time })),
];

describe.each(cases)('$name', ({ pinned, steps, time }) => {
  it('a metered step is the reference engine’s step', async () => {
    const { task, state } = await runAfter(steps, pinned, time);
    const metered = meteredStep(task, state);
    const [next] = await engine.advance([{ task, state }], 1);
    // The Gaussian by its polynomial is right to 3e-7.
    expect(worstError([metered.loss], next.losses)).toBeLessThan(1e-12);
    expect(worstError(metered.theta, next.state.theta)).toBeLessThan(1e-5);
    if (pinned.gradient === 'RF') return;
    expect(worstError(metered.gradient, (await gradientThere(task, state)).gradient)).toBeLessThan(2e-6);
    expect(metered.gradient.some((g) => g !== 0)).toBe(true);
  });

  it('the count equals the meter’s, part by part', async () => {
    const { task, state } = await runAfter(steps, pinned, time);
    const { meter, forward } = meteredStep(task, state);
    const counts = await countSpikes(engine, task, state);
    const cost = stepCost(task.specs, counts);
    expect(counts.batch.flat().every((n) => n > 0)).toBe(true);
    const metered = Object.fromEntries(meter.parts);
    expect(Object.fromEntries(cost.parts.map(({ name, ...part }) => [name, part]))).toEqual(metered);
    expect(count(cost.additions, cost.multiplications)).toEqual(sum(...meter.parts.values()));
    expect(cost.bytesForGradient).toBe(Math.ceil(meter.bits / 8));
    expect(cost.forward).toEqual(sum(...forward.parts.values()));
  });
});

async function gradientThere(task: ReturnType<typeof smallTask>, state: RunState) {
  const { network, method } = task.specs;
  const drawn = new Float32Array(directionLength(task));
  const { rows } = planStep(task, state, 0, drawn);
  return engine.gradient({
    network,
    theta: state.theta,
    data: gather(task.data, rows),
    method,
    directions: directionVectors(task, drawn),
    samples: { kind: 'drawn', seed: state.seed, step: state.step },
  });
}

describe('stepCost', () => {
  const costOf = async (pinned: Pinned) => {
    const task = smallTask({ init: 'uniform', ...pinned });
    return stepCost(task.specs, await countSpikes(engine, task, initialState(task, 3)));
  };

  it('BP keeps memory over T, RFG does not', async () => {
    for (const pinned of [G, L]) {
      const [short, long] = [await costOf({ ...pinned, T: 6 }), await costOf({ ...pinned, T: 24 })];
      expect(long.bytesForGradient).toBe(short.bytesForGradient);
    }
    expect((await costOf({ T: 24 })).bytesForGradient).toBeGreaterThan(
      3.9 * (await costOf({ T: 6 })).bytesForGradient,
    );
  });

  it('WP costs about two forward passes a number, and one for the loss', async () => {
    const { forwardEquivalents } = await costOf({
      gradient: 'WP',
      scope: 'G',
      K: 8,
      T: 32,
      batch: [32],
      optimiser: 'sgd',
    });
    expect(forwardEquivalents).toBeGreaterThan(17);
    expect(forwardEquivalents).toBeLessThan(19);
  });

  it('WP-A on two hidden layers costs less than five forward passes, since its simulations begin at their layer', async () => {
    const { forwardEquivalents } = await costOf({ ...NODES, K: 1, T: 32, batch: [32], hidden: [[16, 16]] });
    expect(forwardEquivalents).toBeGreaterThan(4);
    expect(forwardEquivalents).toBeLessThan(5);
  });

  it('every tangent of RFG costs more than the forward pass it is carried in', async () => {
    const [one, four] = [await costOf({ ...G, K: 1 }), await costOf({ ...G, K: 4 })];
    expect((four.forwardEquivalents - one.forwardEquivalents) / 3).toBeGreaterThan(1);
  });

  it('energy follows the figures', () => {
    const operations = { additions: 1000, multiplications: 10 };
    expect(energy(operations, HOROWITZ)).toBeCloseTo(937, 9);
    expect(energy(operations, { addition: 0, multiplication: 1 })).toBe(10);
  });
});
