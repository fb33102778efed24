import { MAIN } from '../../state/comparison.ts';
import { lanesFollowing } from '../../state/lanes-following.ts';
import { letterOf, slotsOf } from '../../state/slots.ts';
import type { FieldName } from '../../training/config.ts';
import { useApp } from '../context.ts';
import css from './ForLanes.module.css';

/** Lanes that a setting of the page changes, in words; undefined where there is one run, or names are hidden. */
export function useForLanes(field: FieldName): string | undefined {
  const { words } = useApp(({ lanes, pinned, comparison }) => {
    if (lanes.length < 2 || comparison.blind) return { words: undefined };
    const ids = [MAIN, ...comparison.lanes.map(({ id }) => id)];
    const following = lanesFollowing(field, pinned, comparison.lanes);
    if (following.length === ids.length) return { words: 'all lanes' };
    const slots = slotsOf(ids, comparison.slots);
    const letters = following.map((id) => letterOf(slots[id])).sort();
    return { words: `${letters.length > 1 ? 'lanes' : 'lane'} ${letters.join(', ')}` };
  });
  return words;
}

/** More letters than these would make the bar wrap: their number is seen instead. */
const MOST_LETTERS = 3;

/** What is seen of such words: “all”, “A, C”, “7/10”. */
function Short({ words }: { readonly words: string }) {
  const all = useApp(({ lanes }) => lanes.length);
  const letters = words.replace(/^lanes? | lanes$/, '');
  const count = letters.split(', ').length;
  if (count <= MOST_LETTERS) return letters;
  return (
    <>
      {count}
      <span className={css.of}>/{all}</span>
    </>
  );
}

/** Behind the name of a setting, the lanes that it changes: letters to see, words to hear. */
export function ForLanes({ field }: { readonly field: FieldName }) {
  const words = useForLanes(field);
  if (!words) return null;
  return (
    <span data-for-lanes className={css.lanes}>
      <span className="hidden-visually">, {words}</span>
      <span aria-hidden="true" title={words}>
        <Short words={words} />
      </span>
    </span>
  );
}
