import { useShellState } from '../shell-state.ts';
import controls from './controls.module.css';
import { IconButton } from './IconButton.tsx';
import { HelpIcon } from './icons.tsx';
import { OnDemand } from './OnDemand.tsx';
import { HelpDialog } from './on-demand.ts';

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
      {open && (
        <OnDemand part="The help">
          <HelpDialog onClose={() => useShellState.setState({ help: false })} />
        </OnDemand>
      )}
    </>
  );
}
