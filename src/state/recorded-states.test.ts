import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/table.ts';
import { createWasmEngine } from '../kernels/wasm/engine.ts';
import { generateNow } from '../problems/problem.ts';
import { initialState, type RunState } from '../training/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { problemParams, specsOf } from '../training/specs.ts';
import { LaneRun } from '../worker/lane-run.ts';
import { firstRun } from './first-run.ts';
import { initialView } from './initial-view.ts';
import { packStates, recordedStates, unpackStates } from './recorded-states.ts';

const config = resolveConfig({});
const data = generateNow(EXPERIMENTS.hat, problemParams(config));
const task = { specs: specsOf(config), data: data.train };
const engine = await createWasmEngine();
const states = recordedStates();
const at = (step: number) => states.find((state) => state.step === step) as RunState;

describe('states of the recorded run (else: npm run first-run)', () => {
  it('are those of the default run, bit for bit', async () => {
    const [first] = await engine.advance([{ task, state: initialState(task, config.seed) }], 200);
    expect(first.state).toEqual(at(200));
    const [last] = await engine.advance([{ task, state: at(4900) }], 100);
    expect(last.state).toEqual(at(5000));
    expect(last.state.theta).toEqual(firstRun(config).state?.theta);
  });

  it('lie so close that few steps are replayed for any moment', () => {
    const gaps = states.map(({ step }, i) => step - (states[i - 1]?.step ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(100);
    expect(states.at(-1)?.step).toBe(config.steps);
  });

  it('a replay begins at the nearest of them and ends with the bits of the run', async () => {
    const { state } = firstRun(config);
    const run = new LaneRun(config, data, initialView('hat'), { state, past: [{ step: 0, config }] });
    run.addCheckpoints(states);
    let done = 0;
    const counting = {
      ...engine,
      advance: (requests: Parameters<typeof engine.advance>[0], steps: number) => {
        done += steps;
        return engine.advance(requests, steps);
      },
    };
    const reached = await run.replay(counting, 4999);
    expect(done).toBe(99);
    const [alike] = await engine.advance([{ task, state: at(4900) }], 99);
    expect(reached).toEqual(alike.state);
    expect(run.state).toBe(state);
    run.standAt(reached);
    expect(run.end).toBe(5000);
    // One step on, the run is where it was recorded.
    expect(await run.replay(counting, 5000)).toEqual(at(5000));
    expect(done).toBe(99);
  });

  it('read back as they were, and other numbers are refused', () => {
    const two = [at(100), at(300)];
    expect(unpackStates(packStates(two))).toEqual(two);
    const double = { ...at(100), theta: at(100).theta.map((number) => number + 1e-12) };
    expect(() => packStates([double])).toThrow('no float32');
  });
});
