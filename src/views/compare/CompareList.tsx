import type { RefObject } from 'react';
import { withoutComparison } from '../../state/comparison.ts';
import { type ComparisonPreset, comparisonPresets, presetFault } from '../../state/comparison-presets.ts';
import { Button } from '../../ui/Button.tsx';
import { Flyout } from '../../ui/floating/Flyout.tsx';
import menu from '../../ui/menu.module.css';
import { useApp, usePlayground } from '../context.ts';
import css from './CompareList.module.css';

interface CompareListProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** The comparisons that are offered. */
export default function CompareList({ anchor, onClose }: CompareListProps) {
  const { actions } = usePlayground();
  const { config, comparison, ...state } = useApp(({ config, pinned, comparison }) => ({
    config,
    pinned,
    comparison,
  }));
  // Made anew each time: a selection that holds it would never be the same as the one before.
  const pinned = withoutComparison(state.pinned, comparison);
  const presets = comparisonPresets(config);
  const item = (preset: ComparisonPreset) => {
    const fault = presetFault(preset, pinned);
    return (
      <Button
        key={preset.id}
        why={fault && `Not with a setting of yours: ${fault}`}
        className={menu.item}
        data-testid={`compare-${preset.id}`}
        onClick={() => {
          onClose();
          anchor.current?.focus();
          void actions.compare(preset);
        }}
      >
        <strong>{preset.label}</strong>
        <span>{preset.help}</span>
      </Button>
    );
  };
  return (
    <Flyout
      anchor={anchor}
      label="Compare"
      align="start"
      className={`${menu.dropdown} ${css.dropdown}`}
      onClose={onClose}
    >
      <div>
        <p className={css.title}>The paper’s methods</p>
        {presets.filter(({ beyond }) => !beyond).map(item)}
      </div>
      <div className={css.beyond}>
        <p className={css.title}>Beyond the paper</p>
        {presets.filter(({ beyond }) => beyond).map(item)}
      </div>
    </Flyout>
  );
}
