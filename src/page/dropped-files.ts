import type { Playground } from '../state/playground.ts';
import { loadPart } from '../views/loading/missing.ts';
import { useShellState } from './shell-state.ts';

const hasFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;

/** Opens files that are dropped on the page: lessons, runs, networks, tables. Returns what ends it. */
export function openDropped(playground: Playground): () => void {
  const onDragOver = (event: DragEvent) => {
    // A browser would leave the page for the file.
    if (hasFile(event)) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    void loadPart(() => import('../views/lessons/LessonTools.tsx')).then(
      async ({ openFile }) => {
        await openFile(playground, file);
        useShellState.setState({ lessons: true });
      },
      () =>
        playground.actions.notify('error', `${file.name} was not opened: what opens files did not arrive`),
    );
  };
  addEventListener('dragover', onDragOver);
  addEventListener('drop', onDrop);
  return () => {
    removeEventListener('dragover', onDragOver);
    removeEventListener('drop', onDrop);
  };
}
