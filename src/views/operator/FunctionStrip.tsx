import { useMemo } from 'react';
import { useLane } from '../context.ts';
import css from './FunctionStrip.module.css';
import { useForcing, useForcingState } from './forcing-context.ts';

const SHOWN = 24;

/** Ranks of functions by error: the ones shown, evenly spread from best to worst, with median and worst marked. */
function ranked(
  errors: ArrayLike<number>,
  shown: number,
): { index: number; error: number; mark?: 'best' | 'median' | 'worst' }[] {
  const order = Array.from({ length: errors.length }, (_, i) => i).sort((a, b) => errors[a] - errors[b]);
  const count = Math.min(shown, order.length);
  const places = new Set<number>();
  for (let i = 0; i < count; i++)
    places.add(count === 1 ? 0 : Math.round((i * (order.length - 1)) / (count - 1)));
  const median = order.length >> 1;
  places.add(median);
  return [...places]
    .sort((a, b) => a - b)
    .map((place) => ({
      index: order[place],
      error: errors[order[place]],
      mark:
        place === order.length - 1 ? 'worst' : place === median ? 'median' : place === 0 ? 'best' : undefined,
    }));
}

/** Test functions from best to worst, to click through: a bar's height is the relative L2 error. */
export function FunctionStrip({ className }: { readonly className: string }) {
  const forcing = useForcing();
  const choice = useForcingState((state) => state.choice);
  const errors = useLane((state) => state.prediction?.errors);
  const error = useLane((state) => state.prediction?.error);
  const grid = useLane((state) => state.prediction?.grid);
  const items = useMemo(() => (errors ? ranked(errors, SHOWN) : []), [errors]);
  if (!errors || !grid || items.length < 2) return null;
  // The live error leaves out points as well as functions: of one function it is not the number beside its solution.
  const measure = grid === 'coarse' ? ' (live, on a part of the points)' : '';
  const most = items[items.length - 1].error || 1;
  const median = items.find((item) => item.mark === 'median');
  return (
    <section className={`${css.strip} ${className}`} aria-label="Test functions by error">
      <p>
        {errors.length} test functions{measure}: mean {error?.toPrecision(3)}, median{' '}
        {median?.error.toPrecision(3)}
      </p>
      <div className={css.bars}>
        {items.map((item) => (
          <button
            key={item.index}
            type="button"
            aria-pressed={choice.kind === 'test' && choice.index === item.index}
            aria-label={`Test function ${item.index + 1}, relative L2 ${item.error.toPrecision(3)}${item.mark ? `, ${item.mark}` : ''}`}
            title={`Test function ${item.index + 1}: ${item.error.toPrecision(3)}${measure}`}
            onClick={() => forcing.choose({ kind: 'test', index: item.index })}
          >
            <span
              className={css.bar}
              style={{ height: `calc((100% - 14px) * ${0.08 + 0.92 * Math.min(1, item.error / most)})` }}
            />
            {item.mark && <span className={css.mark}>{item.mark}</span>}
          </button>
        ))}
      </div>
    </section>
  );
}
