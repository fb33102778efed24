import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import controls from './controls.module.css';
import css from './Dialog.module.css';
import { CloseIcon } from './icons.tsx';
import { useLayer } from './layers.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Its width: for text, for a table or two columns, or as large as the window allows. */
  readonly size?: 'text' | 'wide' | 'window';
  readonly children: ReactNode;
}

/**
 * A modal dialog with a title and a close button. Escape, Back and a press beside it close it, and the focus goes back to where
 * it was.
 */
export function Dialog({ title, onClose, size = 'text', children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const beside = useRef(false);
  const id = useId();
  useLayer(onClose);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    const unlock = lockScrolling();
    return () => {
      unlock();
      // Taken away while it is open, it would not give the focus back.
      element?.close();
    };
  }, []);
  // All that is seen of the dialog lies in the element within it.
  const isBeside = (event: MouseEvent) => event.target === dialog.current;
  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key that closes it is Escape, which the browser hears
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={css.dialog}
      onCancel={(event) => {
        // A file picker inside has an event of the same name.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      // Browsers close it themselves when Escape is pressed twice.
      onClose={(event) => !event.currentTarget.open && onClose()}
      onPointerDown={(event) => {
        beside.current = isBeside(event);
      }}
      // What is pressed inside and let go beside it closes nothing: text may have been selected.
      onClick={(event) => beside.current && isBeside(event) && onClose()}
    >
      <div className={`${css.content} ${css[size]}`}>
        <div className={css.header}>
          <h2 id={id}>{title}</h2>
          {/* Without a tooltip: it has the focus at first, and Escape would close the tooltip alone. */}
          <button
            type="button"
            aria-label="Close"
            className={`${controls.icon} ${controls.plain}`}
            onClick={onClose}
          >
            <CloseIcon />
          </button>
        </div>
        <div className={css.body}>{children}</div>
      </div>
    </dialog>,
    document.body,
  );
}

/** Keeps the page behind from scrolling, without moving it where its scrollbar had a width. */
function lockScrolling(): () => void {
  const { style, clientWidth } = document.documentElement;
  const { overflow, paddingRight } = style;
  const bar = innerWidth - clientWidth;
  style.overflow = 'hidden';
  if (bar > 0) style.paddingRight = `${bar}px`;
  return () => Object.assign(style, { overflow, paddingRight });
}
