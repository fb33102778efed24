import { Button } from '../../ui/Button.tsx';
import figure from '../figures/figure.module.css';
import { formatCount } from '../format.ts';
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
        <Button
          key={count}
          className={count === 1 ? `${figure.button} ${css.first}` : figure.button}
          why={drawn >= most ? `${formatCount(most)} are drawn, which is the most` : undefined}
          onClick={() => onChange({ drawn: Math.min(most, drawn + count) })}
        >
          {words}
        </Button>
      ))}
      <Button
        className={figure.button}
        why={drawn === 0 ? 'nothing is drawn yet' : undefined}
        onClick={() => onChange({ drawn: 0 })}
      >
        clear
      </Button>
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
