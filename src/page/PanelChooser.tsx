import { useCallback, useId, useRef, useState } from 'react';
import { PANELS, type PanelName } from '../state/presentation.ts';
import { PRESENTED } from '../state/stage.ts';
import { Flyout } from '../ui/floating/Flyout.tsx';
import menu from '../ui/menu.module.css';
import { useApp, usePlayground } from '../views/context.ts';
import css from './PanelChooser.module.css';

const NAMES: Record<PanelName, string> = {
  prediction: 'What is learned',
  spikes: 'Spikes and membranes',
  network: 'Network',
  curves: 'Error and loss',
  surrogate: 'Where gradient can pass',
};
/** More would be too small for a hall. */
const MOST = 3;

/** What a presenter shows: up to three panels, in the order in which they are chosen. */
export default function PanelChooser() {
  const { actions } = usePlayground();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const chosen = useApp((state) => state.presentation.panels) ?? PRESENTED;
  const full = useId();
  const toggle = (panel: PanelName) => {
    const next = chosen.includes(panel) ? chosen.filter((other) => other !== panel) : [...chosen, panel];
    const same = next.join() === PRESENTED.join();
    if (next.length > 0 && next.length <= MOST) actions.showPanels(same ? undefined : next);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={menu.button}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        Panels
      </button>
      {open && (
        <Flyout anchor={button} label="Panels" align="start" onClose={close}>
          <div className={css.list}>
            {PANELS.map((panel) => {
              const at = chosen.indexOf(panel);
              const stuck = at < 0 ? chosen.length >= MOST : chosen.length === 1;
              return (
                <label key={panel} data-stuck={stuck || undefined}>
                  <input
                    type="checkbox"
                    checked={at >= 0}
                    aria-disabled={stuck}
                    aria-describedby={stuck ? full : undefined}
                    onChange={() => toggle(panel)}
                  />
                  {NAMES[panel]}
                </label>
              );
            })}
          </div>
          <p id={full} className={css.note}>
            One to three, in the order in which they are chosen
          </p>
        </Flyout>
      )}
    </>
  );
}
