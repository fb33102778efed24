import { useId, useRef, useState } from 'react';
import controls from '../../ui/controls.module.css';
import css from './CopyField.module.css';
import common from './share.module.css';

interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  readonly rows?: number;
}

/** A text that can be copied; where the clipboard is closed, it is left selected. */
export function CopyField({ label, text, rows = 2 }: CopyFieldProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [status, setStatus] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setStatus('Copied');
    } catch {
      field.current?.focus();
      field.current?.select();
      setStatus('Selected: copy it with your keyboard or menu');
    }
  };
  return (
    <div className={css.copy}>
      <label htmlFor={id}>{label}</label>
      <div className={common.row}>
        <textarea
          id={id}
          ref={field}
          readOnly
          rows={rows}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className={controls.button} onClick={copy} aria-label={`Copy: ${label}`}>
          Copy
        </button>
      </div>
      <p className={css.status} role="status">
        {status}
      </p>
    </div>
  );
}
