import { useEffect, useState } from 'react';
import type { SurrogateNoise } from '../../../training/microscope.ts';
import type { MicroscopeSetup } from '../../../worker/lane-microscope.ts';
import { useScoped, useScopeLane } from './scope-lane.ts';

export const SAMPLES = [1, 2, 4, 8, 16] as const;
const WIDTHS = [0.5, 1, 2];

/** Noise of WSG for several numbers of samples at half, once and twice the run's σ: measured when it is asked for. */
export function useNoise(setup: MicroscopeSetup | undefined, enabled: boolean): readonly SurrogateNoise[] {
  const { ask } = useScopeLane();
  const sigma = useScoped((state) => state.config.sigma);
  const [noise, setNoise] = useState<readonly SurrogateNoise[]>([]);

  useEffect(() => {
    if (!setup || !enabled) return;
    let current = true;
    const measure = async () => {
      let results: readonly SurrogateNoise[] = [];
      setNoise(results);
      for (const width of WIDTHS)
        for (const samples of SAMPLES) {
          const point = await ask({ part: 'noise', sigma: width * sigma, samples });
          if (!current) return;
          results = [...results, point];
          setNoise(results);
        }
    };
    measure().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [ask, setup, enabled, sigma]);
  return noise;
}
