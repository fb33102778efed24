import type { Layout } from '../../../snn/network.ts';
import { methodOf, usedByMethod } from '../../../training/config.ts';
import { formatError } from '../../format.ts';
import { Lanes } from './Lanes.tsx';
import { LayerBars } from './LayerBars.tsx';
import css from './Numbers.module.css';
import { Numbers } from './Numbers.tsx';
import { ParameterFigure } from './ParameterFigure.tsx';
import type { Stage, StageContext } from './stage.ts';

interface StageViewProps {
  readonly stage: Stage;
  readonly layout: Layout;
  readonly context: StageContext;
}

/** The picture of one stage. */
export function StageView({ stage, layout, context }: StageViewProps) {
  const { config, explained } = context;
  switch (stage.figure) {
    case 'direction':
      return (
        <ParameterFigure
          layout={layout}
          values={explained.direction}
          name="Direction δθ"
          column="direction"
        />
      );
    case 'forward':
      return <Forward layout={layout} context={context} />;
    case 'backward':
      return (
        <Lanes
          layout={layout}
          lanes={[
            {
              name: methodOf(config).derivation === 'reverse' ? `time steps ${config.T} … 1` : '∂L/∂r',
              from: 0,
            },
          ]}
          backward
          summary={`The reverse scan goes from the loss back through ${names(layout)}`}
        />
      );
    case 'loss':
      return (
        <ul className={css.numbers} data-testid="numbers">
          <li>
            <span className={css.group}>loss L</span>
            <strong>{formatError(explained.loss)}</strong>
            <span className={css.group}>on this batch</span>
          </li>
        </ul>
      );
    case 'numbers':
      return <Numbers config={config} layout={layout} explained={explained} />;
    case 'gradient':
      return (
        <>
          <ParameterFigure
            layout={layout}
            values={explained.estimate}
            name={usedByMethod('K', config) ? 'Estimate g of the gradient' : 'Gradient'}
            column={usedByMethod('K', config) ? 'gradient_estimate' : 'gradient'}
          />
          {methodOf(config).derivation !== 'reverse' && <LayerBars layout={layout} explained={explained} />}
        </>
      );
    case 'update':
      return (
        <ParameterFigure
          layout={layout}
          values={explained.update}
          name="Change Δθ of the weights"
          column="change"
        />
      );
  }
}

const names = (layout: Layout) => layout.layers.map((layer) => layer.name).join(', ');

function Forward({
  layout,
  context: { config },
}: {
  readonly layout: Layout;
  readonly context: StageContext;
}) {
  const { derivation, perturbation, layerwise } = methodOf(config);
  // Linear layers have no currents that are perturbed.
  const moves = ({ role }: Layout['layers'][number]) => perturbation !== 'activity' || role === 'hidden';
  const groups = layerwise ? layout.layers.filter(moves).map(tangentFrom) : [{ name: 'all', from: 0 }];
  if (!usedByMethod('K', config)) {
    const lanes = [{ name: derivation === 'reverse' ? `t = 1 … ${config.T}` : 'r', from: 0 }];
    return (
      <Lanes
        layout={layout}
        lanes={lanes}
        summary={`The simulation goes through ${names(layout)} to the loss`}
      />
    );
  }
  const lanes =
    derivation === 'forward'
      ? [{ name: 'U, S', from: 0 }, ...groups.map(({ name, from }) => ({ name: `tangent: ${name}`, from }))]
      : groups.flatMap(({ name, from }) =>
          ['+', '−'].map((sign) =>
            perturbation === 'activity'
              ? { name: `Z ${sign} ε ξ: ${name}`, from }
              : { name: `θ ${sign} ε δθ: ${name}`, from: 0 },
          ),
        );
  const summary =
    derivation === 'forward'
      ? `One simulation through ${names(layout)}, with ${groups.length} tangent(s), each from its own layer on`
      : `${lanes.length} simulations through ${names(layout)}, two for each ${perturbation === 'activity' ? 'hidden layer, from it on' : 'group of weights'}`;
  return <Lanes layout={layout} lanes={lanes} summary={summary} />;
}

/** A layer's tangent is zero before that layer. */
function tangentFrom(layer: Layout['layers'][number]) {
  return { name: layer.name, from: layer.index };
}
