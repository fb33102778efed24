import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import css from './controls.module.css';

interface HintProps {
  readonly text?: string;
  /** Also under a finger: for reasons, which can be read in no other way there. */
  readonly touch?: boolean;
  readonly children: ReactElement;
}

/** Shows `text` below its child on hover and keyboard focus; without a text it is the child alone. */
export function Hint({ text, touch = false, children }: HintProps) {
  return (
    <Tooltip
      label={text}
      disabled={!text}
      events={{ hover: true, focus: true, touch }}
      openDelay={touch ? 0 : 400}
      position="bottom"
      multiline
      maw={280}
      classNames={{ tooltip: css.hint }}
      withArrow
    >
      {children}
    </Tooltip>
  );
}
