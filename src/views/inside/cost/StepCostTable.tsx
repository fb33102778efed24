import { PART_NAMES, type StepCost } from '../../../training/cost.ts';
import { type EnergyFigures, energy, type Operations, operations } from '../../../training/operations.ts';
import { formatCount, formatSI } from '../../format.ts';
import { ExportMenu } from '../../share/ExportMenu.tsx';
import shared from '../shared/inside.module.css';
import common from './cost.module.css';
import css from './StepCostTable.module.css';

interface StepCostTableProps {
  readonly cost: StepCost;
  readonly figures: EnergyFigures;
}

/** A training step part by part: additions, multiplications, energy, share of all operations. */
export function StepCostTable({ cost, figures }: StepCostTableProps) {
  const total = operations(cost);
  const table = () => ({
    header: ['part', 'additions', 'multiplications', 'energy_pJ'],
    rows: [
      ...cost.parts.map((part) => ({ ...part, name: PART_NAMES[part.name] })),
      { ...cost, name: 'One step' },
      { ...cost.forward, name: 'One forward simulation of the same batch' },
    ].map((part) => [part.name, part.additions, part.multiplications, energy(part, figures)]),
  });
  const cells = (part: Operations) => (
    <>
      <td>{formatCount(part.additions)}</td>
      <td>{formatCount(part.multiplications)}</td>
      <td>{formatSI(energy(part, figures) * 1e-12)}J</td>
    </>
  );
  return (
    <div>
      <div className={shared.above}>
        <ExportMenu name="step cost" table={table} onlyData />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={common.scroll} tabIndex={0} aria-label="Operations of a step by part">
        <table className={common.table} data-testid="step-cost">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">additions</th>
              <th scope="col">multiplications</th>
              <th scope="col">energy</th>
              <th scope="col">share</th>
            </tr>
          </thead>
          <tbody>
            {cost.parts.map((part) => (
              <tr key={part.name}>
                <th scope="row">{PART_NAMES[part.name]}</th>
                {cells(part)}
                <td>
                  <span className={css.share}>
                    <span
                      className={css.bar}
                      style={{ width: `${(100 * operations(part)) / total}%` }}
                      aria-hidden="true"
                    />
                  </span>
                  <span className={css.percent}>{Math.round((100 * operations(part)) / total)} %</span>
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">One step</th>
              {cells(cost)}
              <td />
            </tr>
            <tr>
              <th scope="row">One forward simulation of the same batch</th>
              {cells(cost.forward)}
              <td />
            </tr>
          </tfoot>
        </table>
      </section>
    </div>
  );
}
