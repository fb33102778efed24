import css from './LaneHead.module.css';
import type { ShownLane } from './lane-names.ts';
import { Swatch } from './Swatch.tsx';

/** A lane as the head of a table's row. */
export function LaneHead({ shown }: { readonly shown: ShownLane }) {
  return (
    <th scope="row">
      <Swatch position={shown.position} letter={shown.letter} small />
      <span className={css.method} title={shown.name}>
        {shown.name}
      </span>
    </th>
  );
}
