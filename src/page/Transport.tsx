import controls from '../ui/controls.module.css';
import { IconButton } from '../ui/IconButton.tsx';
import { PauseIcon, PlayIcon, ResetIcon, SeedIcon, StepIcon } from '../ui/icons.tsx';
import { useApp, usePlayground } from '../views/context.ts';
import { Hideable } from '../views/share/Hideable.tsx';
import css from './Transport.module.css';

/** Play, single step, start again, another seed. */
export function Transport() {
  const { actions } = usePlayground();
  const playing = useApp((state) => state.status === 'playing');
  const seed = useApp((state) => state.config.seed);
  return (
    <div className={css.transport}>
      <Hideable control="play">
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          hint={playing ? 'Pause (space)' : 'Play (space)'}
          icon={playing ? <PauseIcon /> : <PlayIcon />}
          className={controls.play}
          aria-keyshortcuts="Space"
          onClick={() => void actions.toggle()}
        />
      </Hideable>
      <Hideable control="step">
        <IconButton
          label="One step"
          hint="One training step (s)"
          icon={<StepIcon />}
          aria-keyshortcuts="s"
          onClick={() => void actions.step()}
        />
      </Hideable>
      <Hideable control="reset">
        <IconButton
          label="Reset"
          hint={`Back to step 0, same seed ${seed} (r)`}
          icon={<ResetIcon />}
          aria-keyshortcuts="r"
          onClick={() => void actions.reset()}
        />
      </Hideable>
      <Hideable control="seed">
        <IconButton
          label="New seed"
          hint={`Start again with seed ${seed + 1} (n)`}
          icon={<SeedIcon />}
          aria-keyshortcuts="n"
          onClick={() => void actions.newSeed()}
        />
      </Hideable>
    </div>
  );
}
