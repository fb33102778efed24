import { Fragment } from 'react';
import type { EnergyFigures } from '../../../training/operations.ts';
import css from './cost.module.css';

const MOST_PJ = 1000;

interface EnergyInputsProps {
  readonly figures: EnergyFigures;
  readonly onFigures: (figures: EnergyFigures) => void;
}

/** Energy of one operation, to be changed, and where the first figures come from. */
export function EnergyInputs({ figures, onFigures }: EnergyInputsProps) {
  return (
    <p className={css.energy}>
      Energy with{' '}
      {(['addition', 'multiplication'] as const).map((name, i) => (
        <Fragment key={name}>
          {i > 0 && ' and '}
          <input
            type="number"
            min={0}
            max={MOST_PJ}
            step={0.1}
            value={figures[name]}
            aria-label={`Energy of one ${name} in pJ`}
            onChange={(event) => {
              const value = Number(event.target.value);
              if (Number.isFinite(value) && value >= 0 && value <= MOST_PJ)
                onFigures({ ...figures, [name]: value });
            }}
          />{' '}
          pJ for one {name}
        </Fragment>
      ))}
      ; float32, 45 nm: Horowitz, ISSCC 2014. Memory traffic is not counted.
    </p>
  );
}
