import { createContext, type ReactNode } from 'react';

/** What stands behind a panel's title, beside the button that enlarges it. */
export const PanelMark = createContext<ReactNode>(undefined);
