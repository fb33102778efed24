import { useEffect } from 'react';
import type { Playground } from '../state/playground.ts';
import { type ControlName, isHidden } from '../state/presentation.ts';
import { isLabAlone } from '../state/stage.ts';
import { ENLARGE } from '../ui/EnlargeButton.tsx';
import { spacePresses, takeSpace, watchPresses } from '../ui/space.ts';
import { loadEnlarging } from './on-demand.tsx';
import { useShellState } from './shell-state.ts';

/** Whether keys pressed at `target` are meant for it: text is typed there, or space presses it. */
function isMeantFor(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  if (target.matches('input:not([type="radio"], [type="checkbox"], [type="range"])')) return true;
  return key === ' ' && spacePresses(target);
}

/** Keys that work anywhere on the page, each as long as the control is shown that does the same. */
export function useShortcuts({ actions, app }: Playground): void {
  useEffect(() => {
    const enlarging = (act: (module: Awaited<ReturnType<typeof loadEnlarging>>) => void) =>
      void loadEnlarging().then(act, (error: Error) => actions.notify('error', error.message));
    const keys: Record<string, readonly [control: ControlName | undefined, act: () => unknown]> = {
      ' ': ['play', actions.toggle],
      s: ['step', () => actions.step()],
      r: ['reset', actions.reset],
      n: ['seed', actions.newSeed],
      f: [undefined, () => enlarging(({ toggleEnlargedHere }) => toggleEnlargedHere())],
      '?': ['help', () => useShellState.setState(({ help }) => ({ help: !help }))],
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const { keys: enabled } = useShellState.getState();
      const key = event.key.toLowerCase();
      if (!enabled || !(key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isMeantFor(event.target, key)) return;
      // The page behind a dialog is out of reach.
      if (key !== '?' && document.querySelector('dialog:modal')) return;
      const [control, act] = keys[key];
      if (control && isHidden(app.getState().presentation, control)) return;
      if (control && key !== '?' && isLabAlone(app.getState())) return;
      if (event.repeat && key !== 's') return;
      if (key === ' ') takeSpace(event);
      else event.preventDefault();
      void act();
    };
    const onEnlarge = ({ target }: Event) => {
      const panel = (target as Element).closest<HTMLElement>('[data-panel]');
      if (panel) enlarging(({ toggleEnlarged }) => toggleEnlarged(panel));
    };
    const unwatch = watchPresses();
    addEventListener('keydown', onKeyDown);
    addEventListener(ENLARGE, onEnlarge);
    return () => {
      unwatch();
      removeEventListener('keydown', onKeyDown);
      removeEventListener(ENLARGE, onEnlarge);
    };
  }, [actions, app]);
}
