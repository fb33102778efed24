import { lineMark } from '../../../io/legend.ts';
import { drawMarker, laneLook } from '../../compare/lane-looks.ts';
import { Swatch } from '../../compare/Swatch.tsx';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { formatCount } from '../../format.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import shared from '../shared/inside.module.css';
import { drawLooks, looksTable } from './draw-looks.ts';
import { Figure } from './Figure.tsx';
import type { Look } from './use-draws.ts';

/** How the cosines change as the run goes on, layer by layer, from the looks that were taken. */
export function LooksFigure({
  layers,
  looks,
}: {
  readonly layers: readonly string[];
  readonly looks: readonly Look[];
}) {
  const say = useSpoken();
  const last = looks[looks.length - 1];
  const now = layers
    .map((name, l) => `${name} ${last.layers[l] === undefined ? '–' : formatNumber(last.layers[l], 2)}`)
    .join(', ');
  const words = say(
    `Mean cosine with BP’s gradient at ${looks.length} looks from step ${formatCount(looks[0].step)} on; at step ${formatCount(last.step)}: ${now}`,
  );
  return (
    <Figure
      title="Cosines as the run goes on"
      height={200}
      draw={(frame) => drawLooks(frame, looks)}
      summary={words}
      testId="microscope-looks"
      table={looksTable(layers, looks)}
      marks={({ scheme, panel }) =>
        layers.map((text, layer) => {
          const look = laneLook(layer, scheme);
          return {
            text,
            mark: (ctx, x, y) => {
              lineMark(ctx, x, y, look.colour, 1.75, look.dash);
              drawMarker(ctx, look, x, y, 4, panel);
            },
          };
        })
      }
      legend={
        <ul className={shared.legend}>
          {layers.map((name, layer) => (
            <li key={name}>
              <Swatch position={layer} letter="" /> {name}
            </li>
          ))}
        </ul>
      }
    >
      <p data-testid="microscope-looks-words">{words}.</p>
    </Figure>
  );
}
