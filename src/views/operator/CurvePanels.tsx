import type { ReactNode } from 'react';
import { useLane, usePlayground } from '../context.ts';
import figure from '../figures/figure.module.css';
import { ScaleLock } from '../figures/ScaleLock.tsx';
import { useScaleLocked } from '../figures/scale-lock.ts';
import { answerOf, errorOf, relativeErrorOf } from './answer.ts';
import { CurveFigure } from './CurveFigure.tsx';
import css from './CurvePanels.module.css';
import { largest } from './curve.ts';
import { useForcing, useForcingState } from './forcing-context.ts';
import { useStableBound } from './use-bound.ts';
import { useOperator } from './use-operator.ts';
import { useSamplesInTheMaking } from './use-samples.ts';

/** What the solution is drawn over. */
function useCurve() {
  const { symbol, axes, interval } = useOperator();
  const [from, to] = interval;
  return { symbol, coordinate: axes[0].coordinate, from, to };
}

/** Exact solution and the network's answer over the coordinate. */
export function SolutionPanel() {
  const { lane } = usePlayground();
  const forcing = useForcing();
  const choice = useForcingState((state) => state.choice);
  const { symbol, coordinate, from, to } = useCurve();
  const axes = useLane((state) => state.data?.operator?.axes);
  const boundary = useLane((state) => state.config.boundary);
  const scaled = useLane((state) => state.config.perFunctionScale);
  const bound = useStableBound(choice.kind === 'test' ? choice.index : 'drawn');
  const making = useSamplesInTheMaking();
  const answer = () => answerOf(lane.getState());
  return (
    <CurveFigure
      title={`Solution u(${coordinate})`}
      testId="solution"
      sources={[lane, forcing.store]}
      plot={() => {
        const { exact } = forcing.store.getState();
        const network = answer();
        if (!axes || !exact) return undefined;
        const high = bound(1.05 * largest(exact, network));
        const lines = [{ x: axes[0], y: exact, name: 'exact', look: 'truth' as const }];
        return {
          lines: network
            ? [...lines, { x: axes[0], y: network, name: 'network', look: 'network' as const }]
            : lines,
          backdrop: making?.solutions,
          from,
          to,
          low: -high,
          high,
          xLabel: coordinate,
        };
      }}
      summary={() => {
        const { exact } = forcing.store.getState();
        return `Exact solution, largest absolute value ${largest(exact).toPrecision(3)}, and the network's answer, ${largest(answer()).toPrecision(3)}; relative L2 error ${relativeErrorOf(lane.getState(), forcing.store.getState())}`;
      }}
      footer={
        <span className={figure.note}>
          <span className={css.key} data-drawn>
            exact
          </span>
          ,{' '}
          <span className={`${css.key} ${css.network}`} data-drawn>
            network
          </span>
          ; {boundary} boundary
          {scaled && `, scaled by rms(${symbol})`}
        </span>
      }
    />
  );
}

/** Network minus exact over the coordinate, on its own scale. */
export function ErrorPanel({ actions }: { readonly actions?: ReactNode }) {
  const { lane } = usePlayground();
  const forcing = useForcing();
  const choice = useForcingState((state) => state.choice);
  const { coordinate, from, to } = useCurve();
  const axes = useLane((state) => state.data?.operator?.axes);
  const locked = useScaleLocked();
  const bound = useStableBound(`${choice.kind === 'test' ? choice.index : 'drawn'} ${locked}`);
  const error = () => errorOf(lane.getState(), forcing.store.getState());
  return (
    <CurveFigure
      title="Error"
      actions={actions}
      testId="solution-error"
      sources={[lane, forcing.store]}
      plot={() => {
        const values = error();
        if (!axes || !values) return undefined;
        // Locked, it is the scale of the solution beside it.
        const high = bound(1.05 * largest(locked ? forcing.store.getState().exact : values));
        return {
          lines: [{ x: axes[0], y: values, name: 'error', look: 'error' }],
          from,
          to,
          low: -high,
          high,
          xLabel: coordinate,
        };
      }}
      summary={() =>
        `Network minus exact solution: largest absolute value ${largest(error()).toPrecision(3)}`
      }
      footer={
        <span className={figure.note}>
          <RelativeError /> <ScaleLock>own scale</ScaleLock>
        </span>
      }
    />
  );
}

/** Relative L2 error of the answer shown. */
export function RelativeError() {
  const lane = useLane(({ probe, view }) => ({ probe, view }));
  const forcing = useForcingState((state) => state);
  return (
    <span className={figure.nowrap} title="Relative L2 error of this function on all its points">
      Its L2: {relativeErrorOf(lane, forcing)}
    </span>
  );
}
