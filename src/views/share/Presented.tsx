import { type ReactNode, useLayoutEffect } from 'react';
import { VIEWS } from '../../state/presentation.ts';
import { useScheme } from '../colour-scheme.ts';
import { useApp } from '../context.ts';

/** Colours and type of the page as the link asks for them: a presenter's view is large, and light at first whatever was chosen. */
export function Presented({ children }: { readonly children: ReactNode }) {
  const view = useApp((state) => state.presentation.view);
  useLayoutEffect(() => {
    for (const name of VIEWS) document.documentElement.classList.toggle(`view-${name}`, name === view);
    useScheme.setState({ forced: view === 'presenter' ? 'light' : undefined });
  }, [view]);
  return children;
}
