import type { ReactNode } from 'react';
import type { ControlName } from '../../state/presentation.ts';
import { useHidden } from './use-hidden.ts';

/** A control that a link can leave out. Results are never wrapped in one. */
export function Hideable({
  control,
  children,
}: {
  readonly control: ControlName;
  readonly children: ReactNode;
}) {
  return useHidden(control) ? null : children;
}
