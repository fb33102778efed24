import { useEffect, useState } from 'react';
import { useSpoken } from '../methods/use-spoken.ts';
import { Term } from '../terms/Term.tsx';
import css from './CostTable.module.css';
import { equalPassesSaid, spentBy } from './equal-passes.ts';
import type { ShownLane } from './lane-names.ts';
import type { Costs } from './use-costs.ts';
import { useAnyLane } from './use-lanes.ts';

/** Least time in ms between two looks at the lanes. */
const LOOK_MS = 500;

export const saidAtEqualPasses = (lanes: readonly ShownLane[], costs: Costs): string =>
  equalPassesSaid(
    lanes.map(({ lane, id, letter, hidden }) =>
      spentBy(lane.getState(), costs.get(id)?.passes, letter, hidden),
    ),
  );

/** Beside curves over forward passes: what one is, and what equal passes bought so far. */
export function EqualPasses({
  lanes,
  costs,
}: {
  readonly lanes: readonly ShownLane[];
  readonly costs: Costs;
}) {
  const say = useSpoken();
  const any = useAnyLane(lanes, LOOK_MS);
  const [said, setSaid] = useState(() => saidAtEqualPasses(lanes, costs));
  useEffect(() => {
    const follow = () => setSaid(saidAtEqualPasses(lanes, costs));
    follow();
    return any.subscribe(follow);
  }, [any, lanes, costs]);
  return (
    <p className={css.sentence} data-testid="equal-passes">
      {say(said)} A{' '}
      <Term id="forwardPassEquivalents" label>
        pass
      </Term>{' '}
      is the arithmetic of one forward simulation of the batch, spikes and read-out, by lane{' '}
      {lanes[0]?.letter}’s network.
    </p>
  );
}
