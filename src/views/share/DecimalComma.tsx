import { useState } from 'react';
import { store } from '../../io/storage.ts';
import { DECIMAL_KEY, decimalSign } from './decimal-sign.ts';

/** Whether data are saved with a decimal comma: kept for all figures. */
export function DecimalComma({ className }: { readonly className?: string }) {
  const [comma, setComma] = useState(() => decimalSign() === 'comma');
  const toggle = (checked: boolean) => {
    store(DECIMAL_KEY, checked ? 'comma' : undefined);
    setComma(checked);
  };
  return (
    <label
      className={className}
      title="For spreadsheets in German, French and others: 0,5 and semicolons between columns"
    >
      <input type="checkbox" checked={comma} onChange={(event) => toggle(event.currentTarget.checked)} /> CSV
      with decimal comma
    </label>
  );
}
