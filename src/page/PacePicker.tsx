import { type Option, Segmented } from '../ui/Segmented.tsx';
import { useApp, usePlayground } from '../views/context.ts';
import type { Pace } from '../worker/protocol.ts';

const PACES: readonly Option<Pace>[] = [
  {
    value: 'log',
    label: 'rising',
    hint: 'The first steps slowly, then ever faster: spaced in the logarithm of time',
  },
  { value: 'steady', label: 'steady', hint: '30 steps a second' },
  { value: 'full', label: 'full', hint: 'As fast as this machine can' },
];

/** How training steps are spaced in time. */
export function PacePicker() {
  const { actions } = usePlayground();
  const pace = useApp((state) => state.pace);
  return (
    <Segmented label="Pace" value={pace} options={PACES} onChange={(value) => void actions.setPace(value)} />
  );
}
