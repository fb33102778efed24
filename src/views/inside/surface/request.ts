import type { Field } from '../../figures/canvas/field-image.ts';
import type { FigureTheme } from '../../figures/canvas/theme.ts';
import type { View } from './camera.ts';

/** Two surfaces and how they are seen. */
export interface SurfacesRequest {
  readonly target: Field;
  readonly network?: Field;
  /** Ends of the colours, -bound and bound. */
  readonly bound: number;
  /** Ends of the heights. */
  readonly heights: readonly [low: number, high: number];
  readonly view: View;
  readonly theme: FigureTheme;
  /** Beneath each other instead of beside. */
  readonly stacked: boolean;
}
