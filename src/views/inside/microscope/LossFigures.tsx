import { useState } from 'react';
import { lineMark } from '../../../io/legend.ts';
import type { MicroscopeSetup } from '../../../worker/lane-microscope.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { formatError } from '../../format.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import shared from '../shared/inside.module.css';
import { Range } from '../shared/Range.tsx';
import { drawLine, lineTable } from './draw-line.ts';
import { drawPlane } from './draw-plane.ts';
import { Figure } from './Figure.tsx';
import css from './LossFigures.module.css';
import common from './microscope.module.css';
import { SIDE, useLandscape } from './use-landscape.ts';

interface Props {
  readonly setup: MicroscopeSetup;
  /** The draws are done: the loss is looked at next. */
  readonly ready: boolean;
}

/** The slider moves the half-width of the plane over two decades. */
const radiusAt = (slider: number) => Number((0.05 * 10 ** (slider / 20)).toPrecision(2));

/** The true loss on the plane of BP's gradient and one direction, and along that direction. */
export function LossFigures({ setup, ready }: Props) {
  const say = useSpoken();
  const [slider, setSlider] = useState(20);
  const radius = radiusAt(slider);
  const view = useLandscape(setup, ready, radius);
  const { landscape, plane, line, range } = view;
  if (!landscape)
    return (
      <p className={shared.dim}>
        {ready ? 'Measuring the loss…' : 'The loss around the weights follows the draws.'}
      </p>
    );
  const { slope, secant, loss } = landscape;
  const share = Math.hypot(...landscape.estimate) ** 2;
  const at = (i: number) => view.radius * ((2 * i) / (SIDE - 1) - 1);
  return (
    <>
      <Figure
        title="The loss around the weights"
        height={340}
        draw={(frame) => drawPlane(frame, { plane, radius: view.radius, landscape }, say)}
        summary={`The true loss on the plane of BP’s gradient and one drawn direction δθ, whose cosine with −BP’s gradient is ${formatNumber(landscape.cosine, 3)}; from ${formatError(Math.min(...plane))} to ${formatError(Math.max(...plane))}, ${formatError(loss)} at the weights`}
        testId="microscope-plane"
        table={{
          header: ['along_minus_gradient', 'across', 'loss'],
          titles: ['along −BP’s gradient', 'across', 'loss'],
          rows: plane.map((value, n) => [at(n % SIDE), at(Math.floor(n / SIDE)), value]),
        }}
      >
        <p>
          With spikes as they are, dark is low. Arrows from the weights: −∇L is minus {say('BP’s gradient')},
          δθ one drawn direction, −g minus the estimate from it
          {share < 0.98 && ` (${Math.round(100 * share)} % of its square lies in this plane)`}.
        </p>
        <Range
          label="Distance from the weights"
          value={slider}
          min={0}
          max={40}
          step={5}
          format={(value) => `±${radiusAt(value)} in |θ|`}
          onChange={setSlider}
        />
      </Figure>
      <Figure
        title="The staircase along the direction"
        height={230}
        draw={(frame) => drawLine(frame, { losses: line, range, landscape })}
        summary={`The true loss along δθ is a staircase; the surrogate's slope is ${formatError(slope)}, the secant of weight perturbation ${formatError(secant)}`}
        testId="microscope-line"
        marks={({ accent, trace, muted }) => [
          { text: 'true loss', mark: (ctx, x, y) => lineMark(ctx, x, y, accent, 1.75) },
          { text: 'slope by the surrogate', mark: (ctx, x, y) => lineMark(ctx, x, y, trace, 2, [6, 4]) },
          { text: say('secant at ±ε (WP)'), mark: (ctx, x, y) => lineMark(ctx, x, y, muted, 1.5, [2, 3]) },
        ]}
        table={lineTable({ losses: line, range, landscape })}
        legend={
          <ul className={shared.legend}>
            <li>
              <span className={common.key} aria-hidden="true" /> true loss
            </li>
            <li>
              <span className={`${common.key} ${css.trace} ${css.dash}`} aria-hidden="true" /> slope by the
              surrogate {say('(RFG, BP)')}: {formatNumber(slope, 4)}
            </li>
            <li>
              <span className={`${common.key} ${css.dotted}`} aria-hidden="true" /> secant at ±ε ={' '}
              {landscape.epsilon} {say('(WP)')}: {formatNumber(secant, 4)}
            </li>
          </ul>
        }
      >
        <p>
          Moving along δθ, the loss jumps wherever a spike is gained or lost and is smooth only in the
          read-out’s weights.
        </p>
      </Figure>
    </>
  );
}
