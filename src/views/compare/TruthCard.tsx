import { useId, useRef, useState } from 'react';
import type { Experiment } from '../../experiments/experiment.ts';
import { EnlargeButton } from '../../ui/EnlargeButton.tsx';
import { usePlayground } from '../context.ts';
import { diverging } from '../figures/canvas/colour-map.ts';
import figure from '../figures/figure.module.css';
import { drawZeroLine, FieldImage } from '../figures/prediction/draw-map.ts';
import { isSurface, targetField } from '../figures/prediction/fields.ts';
import { useFigure } from '../figures/use-figure.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import { squareIn } from './draw-lane.ts';
import { LaneSurface } from './LaneSurface.tsx';
import css from './lane.module.css';
import figures from './lane-figures.module.css';

const TruthSpaceTime = onDemand('The truth', () => import('./LaneOperatorFigures.tsx'), {
  name: 'TruthSpaceTime',
});

interface Props {
  readonly experiment: Experiment;
  /** End of the colours that it shares with the lanes. */
  readonly bound: () => number;
  readonly surfaces: boolean;
}

/** What the lanes are to learn, drawn as they are: the target, or the exact solution to the forcing and that forcing. */
export function TruthCard({ experiment: { operator, coordinates }, bound, surfaces }: Props) {
  const { lane } = usePlayground();
  const title = useId();
  return (
    <section className={css.card} aria-label="Truth" data-testid="truth" data-panel>
      <div className={css.head}>
        <h2 id={title} className={css.name} data-label>
          Truth
        </h2>
        <EnlargeButton titleId={title} />
        {operator && (
          <span className={css.status} data-label>
            u({coordinates.join(', ')}) and its forcing {operator.symbol}({coordinates[0]})
          </span>
        )}
      </div>
      {operator ? (
        <TruthSpaceTime lane={lane} bound={bound} />
      ) : (
        <div className={figures.maps}>
          {surfaces ? <LaneSurface lane={lane} bound={bound} /> : <TruthMap bound={bound} />}
        </div>
      )}
    </section>
  );
}

/** The target seen from above. */
function TruthMap({ bound }: Pick<Props, 'bound'>) {
  const { lane } = usePlayground();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image] = useState(() => new FieldImage());
  const field = () => {
    const { data } = lane.getState();
    return isSurface(data) ? targetField(data, 'stated') : undefined;
  };
  useFigure(
    canvas,
    [lane],
    (frame) => {
      const box = squareIn(frame);
      const shown = field();
      if (shown) {
        image.draw(frame, box, shown, diverging(frame.theme.scheme), -bound(), bound());
        drawZeroLine(frame, box, shown);
      }
      frame.ctx.strokeStyle = frame.theme.line;
      frame.ctx.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
    },
    () => [field(), bound()],
  );
  return (
    <div className={`${figure.figure} ${figures.surface}`} translate="no">
      <canvas ref={canvas} role="img" aria-label="The target" data-testid="truth-map" />
    </div>
  );
}
