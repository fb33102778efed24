import { useShellState } from '../shell-state.ts';
import controls from './controls.module.css';
import { IconButton } from './IconButton.tsx';
import { HelpIcon } from './icons.tsx';
import { HelpDialog } from './on-demand.tsx';

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
