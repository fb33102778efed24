import type { Layout } from '../../../snn/network.ts';
import { type Config, methodOf } from '../../../training/config.ts';
import type { ExplainedStep } from '../../../training/explain.ts';
import { formatError } from '../../format.ts';
import css from './Numbers.module.css';

interface NumbersProps {
  readonly config: Config;
  readonly layout: Layout;
  readonly explained: ExplainedStep;
}

const signed = (value: number) => formatError(Math.abs(value)).replace(/^/, value < 0 ? '−' : '+');

/** The directional derivatives, large: one, or one a layer; for weight perturbation with the losses they come from. */
export function Numbers({ config, layout, explained }: NumbersProps) {
  const { derivatives, perturbed } = explained;
  const { perturbation, layerwise } = methodOf(config);
  const direction = perturbation === 'activity' ? 'ξ' : 'δθ';
  // Linear layers have no currents that are perturbed.
  const groups = Array.from(derivatives, (value, group) => ({ value, group })).filter(
    ({ group }) => perturbation !== 'activity' || layout.layers[group].role === 'hidden',
  );
  return (
    <ul className={css.numbers} data-testid="numbers">
      {groups.map(({ value, group }) => (
        <li key={group}>
          <span className={css.group}>{layerwise ? layout.layers[group].name : 'all layers'}</span>
          <strong>{signed(value)}</strong>
          <span className={css.group}>
            {perturbed.length > 0
              ? `L₊ ${perturbed[2 * group].toPrecision(6)} · L₋ ${perturbed[2 * group + 1].toPrecision(6)}`
              : value < 0
                ? `the loss falls along ${direction}`
                : `the loss rises along ${direction}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
