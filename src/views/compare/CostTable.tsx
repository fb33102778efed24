import { useState } from 'react';
import { methodName, methodOf } from '../../training/config.ts';
import { PAPER_PASSES, PAPER_SAVING } from '../../training/cost.ts';
import { energy, operations } from '../../training/operations.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useApp } from '../context.ts';
import { formatDuration, formatSI } from '../format.ts';
import { EnergyInputs } from '../inside/cost/EnergyInputs.tsx';
import { useEnergyFigures } from '../inside/cost/energy-figures.ts';
import { memoryClaim } from '../inside/cost/memory.ts';
import { passesSaid, passesSentence, stepUnder } from '../inside/cost/readings.ts';
import { useSpoken } from '../methods/use-spoken.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { Term } from '../terms/Term.tsx';
import css from './CostTable.module.css';
import { EqualPasses } from './EqualPasses.tsx';
import { LaneHead } from './LaneHead.tsx';
import type { ShownLane } from './lane-names.ts';
import numbers from './numbers.module.css';
import { ReachTable } from './ReachTable.tsx';
import { errorFor, REACH_TARGETS, reachOf } from './reach.ts';
import type { Costs } from './use-costs.ts';
import { useLaneOf } from './use-lanes.ts';

const SHOWN = [
  { value: 'step', label: 'a step', hint: 'What one training step of each lane costs' },
  { value: 'error', label: 'an error', hint: 'What each lane spent until its error was small enough' },
] as const;

interface CostTableProps {
  readonly lanes: readonly ShownLane[];
  readonly costs: Costs;
}

/** What a training step of each lane costs, counted from the spikes that occurred; or what it took to come to an error. */
export function CostTable({ lanes, costs }: CostTableProps) {
  const [shown, setShown] = useState<(typeof SHOWN)[number]['value']>('step');
  const figures = useEnergyFigures();
  const say = useSpoken();
  const rows = lanes.map((shown) => ({ shown, cost: costs.get(shown.id) }));
  const pair = beside(rows);
  const overPasses = useApp((state) => state.comparison.axis === 'passes');
  const equalPasses = overPasses && <EqualPasses lanes={lanes} costs={costs} />;
  const table = () => ({
    header: [
      'lane',
      'method',
      'additions',
      'multiplications',
      'forward_pass_equivalents',
      'bytes_for_gradient',
      'energy_pJ',
      'ms_per_step_median',
      ...REACH_TARGETS.flatMap((target) =>
        ['steps_until', 'forward_passes_until', 'energy_pJ_until', 'ms_until'].map(
          (unit) => `${unit}_${target}`,
        ),
      ),
    ],
    rows: rows.flatMap(({ shown, cost }) =>
      cost
        ? [
            [
              shown.letter,
              shown.name,
              cost.cost.additions,
              cost.cost.multiplications,
              cost.passes,
              cost.cost.bytesForGradient,
              energy(cost.cost, figures),
              shown.lane.getState().msPerStep ?? cost.msPerStep,
              ...REACH_TARGETS.flatMap((target) => {
                const run = shown.lane.getState();
                const error = errorFor(target, run);
                const price = { passes: cost.passes, pJ: energy(cost.cost, figures) };
                const reach = error === undefined ? undefined : reachOf(run, error, price);
                return [reach?.step, reach?.passes, reach?.pJ, reach?.ms];
              }),
            ],
          ]
        : [],
    ),
  });
  return (
    <Panel
      title={shown === 'step' ? 'What a step costs' : 'What an error costs'}
      className={css.costs}
      actions={
        <>
          <Segmented label="What costs" bare value={shown} options={SHOWN} onChange={setShown} />
          <ExportMenu name="costs" table={table} onlyData />
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label="Costs of the lanes">
        {shown === 'step' ? (
          <>
            <StepTable rows={rows} />
            {equalPasses}
            {pair?.sentence && (
              <p className={css.sentence} data-testid="cost-sentence">
                {say(pair.sentence)}
              </p>
            )}
            <Explanation pair={pair} />
          </>
        ) : (
          <>
            <ReachTable lanes={lanes} costs={costs} />
            {equalPasses}
          </>
        )}
      </section>
    </Panel>
  );
}

function StepTable({ rows }: { readonly rows: Rows }) {
  const figures = useEnergyFigures();
  return (
    <table className={numbers.table} data-testid="costs">
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden-visually">Lane</span>
          </th>
          <th scope="col">
            <Term id="operations" label>
              add
            </Term>
          </th>
          <th scope="col">
            <Term id="operations" label>
              mult
            </Term>
          </th>
          <th scope="col">
            <Term id="forwardPassEquivalents" label>
              passes
            </Term>
          </th>
          <th scope="col">
            <Term id="kept" label>
              kept
            </Term>
          </th>
          <th scope="col">
            <Term id="energy" label>
              energy
            </Term>
          </th>
          <th
            scope="col"
            title="Median time of a step over the run; before a lane has trained, of a few samples"
          >
            time
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ shown, cost }) => (
          <tr key={shown.id}>
            <LaneHead shown={shown} />
            {cost ? (
              <>
                <td>{formatSI(cost.cost.additions)}</td>
                <td>{formatSI(cost.cost.multiplications)}</td>
                <td>{cost.passes === undefined ? '–' : passesSaid(cost.passes)}</td>
                <td>{formatSI(cost.cost.bytesForGradient)}B</td>
                <td>{formatSI(energy(cost.cost, figures) * 1e-12)}J</td>
                <StepTime shown={shown} before={cost.msPerStep} />
              </>
            ) : (
              <td colSpan={6}>counting…</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Median over the run; `before` it has trained, of samples. */
function StepTime({ shown, before }: { readonly shown: ShownLane; readonly before: number | undefined }) {
  const time = useLaneOf(shown.lane, (state) => {
    const ms = state.msPerStep ?? before;
    return ms === undefined ? '–' : formatDuration(ms);
  });
  return <td>{time}</td>;
}

type Rows = readonly { readonly shown: ShownLane; readonly cost: ReturnType<Costs['get']> }[];

const configOf = ({ lane }: ShownLane) => lane.getState().config;

/** What the first BP lane and the first RFG lane, or one by another method, cost beside each other, if both are there. */
function beside(
  rows: Rows,
): { sentence?: string; operations: string; memory?: string | undefined } | undefined {
  const counted = rows.filter(({ cost }) => cost);
  const by = ({ shown }: Rows[number]) => methodOf(configOf(shown)).derivation;
  const bp = counted.find((row) => by(row) === 'reverse');
  const forward = counted.find((row) => by(row) === 'forward');
  const other = forward ?? counted.find((row) => by(row) !== 'reverse');
  if (!bp?.cost || !other?.cost) return undefined;
  const ratio = operations(other.cost.cost) / operations(bp.cost.cost);
  const change = Math.round(Math.abs(1 - ratio) * 100);
  const labelsOf = ({ shown }: Rows[number]) => ({
    name: `lane ${shown.letter}`,
    config: configOf(shown),
  });
  const nameOf = ({ shown }: Rows[number]) => `lane ${shown.letter} (${methodName(configOf(shown))})`;
  return {
    ...(other.cost.passes !== undefined &&
      bp.cost.passes !== undefined && {
        sentence: passesSentence({
          other: stepUnder(configOf(other.shown), other.cost.passes, nameOf(other)),
          backprop: { name: nameOf(bp), passes: bp.cost.passes },
        }),
      }),
    operations: `Here a step of lane ${other.shown.letter} does ${change} % ${ratio < 1 ? 'fewer' : 'more'} operations than one of lane ${bp.shown.letter}`,
    memory: forward && memoryClaim(labelsOf(bp), labelsOf(forward)),
  };
}

function Explanation({ pair }: { readonly pair: ReturnType<typeof beside> }) {
  const say = useSpoken();
  return (
    <details className={css.explained}>
      <summary>{say(`Paper: RFG ${PAPER_SAVING} % below BP. Why the count differs`)}</summary>
      <p>
        {say(`The paper counts RFG as ${PAPER_PASSES.RFG} forward pass against ${PAPER_PASSES.BP} for BP.`)}{' '}
        {pair && `${pair.operations}. `}
        {say(
          'A forward pass only adds up spikes, but each tangent of RFG multiplies real numbers, one for every direction and, layer-wise, every layer.',
        )}{' '}
        {say(pair?.memory ?? 'BP’s memory grows with T, that of RFG with K and the layers instead.')}
      </p>
      <EnergyInputs />
    </details>
  );
}
