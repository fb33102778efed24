import controls from '../ui/controls.module.css';
import { IconButton } from '../ui/IconButton.tsx';
import { HelpIcon } from '../ui/icons.tsx';
import { HelpDialog } from './on-demand.tsx';
import { useShellState } from './shell-state.ts';

/** Opens the help with the list of keys. */
export function HelpButton() {
  const open = useShellState((state) => state.help);
  return (
    <>
      <IconButton
        label="Help and keys"
        hint="Help and keys (?)"
        icon={<HelpIcon />}
        className={controls.plain}
        aria-keyshortcuts="?"
        onClick={() => useShellState.setState({ help: true })}
      />
      {open && <HelpDialog onClose={() => useShellState.setState({ help: false })} />}
    </>
  );
}
