import { StrictMode, useEffect } from 'react';
import type { Playground } from '../state/playground.ts';
import { App } from './App.tsx';
import { PlaygroundContext } from './context.ts';
import { Presented } from './share/Presented.tsx';
import { Boundary } from './shell/Boundary.tsx';
import { reload } from './shell/reload.ts';

export interface PageProps {
  readonly playground: Playground;
  /** Called once its controls answer. */
  readonly alive?: () => void;
}

/** The whole page for a playground: what is rendered in the browser and, at its start, when the page is built. */
export function Page({ playground, alive }: PageProps) {
  useEffect(() => alive?.(), [alive]);
  return (
    <StrictMode>
      <PlaygroundContext value={playground}>
        <Presented>
          <Boundary part="The page" restart={() => void reload()}>
            <App />
          </Boundary>
        </Presented>
      </PlaygroundContext>
    </StrictMode>
  );
}
