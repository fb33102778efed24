import { create } from 'zustand';
import { isTableFile, networkFileKind } from '../../io/file-kinds.ts';
import { LIMITS } from '../../lessons/limits.ts';
import type { Playground } from '../../state/playground.ts';
import { loadPart } from '../loading/missing.ts';
import type { OpenedNir } from '../share/open-network.ts';
import { takeLesson, useOwnLesson } from './own-lesson.ts';

/** Text of a file; a fault instead where it is no text, or so large that it is not read. */
async function textOf(file: File): Promise<string | undefined> {
  const refuse = (text: string) => {
    useOwnLesson.setState({ refused: { name: file.name, faults: [{ line: 1, text }] } });
    return undefined;
  };
  if (file.size > LIMITS.bytes) return refuse(`it has ${file.size} bytes; allowed: ${LIMITS.bytes}`);
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (!bytes) return refuse('it cannot be read: it is a folder, or no longer there');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.startsWith('{') ? refuse('it is no lesson; a run’s file is opened under “Share”') : text;
  } catch {
    return refuse('it is no text in UTF-8');
  }
}

/** Reads a lesson's file to write on. */
export async function readDraft(file: File, take: (text: string) => void): Promise<void> {
  const text = await textOf(file);
  if (text !== undefined) take(text);
}

/** Opens a lesson's file at its first scene; what is wrong with it is told, and the page stays as it is. */
export async function openLessonFile({ app }: Playground, file: File): Promise<void> {
  const text = await textOf(file);
  if (text === undefined || !(await takeLesson(text, file.name))) return;
  goToOwn({ app }, 1);
}

/** Goes to a scene of the lesson that was opened; one that is open is opened anew. */
export function goToOwn({ app }: Pick<Playground, 'app'>, scene: number): void {
  const { presentation } = app.getState();
  if (presentation.lesson?.lesson === 'own')
    app.setState({ presentation: { ...presentation, lesson: undefined } });
  app.setState({ presentation: { ...app.getState().presentation, lesson: { lesson: 'own', scene } } });
}

interface Dropped {
  /** A NIR graph that was dropped: what is done with it is asked. */
  readonly nir?: OpenedNir;
  /** A network's file that could not be opened, and why. */
  readonly fault?: { readonly name: string; readonly text: string };
}
export const useDropped = create<Dropped>(() => ({}));
export const forgetDropped = () => useDropped.setState({}, true);

/** Opens what holds a network as the network that it is, a table as data, everything else as a lesson. */
export async function openFile(playground: Playground, file: File): Promise<void> {
  if (isTableFile(file.name)) {
    const { openTable } = await loadPart(() => import('../data/open-data.ts'));
    return openTable(playground, file);
  }
  const start = await file
    .slice(0, 8)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  if (!networkFileKind(file.name, new Uint8Array(start))) return openLessonFile(playground, file);
  try {
    const { openNetwork } = await loadPart(() => import('../share/open-network.ts'));
    const nir = await openNetwork(playground, file);
    useDropped.setState({ nir }, true);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    useDropped.setState({ fault: { name: file.name, text } }, true);
  }
}
