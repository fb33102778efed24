import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

const EVENTS = { hover: true, focus: true, touch: true };

/** Shows `text` beside its child on hover, keyboard focus and touch; without a text it is the child alone. */
export function Hint({ text, children }: { readonly text?: string; readonly children: ReactElement }) {
  return (
    <Tooltip label={text} disabled={!text} events={EVENTS} openDelay={350} multiline maw={280} withArrow>
      {children}
    </Tooltip>
  );
}
