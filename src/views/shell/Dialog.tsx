import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import { createTheme, MantineProvider, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { shownScheme, useScheme } from '../colour-scheme.ts';
import css from './Dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Width, in px or as CSS says it. */
  readonly size?: number | string;
  readonly children: ReactNode;
}

/** What Mantine takes from the page; every colour is a variable of theme.css. */
const theme = createTheme({
  fontFamily: 'var(--font)',
  defaultRadius: 'sm',
  focusRing: 'never',
  respectReducedMotion: true,
});

/** A modal dialog with a title and a close button. Loaded with what it shows, not with the page. */
export function Dialog({ title, onClose, size = 620, children }: DialogProps) {
  const scheme = useScheme(shownScheme);
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      // The page itself says which scheme it is in.
      getRootElement={() => undefined}
      deduplicateCssVariables={false}
    >
      <Modal.Root opened onClose={onClose} size={size} centered classNames={{ content: css.content }}>
        <Modal.Overlay backgroundOpacity={0.45} />
        <Modal.Content>
          {/* Modal.Header would be a second banner beside the page's own. */}
          <div className={css.header}>
            <Modal.Title className={css.title}>{title}</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </div>
          <Modal.Body className={css.body}>{children}</Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </MantineProvider>
  );
}
