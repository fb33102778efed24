import type { Layout } from '../../../snn/network.ts';
import type { ExplainedStep } from '../../../training/explain.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { formatError } from '../../format.ts';
import { compareLayers } from './compare-layers.ts';
import css from './LayerBars.module.css';

/** Cosine and length of the estimate against BP's gradient, for every layer and over all. */
export function LayerBars({
  layout,
  explained,
}: {
  readonly layout: Layout;
  readonly explained: ExplainedStep;
}) {
  const rows = [
    { name: 'all', cosine: explained.cosine, ratio: undefined },
    ...compareLayers(layout, explained.estimate, explained.backprop),
  ];
  return (
    <table className={css.bars}>
      <caption>The estimate against BP’s gradient on the same batch</caption>
      <thead>
        <tr>
          <th scope="col">layer</th>
          <th scope="col">cosine</th>
          <th scope="col">
            <span className="hidden-visually">cosine as a bar from −1 to 1</span>
          </th>
          <th scope="col">length</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cosine, ratio }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{Number.isFinite(cosine) ? formatNumber(cosine, 3) : '–'}</td>
            <td>
              <span className={css.track}>
                <span
                  className={css.bar}
                  style={{
                    left: `${50 + 50 * Math.min(0, cosine || 0)}%`,
                    width: `${50 * Math.abs(cosine || 0)}%`,
                  }}
                />
              </span>
            </td>
            <td>{ratio === undefined ? '' : `× ${formatError(ratio)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
