import { useCallback, useRef, useState } from 'react';
import type { Config } from '../training/config.ts';
import { Flyout } from '../ui/floating/Flyout.tsx';
import menu from '../ui/menu.module.css';
import { useApp, usePlayground } from '../views/context.ts';
import css from './BeyondPaper.module.css';

type Indirect = Extract<Config['gradient'], 'RF' | 'ANN'>;

/** Methods without a gradient of the spiking network, each in a sentence. */
export const INDIRECT: Readonly<Record<Indirect, { name: string; label: string; text: string }>> = {
  RF: {
    name: 'RF*: random features, no gradient',
    label: 'RF*',
    text: 'Hidden weights are sampled (the hat’s from pairs of data points) and stay; one step solves for the read-out by ridge regression. After S-SWIM (arXiv:2510.01012), adapted from spike-response to IF neurons.',
  },
  ANN: {
    name: 'ANN* → SNN: trained as rates',
    label: 'ANN*',
    text: 'The same network with a clipped-linear rate in place of each neuron is trained by back-propagation, then run with spikes: the indirect training that the paper contrasts itself with.',
  },
};

/** Button beside the gradient toggle: methods beyond the paper. */
export function BeyondPaper() {
  const { actions } = usePlayground();
  const gradient = useApp((state) => state.config.gradient);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.beyond}
        aria-label="Methods beyond the paper"
        aria-haspopup="dialog"
        aria-expanded={open}
        title="Methods beyond the paper"
        data-testid="beyond"
        onClick={() => setOpen(!open)}
      >
        *
      </button>
      {open && (
        <Flyout
          anchor={button}
          label="Methods beyond the paper"
          align="start"
          className={menu.dropdown}
          onClose={close}
        >
          {(Object.keys(INDIRECT) as Indirect[]).map((value) => (
            <button
              key={value}
              type="button"
              className={menu.item}
              aria-current={value === gradient ? true : undefined}
              onClick={() => {
                setOpen(false);
                void actions.set({ gradient: value });
              }}
            >
              <strong>{INDIRECT[value].name}</strong>
              <span>{INDIRECT[value].text}</span>
            </button>
          ))}
        </Flyout>
      )}
    </>
  );
}
