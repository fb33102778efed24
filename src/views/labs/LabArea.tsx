import { useApp, usePlayground } from '../context.ts';
import { LAB_VIEWS } from './index.ts';

/** The lab that is open, in place of the figures or beside them. */
export default function LabArea() {
  const { actions } = usePlayground();
  const name = useApp(({ presentation }) => presentation.lab?.name);
  const view = name && LAB_VIEWS[name];
  if (!view) return null;
  const { title, Lab } = view;
  return <Lab key={name} title={title} onClose={() => actions.setLab(undefined)} />;
}
