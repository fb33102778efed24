import type { Config, Pinned } from '../../training/config.ts';

type Change = { [F in keyof Pinned]?: Pinned[F] | undefined };

/** Settings for another gradient; what cannot stand beside it follows the recipe again. */
export function withGradient(gradient: Config['gradient'], { scope }: Config): Change {
  if (gradient !== 'WP') return { gradient };
  return { gradient, flipout: undefined, ...(scope === 'A' ? { scope: undefined } : {}) };
}

/** Settings for another scope; what cannot stand beside it follows the recipe again. */
export function withScope(scope: Config['scope'], { law }: Config): Change {
  if (scope !== 'A') return { scope };
  return { scope, flipout: undefined, ...(law === 'hadamard' ? { law: undefined } : {}) };
}
