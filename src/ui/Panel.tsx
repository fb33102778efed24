import { type ReactNode, use, useId } from 'react';
import { EnlargeButton } from './EnlargeButton.tsx';
import css from './Panel.module.css';
import { PanelMark } from './panel-mark.ts';

interface PanelProps {
  readonly title: ReactNode;
  /** Controls at the right end of the heading line. */
  readonly actions?: ReactNode;
  /** A line under the content: what is to be seen, or what can be clicked. */
  readonly footer?: ReactNode;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** Frame of every figure: a section with a heading, which can be laid over the whole window. Fills its grid cell; the content gets the height that is left. */
export function Panel({ title, actions, footer, className, children }: PanelProps) {
  const heading = useId();
  return (
    <section
      className={className ? `${css.panel} ${className}` : css.panel}
      aria-labelledby={heading}
      data-panel
    >
      <div className={css.head}>
        <div className={css.heading}>
          <h2 id={heading} className={css.title}>
            {title}
          </h2>
          <EnlargeButton titleId={heading} />
          {use(PanelMark)}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
      <div className={css.body}>{children}</div>
      {footer && <div className={css.footer}>{footer}</div>}
    </section>
  );
}
