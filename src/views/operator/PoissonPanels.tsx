import type { ReactNode } from 'react';
import { useLane, usePlayground } from '../context.ts';
import { CurveFigure } from './CurveFigure.tsx';
import { largest } from './curve.ts';
import { useForcing, useForcingState } from './forcing-context.ts';
import { useStableBound } from './use-bound.ts';
import { useSamplesInTheMaking } from './use-samples.ts';

/** Exact solution and the network's answer over y. */
export function SolutionPanel() {
  const { lane } = usePlayground();
  const forcing = useForcing();
  const choice = useForcingState((state) => state.choice);
  const axes = useLane((state) => state.data?.operator?.axes);
  const boundary = useLane((state) => state.config.boundary);
  const scaled = useLane((state) => state.config.perFunctionScale);
  const bound = useStableBound(choice.kind === 'test' ? choice.index : 'drawn');
  const making = useSamplesInTheMaking();
  const answer = () => lane.getState().probe?.functions?.answer;
  return (
    <CurveFigure
      title="Solution u(y)"
      testId="solution"
      sources={[lane, forcing.store]}
      plot={() => {
        const { exact } = forcing.store.getState();
        const network = answer();
        if (!axes || !exact) return undefined;
        const high = bound(1.05 * largest(exact, network));
        const lines = [{ x: axes[0], y: exact, look: 'truth' as const }];
        return {
          lines: network ? [...lines, { x: axes[0], y: network, look: 'network' as const }] : lines,
          backdrop: making?.solutions,
          from: -1,
          to: 1,
          low: -high,
          high,
          xLabel: 'y',
        };
      }}
      summary={() => {
        const { exact } = forcing.store.getState();
        return `Exact solution, largest absolute value ${largest(exact).toPrecision(3)}, and the network's answer, ${largest(answer()).toPrecision(3)}; relative L2 error ${relative(answer(), exact)}`;
      }}
      footer={
        <span className="figure-note">
          <span className="operator-key">exact</span>,{' '}
          <span className="operator-key operator-network">network</span>; {boundary} boundary
          {scaled && ', scaled by rms(g)'}
        </span>
      }
    />
  );
}

/** Network minus exact over y, on its own scale. */
export function ErrorPanel({ actions }: { readonly actions?: ReactNode }) {
  const { lane } = usePlayground();
  const forcing = useForcing();
  const choice = useForcingState((state) => state.choice);
  const axes = useLane((state) => state.data?.operator?.axes);
  const bound = useStableBound(choice.kind === 'test' ? choice.index : 'drawn');
  const error = () => {
    const { exact } = forcing.store.getState();
    const answer = lane.getState().probe?.functions?.answer;
    return exact && answer && exact.length === answer.length ? answer.map((y, i) => y - exact[i]) : undefined;
  };
  return (
    <CurveFigure
      title="Error"
      actions={actions}
      testId="solution-error"
      sources={[lane, forcing.store]}
      plot={() => {
        const values = error();
        if (!axes || !values) return undefined;
        const high = bound(1.05 * largest(values));
        return {
          lines: [{ x: axes[0], y: values, look: 'error' }],
          from: -1,
          to: 1,
          low: -high,
          high,
          xLabel: 'y',
        };
      }}
      summary={() =>
        `Network minus exact solution: largest absolute value ${largest(error()).toPrecision(3)}`
      }
      footer={<RelativeError />}
    />
  );
}

/** Relative L2 error of the answer shown. */
export function RelativeError() {
  const answer = useLane((state) => state.probe?.functions?.answer);
  const exact = useForcingState((state) => state.exact);
  return <span className="figure-note">Relative L2 of this function: {relative(answer, exact)}</span>;
}

/** ‖a - b‖/‖b‖ as text; “–” where there is nothing to compare. */
export function relative(a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): string {
  if (!a || !b || a.length !== b.length) return '–';
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    norm += b[i] ** 2;
  }
  if (norm === 0) return difference === 0 ? '0 (both are zero)' : '– (the solution is zero)';
  return Math.sqrt(difference / norm).toPrecision(3);
}
