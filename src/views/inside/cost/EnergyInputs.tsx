import { Fragment, useId, useState } from 'react';
import type { EnergyFigures } from '../../../training/operations.ts';
import shared from '../shared/inside.module.css';
import css from './EnergyInputs.module.css';
import { energyFigures, parseEnergy, useEnergyFigures } from './energy-figures.ts';

const NAMES = ['addition', 'multiplication'] as const;

/** Energy of one operation, to be changed, and where the first figures come from. */
export function EnergyInputs() {
  const figures = useEnergyFigures();
  const [drafts, setDrafts] = useState<Partial<Record<keyof EnergyFigures, string>>>({});
  const id = useId();
  const faults = NAMES.flatMap((name) => faultOf(name, drafts[name]) ?? []);
  const type = (name: keyof EnergyFigures, text: string) => {
    setDrafts((old) => ({ ...old, [name]: text }));
    if (!faultOf(name, text)) energyFigures.setState({ [name]: parseEnergy(name, text) });
  };
  return (
    <>
      <p className={css.energy}>
        Energy with{' '}
        {NAMES.map((name, i) => (
          <Fragment key={name}>
            {i > 0 && ' and '}
            <input
              // As text: of what is no number to the browser, such an input alone keeps what was typed.
              type="text"
              inputMode="decimal"
              value={drafts[name] ?? String(figures[name])}
              aria-label={`Energy of one ${name} in pJ`}
              aria-invalid={faultOf(name, drafts[name]) !== undefined}
              aria-describedby={faults.length > 0 ? id : undefined}
              onChange={(event) => type(name, event.target.value)}
              onBlur={() => {
                if (!faultOf(name, drafts[name])) setDrafts((old) => ({ ...old, [name]: undefined }));
              }}
            />{' '}
            pJ for one {name}
          </Fragment>
        ))}
        ; float32, 45 nm: Horowitz, ISSCC 2014. Memory traffic is not counted.
      </p>
      {faults.length > 0 && (
        <p id={id} role="alert" className={shared.fault}>
          {faults.join('. ')}. The count goes on with {figures.addition} and {figures.multiplication} pJ.
        </p>
      )}
    </>
  );
}

function faultOf(name: keyof EnergyFigures, draft: string | undefined): string | undefined {
  try {
    if (draft !== undefined) parseEnergy(name, draft);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
