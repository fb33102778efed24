import type { ComponentPropsWithRef, ReactNode } from 'react';
import css from './controls.module.css';
import { Hint } from './Hint.tsx';

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'aria-label'> {
  readonly label: string;
  /** Shown in place of the label on hover and focus. */
  readonly hint?: string;
  readonly icon: ReactNode;
}

/** A round button with an icon and a name. */
export function IconButton({ label, hint, icon, className, ...rest }: IconButtonProps) {
  return (
    <Hint text={hint ?? label}>
      <button type="button" aria-label={label} className={`${css.icon} ${className ?? ''}`} {...rest}>
        {icon}
      </button>
    </Hint>
  );
}
