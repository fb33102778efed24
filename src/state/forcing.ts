import { createStore } from 'zustand/vanilla';
import type { Operator } from '../experiments/experiment.ts';
import { EXPERIMENTS } from '../experiments/table.ts';
import { encodeForcing } from '../problems/forcing.ts';
import { novelty } from '../problems/novelty.ts';
import type { ProblemParams } from '../problems/problem.ts';
import { naturalSpline } from '../problems/spline.ts';
import { problemParams } from '../training/specs.ts';
import { CONTROL_POINTS, type ForcingChoice } from './forcing-choice.ts';
import type { Playground } from './playground.ts';

export interface ForcingState {
  readonly choice: ForcingChoice;
  /** The forcing on its nodes; undefined until there are data. */
  readonly g?: Float64Array;
  /** Exact solution on the stated grid; for a drawn forcing of an equation that takes long it comes a moment later. */
  readonly exact?: Float64Array;
  /** The forcing that `exact` solves; another one than `g` while its solution is still being computed. */
  readonly exactOf?: Float64Array;
  /** Up to 1: like the training functions; above 2: the network extrapolates far. */
  readonly novelty?: number;
  readonly fault?: string;
}

/** Forcings to pick, as control values on [0, 1]. */
export const PICKED_FORCINGS: Record<string, (s: number) => number> = {
  'one sine': (s) => Math.sin(Math.PI * s),
  'two sines': (s) => Math.sin(2 * Math.PI * s),
  'three sines': (s) => Math.sin(3 * Math.PI * s),
  bump: (s) => Math.exp(-((s - 0.6) ** 2) / 0.01),
  step: (s) => (s < 0.5 ? -0.5 : 1),
  zero: () => 0,
};

/** Control values of a picked forcing. */
export function pickedPoints(name: string): number[] {
  return Array.from({ length: CONTROL_POINTS }, (_, i) => PICKED_FORCINGS[name](i / (CONTROL_POINTS - 1)));
}

/** The forcing that an operator experiment's page shows: one of the test functions, or one drawn by hand. */
export function createForcing({ app, lane, actions }: Playground) {
  const store = createStore<ForcingState>(() => ({ choice: app.getState().presentation.forcing }));
  let latest = 0;
  /** The equation that was solved last. */
  let exactOf: string | undefined;

  /** Makes a choice, which becomes part of the link. */
  function choose(choice: ForcingChoice): void {
    app.setState({ presentation: { ...app.getState().presentation, forcing: choice } });
  }

  /** Takes a choice over: the branch's row goes to the worker, the exact solution is looked up or computed. */
  function take(choice: ForcingChoice): void {
    const { data, config } = lane.getState();
    const operator = data?.operator;
    const equation = EXPERIMENTS[config.experiment].operator;
    // A solution that is still on its way is of another forcing.
    latest++;
    if (!data || !operator || !equation) {
      store.setState({ choice, g: undefined, exact: undefined, novelty: undefined, fault: undefined });
      return;
    }
    const nodes = operator.nodes.length;
    const count = operator.forcings.length / nodes;
    const params = problemParams(config);
    // While a forcing is drawn, the last solution stays until the next; one of another equation does not.
    const problem = JSON.stringify([config.experiment, params]);
    const before = problem === exactOf ? store.getState().exact : undefined;
    exactOf = problem;
    let g: Float64Array;
    if (choice.kind === 'test') {
      const index = Math.max(0, Math.min(count - 1, choice.index));
      g = Float64Array.from(operator.forcings.subarray(index * nodes, (index + 1) * nodes));
      const points = data.test.target.length / count;
      const exact = Float64Array.from(
        data.test.target.subarray(index * points, (index + 1) * points),
        (u) => u * data.unit,
      );
      store.setState({ choice: { kind: 'test', index }, g, exact, exactOf: g, fault: undefined });
    } else {
      g = naturalSpline(choice.points, nodes);
      store.setState({ choice, g, exact: before, fault: undefined });
      solve(equation, g, params);
    }
    const row = encodeForcing(g, params, operator.constants);
    const spacing = operator.nodes[1] - operator.nodes[0];
    store.setState({ novelty: novelty(g, row.inputs, spacing, operator.novelty) });
    const { probe, probeScales = [] } = lane.getState().view;
    void actions.setView({
      probe: [Array.from(row.inputs), ...probe.slice(1)],
      probeScales: [row.scale, ...probeScales.slice(1)],
    });
  }

  /** An equation that takes long is solved in the worker; the latest forcing wins. */
  function solve(equation: Operator, g: Float64Array, params: ProblemParams): void {
    const mine = latest;
    if (equation.firstFunctions === undefined) {
      store.setState({ exact: equation.solve(g, params), exactOf: g });
      return;
    }
    actions.solve(g).then(
      (exact) => mine === latest && store.setState({ exact, exactOf: g }),
      (error: Error) => mine === latest && store.setState({ fault: error.message, exact: undefined }),
    );
  }

  let { data } = lane.getState();
  const stopLane = lane.subscribe((state) => {
    if (state.data === data) return;
    data = state.data;
    // The choice of the link, not what was shown until now: a function asked for may only just have been made.
    take(app.getState().presentation.forcing);
  });
  const stopApp = app.subscribe(({ presentation }, before) => {
    if (presentation.forcing !== before.presentation.forcing) take(presentation.forcing);
  });
  take(store.getState().choice);
  const dispose = () => {
    stopLane();
    stopApp();
  };
  return { store, choose, dispose };
}
export type Forcing = ReturnType<typeof createForcing>;
