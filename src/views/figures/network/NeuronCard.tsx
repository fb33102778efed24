import { useState } from 'react';
import type { NeuronId } from '../../../snn/silence.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { CloseIcon } from '../../../ui/icons.tsx';
import { useLane, usePlayground } from '../../context.ts';
import { layerName, networkOf } from '../network-of.ts';
import { silencingEffect } from './effect.ts';
import css from './NeuronCard.module.css';
import { RateMap } from './RateMap.tsx';
import { useRates } from './use-rates.ts';
import { WeightBars } from './WeightBars.tsx';
import { neuronWeights } from './weights.ts';

/** What one neuron does: its rate over the input domain, its weights, and what breaks without it. */
export function NeuronCard({ id, onClose }: { readonly id: NeuronId; readonly onClose: () => void }) {
  const { actions } = usePlayground();
  const { network, layout, widths } = networkOf(useLane((state) => state.config));
  const theta = useLane((state) => state.state?.theta);
  const silenced = useLane((state) => state.view.silenced);
  const effect = useLane(silencingEffect);
  const rates = useRates(id.factor, id.depth);
  const [measuring, setMeasuring] = useState(false);
  const weights = theta?.length === layout.size ? neuronWeights(layout, theta, id) : undefined;
  const cut = silenced.some((n) => n.factor === id.factor && n.depth === id.depth && n.neuron === id.neuron);
  const toggle = async () => {
    setMeasuring(true);
    await actions.toggleSilenced(id);
    setMeasuring(false);
  };
  const name = layerName(network, id.factor, id.depth);
  return (
    <div className={css.card} data-testid="neuron-card">
      <div className={css.head}>
        <h3>
          {name[0].toUpperCase() + name.slice(1)}, neuron {id.neuron + 1}
        </h3>
        <IconButton label="Close" hint="" icon={<CloseIcon />} className={css.close} onClick={onClose} />
      </div>
      <RateMap rates={rates} width={widths[id.factor][id.depth]} id={id} />
      {weights && <WeightBars weights={weights} />}
      <label className={css.switch}>
        <input
          type="checkbox"
          role="switch"
          checked={cut}
          aria-checked={cut}
          onChange={toggle}
          data-testid="silence"
        />
        Silence this neuron
      </label>
      <p className={`${css.line} ${css.effect}`} role="status">
        {measuring ? 'measuring …' : effect}
      </p>
    </div>
  );
}
