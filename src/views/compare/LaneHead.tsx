import { useApp } from '../context.ts';
import css from './LaneHead.module.css';
import type { ShownLane } from './lane-names.ts';
import { Swatch } from './Swatch.tsx';

/** A lane as the head of a table's row. */
export function LaneHead({ shown }: { readonly shown: ShownLane }) {
  const spelled = useApp(({ presentation }) => ({ on: presentation.view === 'presenter' })).on;
  const name = spelled ? shown.spoken : shown.name;
  return (
    <th scope="row">
      <Swatch position={shown.position} letter={shown.letter} small />
      <span className={css.method} title={name}>
        {name}
      </span>
    </th>
  );
}
