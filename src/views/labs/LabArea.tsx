import { useApp, usePlayground } from '../context.ts';
import { LAB_VIEWS } from './index.ts';

/** The lab that is open, in place of the figures or beside them. */
export default function LabArea() {
  const { actions } = usePlayground();
  const name = useApp(({ presentation }) => presentation.lab?.name);
  const inLesson = useApp(({ presentation }) => presentation.lesson !== undefined);
  if (!name) return null;
  const { title, Lab } = LAB_VIEWS[name];
  return <Lab key={name} title={title} onClose={inLesson ? undefined : () => actions.setLab(undefined)} />;
}
