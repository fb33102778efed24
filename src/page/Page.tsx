import { StrictMode, useEffect } from 'react';
import type { Playground } from '../state/playground.ts';
import { PlaygroundContext } from '../views/context.ts';
import { Boundary } from '../views/loading/Boundary.tsx';
import { reload } from '../views/loading/reload.ts';
import { Presented } from '../views/share/Presented.tsx';
import { App } from './App.tsx';

interface PageProps {
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
