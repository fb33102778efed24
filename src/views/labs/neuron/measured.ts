import { useCallback, useEffect, useState } from 'react';
import { NEURON_CONSTANTS, type NeuronSettings, spikesAt } from '../../../state/labs/neuron.ts';
import { niceBound } from '../../figures/canvas/ticks.ts';
import { useStill } from '../../figures/network/use-player.ts';

/** Rates that were measured with a steady current: by the neuron, then by the current. */
export type Measured = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** What makes a neuron another one, whatever flows into it. */
export const neuronKey = (settings: NeuronSettings) =>
  NEURON_CONSTANTS.map((name) => settings[name]).join(' ');

/** Largest current of the curve. */
export const largestCurrent = ({ threshold, current }: NeuronSettings) =>
  niceBound(Math.max(1, 1.2 * threshold, current), [1, 1.5, 2, 3]);

/** A sweep takes so many frames. */
const FRAMES = 60;

/** Measures the rate at every steady current that is set, and at all of them on request. */
export function useMeasured(settings: NeuronSettings) {
  const [measured, setMeasured] = useState<Measured>(new Map());
  const [sweeping, setSweeping] = useState(false);
  const still = useStill();
  const key = neuronKey(settings);

  const measure = useCallback((settings: NeuronSettings, currents: readonly number[]) => {
    const points = currents.map((current) => [current, spikesAt(settings, current) / settings.T] as const);
    setMeasured((old) => {
      const key = neuronKey(settings);
      return new Map(old).set(key, new Map([...(old.get(key) ?? []), ...points]));
    });
  }, []);

  const steady = settings.input === 'steady' ? settings.current : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is all of the settings that the rate depends on
  useEffect(() => {
    if (steady !== undefined) measure(settings, [steady]);
  }, [steady, key, measure]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another neuron ends the sweep
  useEffect(() => {
    if (!sweeping) return;
    const count = Math.round(100 * largestCurrent(settings));
    const all = Array.from({ length: count + 1 }, (_, k) => k / 100);
    const piece = still ? all.length : Math.ceil(all.length / FRAMES);
    let from = 0;
    let request = 0;
    const next = () => {
      measure(settings, all.slice(from, from + piece));
      from += piece;
      if (from < all.length) request = requestAnimationFrame(next);
      else setSweeping(false);
    };
    next();
    return () => {
      cancelAnimationFrame(request);
      setSweeping(false);
    };
  }, [sweeping, key, still, measure]);

  return {
    measured,
    sweep: () => setSweeping(true),
    clear: () => setMeasured(new Map()),
  };
}
