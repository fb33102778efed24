import { useApp } from '../context.ts';
import { spokenText } from './spoken-text.ts';

/** What the page says, in the words of its view. */
export type Say = (text: string) => string;
const asItIs: Say = (text) => text;

/** Makes text of what the page says: in the presenter's view methods are named in words. */
export const useSpoken = (): Say =>
  useApp(({ presentation }) => ({ spelled: presentation.view === 'presenter' })).spelled
    ? spokenText
    : asItIs;
