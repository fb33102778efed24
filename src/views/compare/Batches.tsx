import css from './Batches.module.css';
import type { ShownLane } from './lane-names.ts';

/** For how many steps each lane keeps a batch, where that differs: then they do not see the same rows at the same step. */
export function Batches({ lanes }: { readonly lanes: readonly ShownLane[] }) {
  const text = batchesSaid(
    lanes.map(({ lane, letter }) => ({ letter, ...lane.getState().config })),
    lanes.some(({ hidden }) => hidden),
  );
  return (
    text && (
      <span className={css.batches} data-testid="batches">
        {text}
      </span>
    )
  );
}

interface LaneBatch {
  readonly letter: string;
  readonly hold: number;
  readonly batch: readonly number[];
}

/** “A, C: a new batch every step; B: one every 1,024 steps”; nothing when all are equal. */
export function batchesSaid(lanes: readonly LaneBatch[], blind: boolean): string | undefined {
  const sizes = new Set(lanes.map(({ batch }) => String(batch)));
  const groups = new Map<string, string[]>();
  for (const { letter, hold, batch } of lanes) {
    const size = sizes.size > 1 ? ` of ${batch.join(' × ')}` : '';
    const every = hold === 1 ? 'every step' : `every ${hold.toLocaleString('en-US')} steps`;
    const text = `a new batch${size} ${every}`;
    groups.set(text, [...(groups.get(text) ?? []), letter]);
  }
  if (groups.size < 2) return undefined;
  // Methods that keep a batch are few: whoever reads the letters knows them.
  if (blind) return `Not the same batches: some lanes draw ${[...groups.keys()].join(', others ')}.`;
  return `Not the same batches: ${[...groups].map(([text, letters]) => `${letters.join(', ')} ${letters.length > 1 ? 'draw' : 'draws'} ${text}`).join('; ')}.`;
}
