import { useApp, usePlayground } from '../../context.ts';
import { FieldThumb } from './FieldThumb.tsx';
import css from './ReadyTargets.module.css';
import { READY, READY_LABELS, readySurface, sampled } from './sample.ts';

const FIELDS = READY.map((name) => ({ name, field: sampled(readySurface(name), 65) }));

/** The functions to pick from, each with its picture. */
export function ReadyTargets() {
  const { actions } = usePlayground();
  const target = useApp((state) => state.config.target);
  return (
    <div className={css.tiles}>
      {FIELDS.map(({ name, field }) => (
        <button
          key={name}
          type="button"
          className={css.tile}
          aria-pressed={target === name}
          data-testid={`target-${name}`}
          onClick={() => target !== name && void actions.set({ target: name })}
        >
          <FieldThumb field={field} />
          <span className={css.name}>{READY_LABELS[name]}</span>
        </button>
      ))}
    </div>
  );
}
