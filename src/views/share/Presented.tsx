import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { type ReactNode, useLayoutEffect } from 'react';
import { VIEWS } from '../../state/presentation.ts';
import { useApp } from '../context.ts';
import { SCHEME_KEY, theme } from '../theme.ts';
import './presentation.css';

const schemes = localStorageColorSchemeManager({ key: SCHEME_KEY });

/** Colours and type of the page as the link asks for them: a presenter's view is light and large, whatever was chosen. */
export function Presented({ children }: { readonly children: ReactNode }) {
  const view = useApp((state) => state.presentation.view);
  useLayoutEffect(() => {
    for (const name of VIEWS) document.documentElement.classList.toggle(`view-${name}`, name === view);
  }, [view]);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      // Mantine writes its variables itself: its style sheet of them would be the larger half of the page's.
      deduplicateCssVariables={false}
      forceColorScheme={view === 'presenter' ? 'light' : undefined}
    >
      {children}
    </MantineProvider>
  );
}
