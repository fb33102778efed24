import { create } from 'zustand';
import type { InsideView } from '../index.ts';

interface InsideState {
  /** The view that is open. */
  readonly open?: InsideView['id'];
}

/** Which view of “Look inside” is open: at most one. */
export const useInside = create<InsideState>(() => ({}));

/** Opens a view in place of the one that is open, or closes it. */
export function openInside(open: InsideView['id'] | undefined): void {
  useInside.setState({ open });
}
