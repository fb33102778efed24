import { useLane, usePlayground } from '../context.ts';
import { formatTick } from './canvas/ticks.ts';
import css from './PredictionPanels.module.css';
import { isSurface, predictionFields, sharedBound, targetField } from './prediction/fields.ts';
import { HeatMap } from './prediction/HeatMap.tsx';
import { useErrorBound } from './prediction/use-error-bound.ts';
import { ScaleLock } from './ScaleLock.tsx';
import { useScaleLocked } from './scale-lock.ts';

/** Target, output of the network and signed error of a function on the square. Nothing for other problems. */
export function PredictionPanels() {
  const { lane } = usePlayground();
  const data = useLane((state) => state.data);
  const T = useLane((state) => state.view.inferenceT ?? state.config.T);
  const target = useLane((state) => state.config.target);
  const bound = sharedBound(data);
  const ownBound = useErrorBound(lane, bound);
  const errorBound = useScaleLocked() ? bound : ownBound;
  if (data && !isSurface(data)) return null;

  const times = bound / ownBound;
  const finer = times > 1 ? `${formatTick(Number(times.toPrecision(2)))}× finer` : 'same scale';
  return (
    <div className={css.maps}>
      <div className={css.grid}>
        <HeatMap
          title={target === 'hat' ? 'Target ψ(x, y)' : 'Target'}
          name="the target"
          testId="prediction-target"
          bound={bound}
          part="target"
          field={() => data && targetField(data, 'stated')}
          zeroLine
          note="Press to see its spikes"
        />
        <HeatMap
          title="Spiking network"
          className={css.main}
          name="the network’s output"
          testId="prediction-network"
          bound={bound}
          part="network"
          field={() => predictionFields(lane.getState())?.network}
          zeroLine
          note={`Mean spikes, T\u00a0=\u00a0${T}`}
        />
        <HeatMap
          title="Signed error"
          name="the error, network minus target,"
          testId="prediction-error"
          bound={errorBound}
          part="error"
          field={() => predictionFields(lane.getState())?.error}
          note={
            <>
              Network − target <ScaleLock>{finer}</ScaleLock>
            </>
          }
        />
      </div>
    </div>
  );
}
