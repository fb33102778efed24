import { useState } from 'react';
import type { MicroscopeSetup } from '../../../worker/lane-microscope.ts';
import { formatNumber, formatTick } from '../../figures/canvas/ticks.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import shared from '../shared/inside.module.css';
import { drawNoise, noiseTable } from './draw-noise.ts';
import { Figure } from './Figure.tsx';
import { useNoise } from './use-noise.ts';

/** WSG's gradient against SG's: how much noise the samples δ bring, by their number and the width σ. */
export function NoiseFigure({ setup }: { readonly setup: MicroscopeSetup }) {
  const say = useSpoken();
  const [open, setOpen] = useState(false);
  const noise = useNoise(setup, open);
  if (!open)
    return (
      <section className={shared.section} aria-label="Noise of WSG">
        <h3>Noise of WSG</h3>
        <p>{say('WSG’s mean is SG; a few samples δ bring noise. It is measured here for BP’s gradient.')}</p>
        <div>
          <button type="button" className={shared.quiet} onClick={() => setOpen(true)}>
            Measure the noise of WSG
          </button>
        </div>
      </section>
    );
  const words = noise
    .map(
      ({ sigma, samples, deviation }) =>
        `${formatNumber(deviation, 2)} at σ = ${formatTick(sigma)}, ${samples} samples`,
    )
    .join('; ');
  return (
    <Figure
      title="Noise of WSG"
      height={230}
      draw={(frame) => drawNoise(frame, noise)}
      summary={`Root mean square of WSG's gradient minus SG's, over SG's length: ${words || 'being measured'}`}
      testId="microscope-noise"
      table={noiseTable(noise)}
    >
      <p>
        WSG’s gradient minus SG’s, root mean square over eight draws of δ, as a share of SG’s length. Thin
        lines: one over the root of the number of samples.
        {noise.length > 0 &&
          noise.every(({ deviation }) => deviation === 0) &&
          ' Here there is none: the hidden layers have no gradient yet.'}
      </p>
    </Figure>
  );
}
