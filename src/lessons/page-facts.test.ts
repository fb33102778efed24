import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portHere } from '../../tests/support/worker.ts';
import { createPlayground, type Playground } from '../state/playground.ts';
import { parseHash } from '../state/url.ts';
import { FIELD_NAMES } from '../training/config.ts';
import { evaluateCheck, type FactSource } from './check.ts';
import { FACT_NAMES, FACTS, type FactName, type FactParameter, settingFact } from './facts.ts';
import { pageFacts } from './page-facts.ts';

const HASH = '#gradient=RFG&K=2&T=4&hidden=6-6&batch=8&steps=200&lanes=gradient=BP,gradient=BP:T=8';

describe('pageFacts', () => {
  let playground: Playground;
  let facts: FactSource;
  beforeAll(async () => {
    playground = createPlayground({ spawn: () => portHere(), ...parseHash(HASH) });
    await playground.actions.start();
    await playground.actions.step(20);
    facts = pageFacts(playground);
  });
  afterAll(() => playground.actions.dispose());

  const told = (source: string) => evaluateCheck(source, facts);
  const argument = ({ type }: FactParameter) => ('choices' in type ? `"${type.choices[1]}"` : '4');
  const called = (name: FactName, ...more: string[]) => {
    const args = [...FACTS[name].parameters.map(argument), ...more];
    return args.length > 0 ? `${name}(${args.join(', ')})` : name;
  };

  it.each(FACT_NAMES)('tells %s, of lanes where it is theirs', async (name) => {
    const lanes = FACTS[name].ofLane ? [[], ['A'], ['B'], ['C']] : [[]];
    for (const letters of lanes) {
      const value = await facts.valueOf({
        name,
        values: FACTS[name].parameters.map(({ type }) => ('choices' in type ? type.choices[1] : 4)),
        letter: letters[0],
      });
      const { kind } = FACTS[name].type;
      const expected = { number: 'number', text: 'string', truth: 'boolean' }[kind];
      expect(typeof value, called(name, ...letters)).toBe(expected);
      if (kind === 'number') expect(Number.isFinite(value), called(name, ...letters)).toBe(true);
    }
  });

  it.each(FIELD_NAMES)('tells the setting %s', async (name) => {
    const value = await facts.valueOf({ name, values: [] });
    const { kind } = settingFact(name).type;
    expect(typeof value).toBe({ number: 'number', text: 'string', truth: 'boolean' }[kind]);
  });

  it.each([
    'step == 20 and lanes == 3 and silenced == 0',
    'gradient == "RFG" and gradient(B) == "BP" and method(B) == "SG-BP"',
    'hidden == "6-6" and neurons == 12 and parameters == 67',
    'T(C) == 8 and T == 4 and abs(errorWithT(4) - error) < 1e-6',
    'paperPasses == 1 and paperPasses(B) == 3 and passes > passes(B) / 2',
    'memory(C) > memory(B)',
    'errorAt(20) == error and errorAt(0) != error',
    'abs(firingRate * 12 * 4 - networkSpikes) < 1e-9',
    'cosine("RFG-L", 32) > cosine("RFG-L") and cosine("own", 1) == cosine("RFG-L", 2)',
    'leastSquares < 1 and nothingLearned > .5 and polynomial < leastSquares',
    'inside == "none" and forcing == "test"',
  ])('%s', async (source) => {
    expect(await told(source)).toMatchObject({ holds: true });
  });

  it('tells memory as the worker counts it', async () => {
    const { actions } = playground;
    const memory = await facts.valueOf({ name: 'memory', values: [] });
    expect(memory).toBe((await actions.cost()).cost.bytesForGradient);
    for (const { method, K = 1, cost } of await actions.costOfMethods()) {
      const value = await facts.valueOf({ name: 'memoryOf', values: [method.replace('SG-', '')] });
      if (K === 1) expect(value, method).toBe(cost.bytesForGradient);
    }
  });

  it('what is measured leaves a view’s microscope and lines alone', async () => {
    const view = playground.actions.microscopeOf('main');
    await view({ part: 'open', estimator: 'own' });
    const { first, cosines } = await view({ part: 'draw', most: 1 });
    await told('cosine("RFG-G") > 2 or leastSquares > 2');
    expect((await view({ part: 'draw', most: 1 })).first).toBe(first + cosines.length);
    expect(playground.baselines.getState()).toEqual({ shown: false });
  });

  it('is measured anew once the run has gone on', async () => {
    const before = await facts.valueOf({ name: 'cosine', values: ['RFG-L', 1] });
    await playground.actions.step(20);
    expect(await facts.valueOf({ name: 'cosine', values: ['RFG-L', 1] })).not.toBe(before);
  });

  it('is measured again where it could not be told', async () => {
    const { actions } = playground;
    const { askBaselines, staircase } = actions;
    const nothing = { name: 'nothingLearned', values: [] } as const;
    const withT = { name: 'errorWithT', values: [2] } as const;
    try {
      // Solutions are missing: there is no data to compare with.
      actions.askBaselines = async () => ({ errors: [], curve: [], steps: 1, step: 0, state: 'waiting' });
      actions.staircase = () =>
        Promise.reject(Object.assign(new Error('given up for “change”'), { name: 'Interrupted' }));
      expect(await evaluateCheck('errorWithT(2) > 0', facts)).toMatchObject({ holds: undefined });
      expect(await facts.valueOf(nothing)).toBeUndefined();
    } finally {
      Object.assign(actions, { askBaselines, staircase });
    }
    expect(await facts.valueOf(nothing)).toBeGreaterThan(0);
    expect(await facts.valueOf(withT)).toBeGreaterThan(0);
  });

  it('has the names of a lab while it is open', async () => {
    expect(await told('spikes == 8')).toMatchObject({ fault: '“spikes” is no fact of the page' });
    const { app } = playground;
    app.setState({
      presentation: {
        ...app.getState().presentation,
        lab: { name: 'neuron', settings: 'current=0.5' },
      },
    });
    expect(await told('spikes == 16 and T == 32')).toMatchObject({ holds: true });
  });
});
