import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Panel } from '../../ui/Panel.tsx';
import { useLane, usePlayground } from '../context.ts';
import figure from '../figures/figure.module.css';
import { FieldImage } from '../figures/prediction/draw-map.ts';
import { ScaleLock } from '../figures/ScaleLock.tsx';
import { useScaleLocked } from '../figures/scale-lock.ts';
import { useFigure } from '../figures/use-figure.ts';
import { useSummary } from '../figures/use-summary.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { figureTables } from '../share/figures.ts';
import { answerOf, errorOf } from './answer.ts';
import button from './button.module.css';
import { CurveFigure } from './CurveFigure.tsx';
import { RelativeError } from './CurvePanels.tsx';
import { largest } from './curve.ts';
import { drawSpaceTime, spaceTimeField } from './field-maps.ts';
import css from './figure.module.css';
import { useForcing, useForcingState } from './forcing-context.ts';
import slice from './TimeSlice.module.css';
import type { FieldKind } from './tables.ts';
import { PLAY_SECONDS, timeSlice } from './time-slice.ts';
import { useStableBound } from './use-bound.ts';
import { useSamplesInTheMaking } from './use-samples.ts';

const TITLES: Record<FieldKind, string> = {
  exact: 'Exact u(x, t)',
  network: 'Spiking network',
  error: 'Point-wise error',
};

/** One space-time map: exact solution, the network's answer, or the difference on its own scale. */
export function SpaceTimeMap({ shown }: { readonly shown: FieldKind }) {
  const { lane } = usePlayground();
  const forcing = useForcing();
  const choice = useForcingState((state) => state.choice);
  const key = choice.kind === 'test' ? choice.index : 'drawn';
  const own = !useScaleLocked() && shown === 'error';
  const bound = useStableBound(`${key} ${own}`);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image] = useState(() => new FieldImage());
  const values = (): (ArrayLike<number> & object) | undefined => {
    if (shown === 'exact') return forcing.store.getState().exact;
    const state = lane.getState();
    return shown === 'network' ? answerOf(state) : errorOf(state, forcing.store.getState());
  };
  const range = (): number => {
    const { exact } = forcing.store.getState();
    return bound(1.02 * largest(own ? values() : exact));
  };

  useFigure(canvas, [lane, forcing.store, timeSlice], (frame) => {
    const now = values();
    if (now && now.length > 0)
      drawSpaceTime(frame, image, spaceTimeField(now), range(), timeSlice.getState().time);
  });
  useSummary(
    canvas,
    [lane, forcing.store],
    () =>
      `${TITLES[shown]} over x and t from 0 to 1: largest absolute value ${largest(values()).toPrecision(3)}`,
  );
  return (
    <Panel
      title={TITLES[shown]}
      actions={
        <ExportMenu
          name={TITLES[shown]}
          table={async () => (await figureTables()).spaceTimeTable(shown, values())}
        />
      }
      footer={
        shown === 'error' ? (
          <span className={figure.note}>
            <RelativeError /> <ScaleLock>own scale</ScaleLock>
          </span>
        ) : undefined
      }
    >
      <div className={`${figure.figure} ${css.figure}`} translate="no">
        <canvas ref={canvas} role="img" aria-label={TITLES[shown]} data-testid={`map-${shown}`} />
      </div>
    </Panel>
  );
}

/** u(x, t) at one moment, exact and by the network, with a slider that plays through time. */
export function TimeSlicePanel() {
  const { lane } = usePlayground();
  const forcing = useForcing();
  const { time, playing } = useStore(timeSlice);
  const axes = useLane((state) => state.data?.operator?.axes);
  const choice = useForcingState((state) => state.choice);
  const bound = useStableBound(choice.kind === 'test' ? choice.index : 'drawn');
  const making = useSamplesInTheMaking();
  usePlayTime(playing);

  const at = (values: ArrayLike<number> | undefined): Float64Array | undefined => {
    if (!axes || !values || values.length !== axes[0].length * axes[1].length) return undefined;
    const column = Math.round(time * (axes[1].length - 1));
    return Float64Array.from({ length: axes[0].length }, (_, i) => values[i * axes[1].length + column]);
  };
  return (
    <CurveFigure
      title={`u(x, t) at t = ${time.toFixed(2)}`}
      testId="time-slice"
      sources={[lane, forcing.store, timeSlice]}
      plot={() => {
        const { exact } = forcing.store.getState();
        const truth = at(exact);
        if (!axes || !truth) return undefined;
        const network = at(answerOf(lane.getState()));
        const high = bound(1.05 * largest(exact));
        const lines = [{ x: axes[0], y: truth, name: 'exact', look: 'truth' as const }];
        return {
          lines: network
            ? [...lines, { x: axes[0], y: network, name: 'network', look: 'network' as const }]
            : lines,
          backdrop: time === 1 ? making?.solutions : undefined,
          from: 0,
          to: 1,
          low: -high,
          high,
          xLabel: 'x',
        };
      }}
      summary={() => `Exact solution and network at t = ${time.toFixed(2)}`}
      footer={
        <span className={slice.time}>
          <button
            type="button"
            className={button.button}
            aria-pressed={playing}
            onClick={() => timeSlice.setState({ playing: !playing })}
          >
            {playing ? 'Stop' : 'Play'} t
          </button>
          <input
            type="range"
            min={0}
            max={1}
            step={0.01}
            value={time}
            aria-label="Time t"
            aria-valuetext={`t = ${time.toFixed(2)}`}
            onChange={(event) => timeSlice.setState({ time: Number(event.target.value), playing: false })}
          />
        </span>
      }
    />
  );
}

/** Moves the time on while it plays; at the end it starts over. */
function usePlayTime(playing: boolean): void {
  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    let request = requestAnimationFrame(function turn(now) {
      const { time } = timeSlice.getState();
      const next = time + (now - last) / 1000 / PLAY_SECONDS;
      last = now;
      timeSlice.setState({ time: next > 1 ? 0 : next });
      request = requestAnimationFrame(turn);
    });
    return () => cancelAnimationFrame(request);
  }, [playing]);
}
