import type { DataSamples } from '../../problems/problem.ts';
import { useApp, useLane } from '../context.ts';

/** Some of the training functions: as far as they are made, then those of the complete data. */
export function useSamples(): DataSamples | undefined {
  const making = useSamplesInTheMaking();
  const samples = useLane((lane) => lane.data?.operator?.samples);
  return making ?? samples;
}

/** The training functions made so far; undefined once all are made. */
export function useSamplesInTheMaking(): DataSamples | undefined {
  const busy = useApp((state) => state.progress !== undefined);
  const samples = useLane((lane) => lane.samples);
  return busy ? samples : undefined;
}
