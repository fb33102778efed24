import { Fragment, useState } from 'react';
import { PAPER_PASSES } from '../../training/cost.ts';
import { type EnergyFigures, energy, HOROWITZ, operations } from '../../training/operations.ts';
import { formatDuration } from '../format.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { Panel } from '../shell/Panel.tsx';
import { Term } from '../terms/Term.tsx';
import css from './compare.module.css';
import type { ShownLane } from './lane-names.ts';
import { Swatch } from './Swatch.tsx';
import type { Costs } from './use-costs.ts';

/** What a training step of each lane costs, counted from the spikes that occurred. */
export function CostTable({ lanes, costs }: { readonly lanes: readonly ShownLane[]; readonly costs: Costs }) {
  const [figures, setFigures] = useState<EnergyFigures>(HOROWITZ);
  const rows = lanes.map((shown) => ({ shown, cost: costs.get(shown.id) }));
  const table = () => ({
    header: [
      'lane',
      'method',
      'additions',
      'multiplications',
      'forward_pass_equivalents',
      'bytes_for_gradient',
      'energy_pJ',
      'ms_per_step',
    ],
    rows: rows.flatMap(({ shown, cost }) =>
      cost
        ? [
            [
              shown.letter,
              shown.name,
              cost.cost.additions,
              cost.cost.multiplications,
              cost.cost.forwardEquivalents,
              cost.cost.bytesForGradient,
              energy(cost.cost, figures),
              cost.msPerStep,
            ],
          ]
        : [],
    ),
  });
  return (
    <Panel
      title="What a step costs"
      className={css.costs}
      actions={<ExportMenu name="costs" table={table} />}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label="Costs of the lanes">
        <table className={css.table} data-testid="costs">
          <thead>
            <tr>
              <th scope="col">
                <span className="hidden-visually">Lane</span>
              </th>
              <th scope="col">add</th>
              <th scope="col">mult</th>
              <th scope="col">
                <Term id="forwardPassEquivalents" label>
                  passes
                </Term>
              </th>
              <th scope="col">kept</th>
              <th scope="col">energy</th>
              <th scope="col">time</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ shown, cost }) => (
              <tr key={shown.id}>
                <th scope="row">
                  <Swatch position={shown.position} letter={shown.letter} small />
                  <span className="hidden-visually">{shown.name}</span>
                </th>
                {cost ? (
                  <>
                    <td>{short(cost.cost.additions)}</td>
                    <td>{short(cost.cost.multiplications)}</td>
                    <td>{cost.cost.forwardEquivalents.toPrecision(3)}</td>
                    <td>{short(cost.cost.bytesForGradient)}B</td>
                    <td>{short(energy(cost.cost, figures) * 1e-12)}J</td>
                    <td>{formatDuration(cost.msPerStep)}</td>
                  </>
                ) : (
                  <td colSpan={6}>counting…</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <Explanation figures={figures} onFigures={setFigures} heaviest={heaviest(rows)} />
      </section>
    </Panel>
  );
}

type Rows = readonly { readonly shown: ShownLane; readonly cost: ReturnType<Costs['get']> }[];

/** Ratio of the operations of the first BP lane and the first RFG lane, if both are there and may be named. */
function heaviest(rows: Rows): string | undefined {
  const of = (gradient: string) =>
    rows.find(
      ({ shown, cost }) => cost && !shown.hidden && shown.lane.getState().config.gradient === gradient,
    );
  const [bp, rfg] = [of('BP'), of('RFG')];
  if (!bp?.cost || !rfg?.cost) return undefined;
  const ratio = operations(rfg.cost.cost) / operations(bp.cost.cost);
  const change = Math.round(Math.abs(1 - ratio) * 100);
  return `Here a step of lane ${rfg.shown.letter} does ${change} % ${ratio < 1 ? 'fewer' : 'more'} operations than one of lane ${bp.shown.letter}`;
}

function Explanation({
  figures,
  onFigures,
  heaviest,
}: {
  readonly figures: EnergyFigures;
  readonly onFigures: (figures: EnergyFigures) => void;
  readonly heaviest: string | undefined;
}) {
  const saved = Math.round((1 - PAPER_PASSES.RFG / PAPER_PASSES.BP) * 100);
  return (
    <details className={css.explained}>
      <summary>
        Paper: RFG costs {saved} % less than BP. Why the count differs, and the energy’s figures
      </summary>
      <p>
        The paper counts RFG as {PAPER_PASSES.RFG} forward pass against {PAPER_PASSES.BP} for BP.{' '}
        {heaviest ? `${heaviest}: a` : 'A'} forward pass only adds up spikes, but each tangent multiplies real
        numbers, one for every direction and, layer-wise, every layer. What RFG saves is memory: BP keeps
        every time step, RFG none.
      </p>
      <p className={css.figures}>
        Energy with{' '}
        {(['addition', 'multiplication'] as const).map((name, i) => (
          <Fragment key={name}>
            {i > 0 && ' and '}
            <input
              type="number"
              min={0}
              max={1000}
              step={0.1}
              value={figures[name]}
              aria-label={`Energy of one ${name} in pJ`}
              onChange={(event) => {
                const value = Number(event.target.value);
                if (Number.isFinite(value) && value >= 0 && value <= 1000)
                  onFigures({ ...figures, [name]: value });
              }}
            />{' '}
            pJ for one {name}
          </Fragment>
        ))}
        ; float32, 45 nm: Horowitz, ISSCC 2014. Memory traffic is not counted.
      </p>
    </details>
  );
}

const UNITS = ['p', 'n', 'µ', 'm', '', 'k', 'M', 'G'];

/** 12.3 k, 4.5 M, 8.1 µ: three digits and a prefix. */
function short(value: number): string {
  if (value === 0) return '0 ';
  const power = Math.min(3, Math.max(-4, Math.floor(Math.log10(value) / 3)));
  const scaled = value / 1000 ** power;
  return `${scaled >= 99.95 ? Math.round(scaled) : scaled.toPrecision(scaled >= 9.995 ? 3 : 2)} ${UNITS[power + 4]}`;
}
