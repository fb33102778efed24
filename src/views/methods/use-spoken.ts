import { useApp } from '../context.ts';
import { spokenText } from './spoken-text.ts';

const asItIs = (text: string) => text;

/** Makes text of what the page says: in the presenter's view methods are named in words. */
export const useSpoken = (): ((text: string) => string) =>
  useApp(({ presentation }) => ({ spelled: presentation.view === 'presenter' })).spelled
    ? spokenText
    : asItIs;
