import { Panel } from '../shell/Panel.tsx';

/** The network as a diagram. */
export function NetworkPanel() {
  return <Panel title="Network" />;
}
