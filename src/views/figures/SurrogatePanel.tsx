import { Panel } from '../shell/Panel.tsx';

/** The surrogate derivative over the membranes. */
export function SurrogatePanel() {
  return <Panel title="Where gradient can pass" />;
}
