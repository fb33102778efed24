import { useEffect } from 'react';
import type { Playground } from '../state/playground.ts';
import { type ControlName, isHidden } from '../state/presentation.ts';
import { isLabAlone } from '../state/stage.ts';
import { useShellState } from './shell-state.ts';

/** Whether keys pressed at `target` are meant for it: text is typed there, or space presses it. */
function isMeantFor(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  if (target.matches('input')) {
    const kind = (target as HTMLInputElement).type;
    if (!['radio', 'checkbox', 'range'].includes(kind)) return true;
    // A chosen radio button and a slider have no use for space.
    return (
      key === ' ' && (kind === 'checkbox' || (kind === 'radio' && !(target as HTMLInputElement).checked))
    );
  }
  return key === ' ' && target.closest('button, a, summary') !== null;
}

/** Keys that work anywhere on the page, each as long as the control is shown that does the same. */
export function useShortcuts({ actions, app }: Playground): void {
  useEffect(() => {
    const keys: Record<string, readonly [control: ControlName | undefined, act: () => unknown]> = {
      ' ': ['play', actions.toggle],
      s: ['step', () => actions.step()],
      r: ['reset', actions.reset],
      n: ['seed', actions.newSeed],
      f: [undefined, async () => (await import('../ui/enlarge.ts')).toggleEnlargedHere()],
      '?': ['help', () => useShellState.setState(({ help }) => ({ help: !help }))],
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const { keys: enabled, help } = useShellState.getState();
      const key = event.key.toLowerCase();
      if (!enabled || !(key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isMeantFor(event.target, key)) return;
      if (help && key !== '?') return;
      const [control, act] = keys[key];
      if (control && isHidden(app.getState().presentation, control)) return;
      if (control && key !== '?' && isLabAlone(app.getState())) return;
      if (event.repeat && key !== 's') return;
      event.preventDefault();
      void act();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [actions, app]);
}
