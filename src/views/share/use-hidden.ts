import { type ControlName, isHidden } from '../../state/presentation.ts';
import { useApp } from '../context.ts';

/** Whether the link or the kind of view leaves a control out. */
export function useHidden(control: ControlName): boolean {
  return useApp((state) => isHidden(state.presentation, control));
}
