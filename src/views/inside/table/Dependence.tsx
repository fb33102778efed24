import { useState } from 'react';
import { DEPENDENCE_METHODS, dependenceOf } from '../../../lessons/dependence.ts';
import type { MethodResult } from '../../../lessons/measured.ts';
import type { ExperimentName } from '../../../training/config.ts';
import { WORDS } from '../../experiments/all.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import shared from '../shared/inside.module.css';
import css from './Dependence.module.css';
import { Figure, four } from './MethodTable.tsx';
import common from './table.module.css';

/** The same methods with one setting changed at a time, folded away. */
export function Dependence({
  experiment,
  results,
}: {
  readonly experiment: ExperimentName;
  readonly results: readonly MethodResult[];
}) {
  const [open, setOpen] = useState(false);
  const say = useSpoken();
  const rows = dependenceOf(experiment, results);
  const nothing = results.find((row) => row.experiment === experiment && row.learned === 'nothing');
  if (rows.length < 2) return null;
  return (
    <details
      className={css.dependence}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      data-testid="dependence"
    >
      <summary>What these figures depend on</summary>
      {open && (
        <>
          <p className={shared.dim}>
            One setting changed at a time, K = 1; rates and steps stay as they were tuned for the first row.
            The paper leaves these settings open.
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
          <section className={common.scroll} tabIndex={0} aria-label="Errors by setting">
            <table className={common.table}>
              <caption className="hidden-visually">
                Relative L2 error by setting: median, least and greatest
              </caption>
              <thead>
                <tr>
                  <th scope="col">Setting</th>
                  {DEPENDENCE_METHODS.map((method) => (
                    <th key={method} scope="col">
                      {say(method)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ changes, text, cells }) => (
                  <tr key={changes}>
                    <th scope="row" className={common.setting}>
                      {text}
                    </th>
                    {cells.map((result, i) => (
                      <td key={DEPENDENCE_METHODS[i]}>
                        <Figure result={result} details={false} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {nothing && (
            <p>
              With nothing learned, {WORDS[experiment].nothingLearned}, the error is{' '}
              <b>{four(nothing.median)}</b>.
            </p>
          )}
        </>
      )}
    </details>
  );
}
