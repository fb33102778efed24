import { Hint } from '../../../ui/Hint.tsx';
import { clampTime, pointAtTime, selection, useSelection } from '../selection.ts';
import css from './TimeControls.module.css';
import type { Player } from './use-player.ts';

/** Play and pause of the time cursor, and a slider for it. Where reduced motion is preferred: one step at a time. */
export function TimeControls({
  player,
  T,
}: {
  readonly player: Pick<Player, 'playing' | 'still'>;
  readonly T: number;
}) {
  const { playing, still } = player;
  const time = clampTime(
    useSelection((state) => state.time),
    T,
  );
  const label = still
    ? 'Next time step'
    : playing
      ? 'Stop the time cursor'
      : 'Watch the spikes in slow motion';
  const press = () =>
    still ? pointAtTime(time >= T ? 1 : time + 1, T) : selection.setState({ time, playing: !playing });
  return (
    <div className={css.controls}>
      <button type="button" aria-label={label} title={label} onClick={press} data-testid="time-play">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {still ? (
            <path d="M3 3 9 8 3 13ZM10 3h2.4v10H10z" />
          ) : playing ? (
            <path d="M3.5 3H7v10H3.5zM9 3h3.5v10H9z" />
          ) : (
            <path d="M4 2.5 13 8 4 13.5Z" />
          )}
        </svg>
      </button>
      <Hint text="The time step at which spikes and membranes are shown">
        <input
          type="range"
          min={1}
          max={T}
          value={time}
          aria-label="Time step"
          onChange={(event) => pointAtTime(Number(event.currentTarget.value), T)}
        />
      </Hint>
      <output>time step {time}</output>
    </div>
  );
}
