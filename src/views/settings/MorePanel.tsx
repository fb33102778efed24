import { useEffect, useRef } from 'react';
import type { Pinned } from '../../training/config.ts';
import controls from '../../ui/controls.module.css';
import { IconButton } from '../../ui/IconButton.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { useLayer } from '../../ui/layers.ts';
import { useApp, usePlayground } from '../context.ts';
import { FieldRow } from './FieldRow.tsx';
import { BAR_FIELDS, fieldGroups } from './field-groups.ts';
import css from './MorePanel.module.css';

/** Every setting that has no control of its own. Lies on the left, so that curve and error stay in sight. */
export default function MorePanel({ onClose }: { readonly onClose: () => void }) {
  const { app, actions } = usePlayground();
  const panel = useRef<HTMLElement>(null);
  const pinned = useApp((state) => Object.keys(state.pinned).filter((name) => !isBarField(name)).length);

  useEffect(() => panel.current?.focus(), []);
  useLayer(onClose);

  const followAll = () => {
    panel.current?.focus();
    const others = Object.entries(app.getState().pinned).filter(([name]) => isBarField(name));
    void actions.replace(Object.fromEntries(others) as Pinned);
  };
  return (
    <section
      id="settings"
      ref={panel}
      tabIndex={-1}
      aria-labelledby="settings-title"
      className={css.panel}
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onClose()}
    >
      <div className={css.head}>
        <h2 id="settings-title">All settings</h2>
        <IconButton
          label="Close the settings"
          icon={<CloseIcon />}
          className={controls.plain}
          onClick={onClose}
        />
      </div>
      <div className={css.scroll}>
        <p className={css.intro}>
          {pinned === 0
            ? 'All follow the recipe of the experiment and the method. What you set here is pinned.'
            : `${pinned} pinned; the others follow the recipe of the experiment and the method.`}
          {pinned > 0 && (
            <button type="button" className={controls.link} onClick={followAll}>
              Follow the recipe in all
            </button>
          )}
        </p>
        {fieldGroups().map(({ title, fields }) => (
          <fieldset key={title} className={css.group}>
            <legend>{title}</legend>
            {fields.map((field) => (
              <FieldRow key={field} field={field} />
            ))}
          </fieldset>
        ))}
      </div>
    </section>
  );
}

function isBarField(name: string): boolean {
  return (BAR_FIELDS as readonly string[]).includes(name);
}
