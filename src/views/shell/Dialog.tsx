import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './Dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly size?: number;
  readonly children: ReactNode;
}

/** A modal dialog with a title and a close button. Loaded with what it shows, not with the page. */
export function Dialog({ title, onClose, size = 620, children }: DialogProps) {
  return (
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
  );
}
