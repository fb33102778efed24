import type { ReactNode } from 'react';
import type { Table } from '../../io/csv.ts';
import controls from '../../ui/controls.module.css';
import { IconButton } from '../../ui/IconButton.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ExportMenu } from '../share/ExportMenu.tsx';
import type { LabProps } from './props.ts';

interface LabFrameProps extends LabProps {
  readonly table: () => Table;
  readonly madeWith: () => readonly string[];
  readonly children: ReactNode;
}

/** The panel of a lab: its name, saving, and closing. */
export function LabFrame({ title, onClose, table, madeWith, children }: LabFrameProps) {
  return (
    <Panel
      title={title}
      actions={
        <>
          <ExportMenu name={title.toLowerCase()} table={table} madeWith={madeWith} />
          {onClose && (
            <IconButton
              label="Close the lab"
              icon={<CloseIcon />}
              className={controls.plain}
              onClick={onClose}
            />
          )}
        </>
      }
    >
      {children}
    </Panel>
  );
}
