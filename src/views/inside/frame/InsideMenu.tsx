import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { isDocked } from '../../../state/stage.ts';
import { Hint } from '../../../ui/Hint.tsx';
import menu from '../../../ui/menu.module.css';
import { useApp, usePlayground } from '../../context.ts';
import { onDemand } from '../../loading/OnDemand.tsx';
import { boardNoted } from '../board/noted.ts';

/** Every view names the method that it looks into. */
const WHY_NOT = 'Closed until the names are revealed: these views would say which method it is';

const InsideDrawer = onDemand('The view', () => import('./InsideDrawer.tsx'), { floating: true });
/** What there is to look into; fetched with the page's other parts, so that it opens at once. */
export const InsideList = onDemand('The list of views', () => import('./InsideList.tsx'), { floating: true });
const BoardBadge = onDemand('What tells of the board', () => import('../board/BoardBadge.tsx'), {
  floating: true,
});

/** The button “Look inside”, its list of views, and the drawer of the view that is open. */
export function InsideMenu() {
  const [listed, setListed] = useState(false);
  const { actions } = usePlayground();
  const open = useApp((state) => state.presentation.inside);
  const docked = useApp(isDocked);
  const button = useRef<HTMLButtonElement>(null);
  const blind = useApp((state) => state.lanes.length > 1 && state.comparison.blind);
  const why = useId();
  const unlist = useCallback(() => setListed(false), []);
  const [board, setBoard] = useState(false);
  useEffect(() => {
    if (open === 'board' || boardNoted()) setBoard(true);
  }, [open]);
  const close = () => {
    actions.look(undefined);
    button.current?.focus();
  };
  useEffect(() => {
    if (!blind) return;
    setListed(false);
    if (open) actions.look(undefined);
  }, [blind, open, actions]);
  return (
    <>
      <Hint
        text={
          blind
            ? WHY_NOT
            : 'Views of the target, one step, the gradient, its cost, slices and surfaces, and the paper’s table'
        }
        touch={blind}
      >
        <button
          ref={button}
          type="button"
          className={menu.button}
          aria-haspopup="dialog"
          aria-expanded={listed}
          aria-disabled={blind || undefined}
          aria-describedby={blind ? why : undefined}
          onClick={() => !blind && setListed(!listed)}
        >
          Look inside
        </button>
      </Hint>
      {blind && (
        <span id={why} hidden>
          {WHY_NOT}
        </span>
      )}
      {board && <BoardBadge onClose={() => setBoard(false)} />}
      {listed && <InsideList anchor={button} onClose={unlist} />}
      {open &&
        !blind &&
        !docked &&
        createPortal(<InsideDrawer key={open} name={open} onClose={close} />, document.body)}
    </>
  );
}
