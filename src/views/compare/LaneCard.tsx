import { memo } from 'react';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { isHidden } from '../../state/presentation.ts';
import { Hint } from '../../ui/Hint.tsx';
import { useApp } from '../context.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import { LaneMap, LaneRaster, LaneStatus } from './LaneFigures.tsx';
import { LaneMenu } from './LaneMenu.tsx';
import { LaneSurface } from './LaneSurface.tsx';
import css from './lane.module.css';
import { stepSettings } from './lane-differences.ts';
import figures from './lane-figures.module.css';
import { otherwise, type ShownLane } from './lane-names.ts';
import { Swatch } from './Swatch.tsx';
import { useLaneOf } from './use-lanes.ts';

const LaneCurve = onDemand('The lane’s answer', () => import('./LaneOperatorFigures.tsx'), {
  name: 'LaneCurve',
});
const LaneSpaceTime = onDemand('The lane’s answer', () => import('./LaneOperatorFigures.tsx'), {
  name: 'LaneSpaceTime',
});

const LaneForecast = onDemand('The lane’s forecast', () => import('../forecast/LaneForecast.tsx'), {
  name: 'LaneForecast',
});
const LaneData = onDemand('The lane’s output', () => import('../data/LaneData.tsx'), { name: 'LaneData' });

interface LaneCardProps {
  readonly shown: ShownLane;
  /** Ends of the shared ranges of output and error. */
  readonly bounds: Bounds;
  /** The answer as a surface, in place of maps and raster. */
  readonly surfaces: boolean;
  /** Little: the title has a row of its own. */
  readonly room: 'little' | 'some' | 'much';
}
export interface Bounds {
  readonly output: () => number;
  readonly error: () => number;
}

/** One lane: name, error, prediction, error map and raster. */
export const LaneCard = memo(function LaneCard({ shown, bounds, surfaces, room }: LaneCardProps) {
  const { lane, letter, path, run, named, position, hidden } = shown;
  const small = room === 'little';
  const config = useLaneOf(lane, (state) => state.config);
  const { shape } = EXPERIMENTS[config.experiment];
  const { first, spelled } = useApp(({ config, presentation }) => ({
    first: config,
    spelled: presentation.view === 'presenter',
  }));
  const title = spelled ? shown.spoken : path;
  // A scene's lanes are not edited.
  const fixed = useApp(({ presentation }) => presentation.lesson && isHidden(presentation, 'compare'));
  const settings = stepSettings(config, named);
  const others = hidden ? [] : otherwise(first, config);
  const label = hidden ? `lane ${letter}` : `lane ${letter}, ${run}`;
  const hints = [
    ...(run === path ? [] : [run]),
    ...(others.length > 0 ? [`Beside the method: ${others.join(', ')}`] : []),
  ];
  return (
    <section
      className={css.card}
      data-small={small || undefined}
      aria-label={`Lane ${letter}${hidden ? '' : `: ${run}`}`}
      data-testid="lane"
      data-panel
    >
      <div className={css.head}>
        <Swatch position={position} letter={letter} small={room !== 'much'} />
        <Hint text={hints.length > 0 ? hints.join('. ') : undefined}>
          <h2 className={css.name} data-label>
            {hidden ? `Lane ${letter}` : title}
          </h2>
        </Hint>
        {!small && <LaneStatus lane={lane} />}
        {!fixed && <LaneMenu shown={shown} />}
      </div>
      {!hidden && (
        <span className={css.settings} data-testid="lane-settings">
          {settings}
        </span>
      )}
      {small && <LaneStatus lane={lane} />}
      <div className={figures.maps} data-square={(shape === 'surface' && !surfaces) || undefined}>
        {surfaces && <LaneSurface lane={lane} name={label} bound={bounds.output} />}
        {shape === 'surface' && !surfaces && (
          <>
            <LaneMap lane={lane} name={label} shown="network" bound={bounds.output()} />
            <LaneMap lane={lane} name={label} shown="error" bound={bounds.error()} />
          </>
        )}
        {shape === 'scatter' && <LaneData lane={lane} name={label} />}
        {shape === 'series' && <LaneForecast lane={lane} name={label} />}
        {shape === 'curve' && <LaneCurve lane={lane} name={label} />}
        {shape === 'field' && (
          <>
            <LaneSpaceTime lane={lane} name={label} shown="network" bound={bounds.output} />
            <LaneSpaceTime lane={lane} name={label} shown="error" bound={bounds.error} />
          </>
        )}
      </div>
      {!surfaces && <LaneRaster lane={lane} name={label} />}
    </section>
  );
});
