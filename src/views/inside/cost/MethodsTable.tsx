import type { CountedMethod } from '../../../training/cost-beside.ts';
import { operations } from '../../../training/operations.ts';
import { formatSI } from '../../format.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import { ExportMenu } from '../../share/ExportMenu.tsx';
import shared from '../shared/inside.module.css';
import common from './cost.module.css';
import css from './MethodsTable.module.css';
import { against, passesSaid, shareOf } from './readings.ts';

/** A step by BP, RFG and WP: the paper's count, ours, sweeps over time and memory beside each other. */
export function MethodsTable({ methods }: { readonly methods: readonly CountedMethod[] }) {
  const say = useSpoken();
  const [backprop] = methods;
  const table = () => ({
    header: [
      'method',
      'K',
      'paper_passes',
      'forward_pass_equivalents',
      'operations',
      'sweeps_forward',
      'sweeps_backward',
      'bytes_for_gradient',
    ],
    rows: methods.map(({ method, K, paper, cost, sweeps }) => [
      method,
      K,
      paper,
      cost.forwardEquivalents,
      operations(cost),
      sweeps.forward,
      sweeps.backward,
      cost.bytesForGradient,
    ]),
  });
  return (
    <div>
      <div className={shared.above}>
        <ExportMenu name="cost by method" table={table} onlyData />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={common.scroll} tabIndex={0} aria-label="A step by other methods">
        <table className={`${common.table} ${css.methods}`} data-testid="cost-methods">
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">K</th>
              <th scope="col">paper counts</th>
              <th scope="col">counted here</th>
              <th scope="col">sweeps</th>
              <th scope="col">kept</th>
            </tr>
          </thead>
          <tbody>
            {methods.map(({ method, K, paper, cost, sweeps }) => (
              <tr key={`${method} ${K}`}>
                <th scope="row">{say(method)}</th>
                <td>{K ?? '–'}</td>
                <td>{paper ?? '–'}</td>
                <td>
                  {passesSaid(cost.forwardEquivalents)}
                  {method !== backprop.method && (
                    <span className={css.beside}>{against(operations(cost), operations(backprop.cost))}</span>
                  )}
                </td>
                <td>
                  {sweeps.backward > 0 ? `${sweeps.forward} + ${sweeps.backward} back` : sweeps.forward}
                </td>
                <td>
                  {formatSI(cost.bytesForGradient)}B
                  {method !== backprop.method && (
                    <span className={css.beside}>
                      {shareOf(cost.bytesForGradient, backprop.cost.bytesForGradient)}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
