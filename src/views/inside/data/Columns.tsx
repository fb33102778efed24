import { useMemo, useState } from 'react';
import { packTable } from '../../../problems/samples.ts';
import { type DecimalSign, likelyColumns, numbersOf, type Sheet } from '../../../training/data-file.ts';
import { useApp } from '../../context.ts';
import { missingTable } from '../../data/samples-of.ts';
import { formatCount } from '../../format.ts';
import shared from '../shared/inside.module.css';
import { ColumnSelect, HowRead, Notes, UseIt } from './SheetParts.tsx';

interface Props {
  readonly sheet: Sheet;
  readonly read: (reading: Pick<Sheet, 'separator' | 'headed'>) => void;
  readonly onLearn: (text: string) => void;
}

/** How the file was read, and which of its columns are to be learned. */
export function Columns({ sheet, read, onLearn }: Props) {
  const likely = likelyColumns(sheet);
  const [target, setTarget] = useState(likely.at(-1) ?? -1);
  const [first, setFirst] = useState(likely[0] ?? -1);
  const [second, setSecond] = useState(likely.length === 3 ? likely[1] : -1);
  const [decimal, setDecimal] = useState<DecimalSign>();
  const config = useApp((state) => state.config);
  const chosen = [first, second, target].filter((k) => k >= 0);
  const complete = first >= 0 && target >= 0;
  const { numbers, fault } = useMemo(
    () => attempt(sheet, complete ? [first, second, target].filter((k) => k >= 0) : [], decimal),
    [sheet, complete, first, second, target, decimal],
  );
  const text = useMemo(() => numbers && packTable(sheet.name, numbers.columns), [numbers, sheet]);
  return (
    <section className={shared.section} aria-label="Columns" data-testid="data-columns">
      <h3>
        {sheet.name}: {formatCount(sheet.rows.length)} rows
      </h3>
      <HowRead sheet={sheet} read={read} decimal={decimal ?? numbers?.decimal} choose={setDecimal} />
      <div className={shared.row}>
        <ColumnSelect label="Input" sheet={sheet} value={first} onChange={setFirst} />
        <ColumnSelect label="Second input" none="none" sheet={sheet} value={second} onChange={setSecond} />
        <ColumnSelect label="Target" sheet={sheet} value={target} onChange={setTarget} />
      </div>
      <Notes sheet={sheet} numbers={numbers} chosen={chosen} />
      <UseIt
        what="table"
        verb="Learn it"
        why="choose columns of numbers first"
        text={text}
        wanted={missingTable(config)}
        fault={fault}
        onUse={onLearn}
      />
    </section>
  );
}

function attempt(sheet: Sheet, chosen: readonly number[], decimal: DecimalSign | undefined) {
  try {
    return { numbers: numbersOf(sheet, chosen, decimal) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
