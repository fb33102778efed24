import { useCallback, useEffect, useMemo } from 'react';
import { ConfigError } from '../../settings/fields.ts';
import type { LabModel } from '../../state/labs/lab.ts';
import type { LabName } from '../../state/presentation.ts';
import { useApp, usePlayground } from '../context.ts';

/** Settings of the lab that is open, and how they are changed: they are a text in the link. What cannot be read is told and left out. */
export function useLab<S>(
  name: LabName,
  model: LabModel<S>,
): readonly [settings: S, change: (change: Partial<S>) => void] {
  const { app, actions } = usePlayground();
  const text = useApp(({ presentation: { lab } }) => (lab?.name === name ? lab.settings : ''));
  const { settings, fault } = useMemo(() => read(model, text), [model, text]);
  useEffect(() => {
    if (!fault) return;
    actions.warn(`Left out of the link – ${fault}`);
    actions.setLab({ name, settings: '' });
  }, [fault, actions, name]);
  const change = useCallback(
    (change: Partial<S>) => {
      // Several changes may come between two drawings of the page.
      const { lab } = app.getState().presentation;
      const present = read(model, lab?.name === name ? lab.settings : '').settings;
      actions.setLab({ name, settings: model.format({ ...present, ...change }) });
    },
    [app, actions, model, name],
  );
  return [settings, change];
}

function read<S>(model: LabModel<S>, text: string): { settings: S; fault?: string } {
  try {
    return { settings: model.parse(text) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { settings: model.parse(''), fault: error.message };
  }
}
