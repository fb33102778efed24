import { useEffect, useMemo, useState } from 'react';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { isHidden } from '../../state/presentation.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useApp, useLane } from '../context.ts';
import { absoluteQuantile, stableBound } from '../figures/canvas/stable-bound.ts';
import { predictionFields, sharedBound } from '../figures/prediction/fields.ts';
import { useScaleLocked } from '../figures/scale-lock.ts';
import { ClassQuestion } from './ClassQuestion.tsx';
import { CompareBar, Reveal } from './CompareBar.tsx';
import { CompareCurves } from './CompareCurves.tsx';
import css from './ComparePanels.module.css';
import { CostTable } from './CostTable.tsx';
import { type Bounds, LaneCard } from './LaneCard.tsx';
import { offScaleNow } from './off-scale.ts';
import { Scales } from './Scales.tsx';
import { TruthCard } from './TruthCard.tsx';
import { useCosts } from './use-costs.ts';
import { useShownLanes } from './use-lanes.ts';
import { useOperatorBounds } from './use-operator-bounds.ts';

/** Lanes side by side, their curves in one chart, and what a step of each costs. */
export default function ComparePanels() {
  const lanes = useShownLanes();
  const costs = useCosts(lanes);
  const { blind, show, truth } = useApp((state) => state.comparison);
  const experiment = EXPERIMENTS[useLane((state) => state.config.experiment)];
  const { shape } = experiment;
  const surface = useSurfaceBounds();
  const operator = useOperatorBounds(lanes);
  const bounds = shape === 'surface' ? surface : operator;
  const narrow = useNarrow();
  // A scene says itself what is compared and asked.
  const plain = useApp(({ presentation }) => presentation.lesson && isHidden(presentation, 'compare'));
  const bar = plain ? <Reveal /> : <CompareBar shape={shape} />;
  const table = blind ? <ClassQuestion lanes={lanes} /> : <CostTable lanes={lanes} costs={costs} />;
  const surfaces = shape === 'surface' && show === 'surfaces';
  // Lanes with curves have the exact solution in each chart, those of a table its rows.
  const beside = truth === true && (shape === 'surface' || shape === 'field');
  const cards = lanes.length + (beside ? 1 : 0);
  const columns = cards <= 3 ? cards : Math.ceil(cards / 2);
  const truthCard = beside && <TruthCard bound={bounds.output} surfaces={surfaces} experiment={experiment} />;
  return (
    <div
      className={css.compare}
      data-testid="compare"
      data-plain={plain || undefined}
      style={{ '--columns': columns } as React.CSSProperties}
    >
      {!narrow && bar}
      <div
        className={css.lanes}
        data-lanes
        data-many={cards > 3 || undefined}
        data-surfaces={surfaces || undefined}
      >
        {shape === 'surface' && truthCard}
        {lanes.map((shown) => (
          <LaneCard
            key={shown.id}
            shown={shown}
            bounds={bounds}
            surfaces={surfaces}
            room={cards > (plain ? 2 : 6) ? 'little' : cards > 3 ? 'some' : 'much'}
          />
        ))}
        {shape !== 'surface' && truthCard}
      </div>
      <Scales lanes={lanes} bounds={bounds} experiment={experiment} surfaces={surfaces} />
      <div className={css.side}>
        <CompareCurves lanes={lanes} costs={costs} />
        {!plain && table}
      </div>
      {narrow && bar}
    </div>
  );
}

/** Bounds of output and error on the square that all lanes share: of the largest of those that did not leave. */
function useSurfaceBounds(): Bounds {
  const lanes = useApp((state) => state.lanes);
  const largest = sharedBound(useLane((state) => state.data));
  const [bound, setBound] = useState<number>();
  useEffect(() => {
    const follow = () => {
      const sizes = lanes.flatMap((lane) => {
        const run = lane.getState();
        const fields = offScaleNow(run) ? undefined : predictionFields(run);
        return fields ? [absoluteQuantile(fields.error.values, 0.995)] : [];
      });
      if (sizes.length > 0) setBound((current) => stableBound(current, Math.max(...sizes)));
    };
    const timer = setInterval(follow, BOUND_MS);
    follow();
    return () => clearInterval(timer);
  }, [lanes]);
  const own = Math.min(bound ?? largest, largest);
  const error = useScaleLocked() ? largest : own;
  return useMemo(() => ({ output: () => largest, error: () => error }), [largest, error]);
}
const BOUND_MS = 300;
