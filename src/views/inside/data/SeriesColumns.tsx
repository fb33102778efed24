import { useMemo, useState } from 'react';
import { packSeries } from '../../../problems/series/own-series.ts';
import type { DecimalSign, Sheet } from '../../../training/data-file.ts';
import { likelySeries, type SeriesOfFile, seriesOf } from '../../../training/series-file.ts';
import { useApp } from '../../context.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { formatCount } from '../../format.ts';
import shared from '../shared/inside.module.css';
import { missingSeries } from './SeriesInUse.tsx';
import { ColumnSelect, HowRead, Notes, UseIt } from './SheetParts.tsx';

interface Props {
  readonly sheet: Sheet;
  readonly read: (reading: Pick<Sheet, 'separator' | 'headed'>) => void;
  readonly onForecast: (text: string) => void;
}

/** How the file was read, and which of its columns are the series and its time. */
export function SeriesColumns({ sheet, read, onForecast }: Props) {
  const likely = likelySeries(sheet);
  const [time, setTime] = useState(likely.length === 2 ? likely[0] : -1);
  const [values, setValues] = useState(likely.at(-1) ?? -1);
  const [decimal, setDecimal] = useState<DecimalSign>();
  const config = useApp((state) => state.config);
  const chosen = [time, values].filter((k) => k >= 0);
  const { found, fault } = useMemo(
    () => attempt(sheet, values >= 0 ? [time, values].filter((k) => k >= 0) : [], decimal),
    [sheet, time, values, decimal],
  );
  const text = useMemo(() => found && packSeries(found.series), [found]);
  return (
    <section className={shared.section} aria-label="Columns" data-testid="data-columns">
      <h3>
        {sheet.name}: {formatCount(sheet.rows.length)} samples
      </h3>
      <HowRead sheet={sheet} read={read} decimal={decimal ?? found?.decimal} choose={setDecimal} />
      <div className={shared.row}>
        <ColumnSelect label="Time" none="equal steps" sheet={sheet} value={time} onChange={setTime} />
        <ColumnSelect label="Values" sheet={sheet} value={values} onChange={setValues} />
      </div>
      <Notes sheet={sheet} numbers={found} chosen={chosen} />
      {found && (
        <p className={shared.dim}>
          {time >= 0
            ? `A sample every ${formatNumber(found.series.interval)} of ${found.series.time}.`
            : 'The samples are taken as equally spaced.'}
        </p>
      )}
      <UseIt
        what="series"
        verb="Forecast it"
        why="choose a column of numbers first"
        text={text}
        wanted={missingSeries(config)}
        fault={fault}
        onUse={onForecast}
      />
    </section>
  );
}

function attempt(
  sheet: Sheet,
  chosen: readonly number[],
  decimal: DecimalSign | undefined,
): { readonly found?: SeriesOfFile; readonly fault?: string } {
  try {
    return { found: seriesOf(sheet, chosen, decimal) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
