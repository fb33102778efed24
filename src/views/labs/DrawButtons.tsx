import figure from '../figures/figure.module.css';
import css from './DrawButtons.module.css';

interface DrawButtonsProps {
  readonly drawn: number;
  readonly most: number;
  readonly seed: number;
  readonly onChange: (change: { readonly drawn: number; readonly seed?: number }) => void;
}

const MORE = [
  [1, 'one more'],
  [10, 'ten more'],
  [100, '100 more'],
] as const;

/** Draws more, one by one or many at once; or others, from the beginning. */
export function DrawButtons({ drawn, most, seed, onChange }: DrawButtonsProps) {
  return (
    <div className={css.buttons}>
      {MORE.map(([count, words]) => (
        <button
          key={count}
          type="button"
          className={count === 1 ? `${figure.button} ${css.first}` : figure.button}
          disabled={drawn >= most}
          onClick={() => onChange({ drawn: Math.min(most, drawn + count) })}
        >
          {words}
        </button>
      ))}
      <button
        type="button"
        className={figure.button}
        disabled={drawn === 0}
        onClick={() => onChange({ drawn: 0 })}
      >
        clear
      </button>
      <button
        type="button"
        className={figure.button}
        title="Begins anew with other random numbers"
        onClick={() => onChange({ drawn: 0, seed: (seed + 1) >>> 0 })}
      >
        new seed
      </button>
    </div>
  );
}
