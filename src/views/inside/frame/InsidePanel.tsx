import { useEffect, useRef } from 'react';
import controls from '../../../ui/controls.module.css';
import { IconButton } from '../../../ui/IconButton.tsx';
import { CloseIcon } from '../../../ui/icons.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { useApp, usePlayground } from '../../context.ts';
import { INSIDE } from '../index.ts';
import { InsideContent } from './InsideContent.tsx';
import css from './InsidePanel.module.css';

/** What is open of “Look inside” as one of the page's panels. */
export default function InsidePanel() {
  const { actions } = usePlayground();
  const open = useApp((state) => state.presentation.inside);
  // What a scene shows is closed by leaving it.
  const closable = useApp((state) => state.presentation.lesson === undefined);
  const view = INSIDE.find(({ id }) => id === open);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Chosen from the menu that has just closed, not by a link's scene.
    if (view && document.activeElement?.ariaHasPopup === 'dialog') content.current?.focus();
  }, [view]);
  if (!view) return null;
  return (
    <Panel
      title={view.label}
      actions={
        closable && (
          <IconButton
            label="Close"
            icon={<CloseIcon />}
            className={controls.plain}
            onClick={() => actions.look(undefined)}
          />
        )
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <div ref={content} tabIndex={0} className={css.scroll} data-testid="inside" key={view.id}>
        <InsideContent view={view} />
      </div>
    </Panel>
  );
}
