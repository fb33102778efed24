import { useLane } from '../context.ts';
import { formatCount } from '../format.ts';
import { measureName } from '../measures.ts';
import css from './Legend.module.css';
import { errorsText, lossText, methodAt } from './series.ts';

interface LegendProps {
  readonly names: { readonly coarse: string; readonly stated: string };
  readonly hover: number | undefined;
}

/** What the lines mean, or the values at the step under the pointer; one line high in both cases. */
export function Legend({ names, hover }: LegendProps) {
  return (
    <div className={css.legend} data-drawn>
      {hover === undefined ? (
        <>
          <span className={css.live}>{shortened(measureName('coarse', names))}</span>
          <span className={css.stated}>{measureName('stated', names)}</span>
        </>
      ) : (
        <Values step={hover} />
      )}
    </div>
  );
}

function Values({ step }: { readonly step: number }) {
  const text = useLane(({ losses, metrics, changes }) => {
    const method = changes.length > 0 ? ` · ${methodAt(step, changes, '')}` : '';
    return `step ${formatCount(step)}${method} · L2 ${errorsText(metrics, step)} · loss ${lossText(losses, step)}`;
  });
  return <span>{text}</span>;
}

/** What both are counted in is said once. */
function shortened(measure: string): string {
  return measure.replace(' test functions', '');
}
