import { useCallback } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { onDemand } from '../loading/OnDemand.tsx';
import { FaultList } from './FaultList.tsx';
import { forgetDropped, useDropped } from './open-file.ts';
import { forgetRefused, printLesson, useOwnLesson, writeLessons } from './own-lesson.ts';

export { LessonMark } from './LessonMark.tsx';
export { openFile } from './open-file.ts';

const AuthorPanel = onDemand('The panel for lessons', () => import('./AuthorPanel.tsx'), { floating: true });
const NirDialog = onDemand('The network of the file', () => import('../share/NirDialog.tsx'), {
  floating: true,
});
const PrintSheet = onDemand('The sheet', () => import('./PrintSheet.tsx'), { floating: true });

/** What belongs to lessons and has no place in the page: the panel in which they are written, a sheet, a file that was refused. */
export default function LessonTools() {
  const { writing, refused, printed } = useOwnLesson();
  const { nir, fault } = useDropped();
  const printedDone = useCallback(() => printLesson(undefined), []);
  return (
    <>
      {writing && <AuthorPanel onClose={() => writeLessons(false)} />}
      {printed && <PrintSheet lesson={printed} onDone={printedDone} onClose={printedDone} />}
      {nir && <NirDialog opened={nir} onClose={forgetDropped} />}
      {fault && (
        <Dialog title={`${fault.name} was not opened`} onClose={forgetDropped}>
          <p>This is what cannot be used. The page is as it was.</p>
          <p>{fault.text}</p>
        </Dialog>
      )}
      {refused && (
        <Dialog title={`${refused.name} was not opened`} onClose={forgetRefused}>
          <p>This is what cannot be used. The page is as it was.</p>
          <FaultList faults={refused.faults} />
        </Dialog>
      )}
    </>
  );
}
