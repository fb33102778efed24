import { lineMark } from '../../../io/legend.ts';
import type { MicroscopeSetup } from '../../../worker/lane-microscope.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import shared from '../shared/inside.module.css';
import css from './CosineFigures.module.css';
import { accumulatedTable, drawAccumulated } from './draw-accumulated.ts';
import { BELOW, type CosineRow, cosineMeansTable, cosineTable, drawCosines, ROW } from './draw-cosines.ts';
import { Figure } from './Figure.tsx';
import common from './microscope.module.css';
import { spreadOf } from './statistics.ts';
import type { Draws } from './use-draws.ts';

interface Props {
  readonly setup: MicroscopeSetup;
  readonly draws: Draws;
}

/** Cosines of single estimates by layer, and of their mean as they add up. */
export function CosineFigures({ setup, draws }: Props) {
  const { theory, layers } = setup;
  const expected = theory?.all;
  const rows: CosineRow[] = [
    { name: 'all', cosines: draws.cosines, theory: expected },
    ...layers.map((name, l) => ({
      name,
      cosines: draws.layerCosines.map((cosines) => cosines[l]),
      theory: setup.norms[l] > 0 ? theory?.layers[l] : undefined,
      flat: setup.norms[l] === 0,
    })),
  ];
  const say = useSpoken();
  const { mean, deviation, error } = spreadOf(draws.cosines);
  const words = say(
    `Cosine of ${setup.method} with K = ${setup.K}: mean ${formatNumber(mean, 4)} ± ${formatNumber(error, 4)}, spread ` +
      `${formatNumber(deviation, 4)} over ${draws.cosines.length} draws; ` +
      (expected === undefined ? 'no mean by theory' : `mean by theory ${formatNumber(expected, 4)}`),
  );
  const last = draws.accumulated[draws.accumulated.length - 1] ?? 0;

  return (
    <>
      <Figure
        title="One estimate against BP’s gradient"
        height={rows.length * ROW + BELOW}
        draw={(frame) => drawCosines(frame, rows, say)}
        summary={words}
        testId="microscope-cosines"
        table={cosineTable(rows)}
        marks={({ accent, ink }) => [
          { text: 'mean ± spread of the draws', mark: (ctx, x, y) => lineMark(ctx, x, y, accent, 2) },
          ...(theory
            ? [
                {
                  text: 'mean by theory',
                  mark: (ctx: CanvasRenderingContext2D, x: number, y: number) =>
                    lineMark(ctx, x, y, ink, 1.5, [4, 3]),
                },
              ]
            : []),
        ]}
        also={() => [{ name: 'Cosines by layer', table: () => cosineMeansTable(rows) }]}
        legend={
          <ul className={shared.legend}>
            <li>
              <span className={common.key} aria-hidden="true" /> mean ± spread of the draws
            </li>
            {theory && (
              <li>
                <span className={`${common.key} ${css.dashed}`} aria-hidden="true" /> mean by theory, for a
                gradient spread over many parameters
              </li>
            )}
          </ul>
        }
      >
        <p data-testid="microscope-words">{words}.</p>
      </Figure>
      <Figure
        title="The mean of the estimates turns into BP’s gradient"
        height={190}
        draw={(frame) =>
          drawAccumulated(frame, {
            accumulated: draws.accumulated,
            theory: setup.accumulatedTheory,
            draws: setup.draws,
          })
        }
        summary={`The mean of ${draws.accumulated.length} estimates has the cosine ${formatNumber(last, 3)} with BP’s gradient`}
        testId="microscope-mean"
        marks={({ accent, ink }) => [
          { text: 'mean of the estimates', mark: (ctx, x, y) => lineMark(ctx, x, y, accent, 2.25) },
          { text: 'by theory', mark: (ctx, x, y) => lineMark(ctx, x, y, ink, 1.5, [5, 4]) },
        ]}
        table={accumulatedTable(draws.accumulated, setup.accumulatedTheory)}
      />
    </>
  );
}
