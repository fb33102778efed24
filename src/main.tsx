import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/Tooltip.css';
import '@mantine/core/styles/Popover.css';
import './views/theme.css';
import './views/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createPlayground } from './state/playground.ts';
import { App } from './views/App.tsx';
import { PlaygroundContext } from './views/context.ts';
import { Presented } from './views/share/Presented.tsx';
import { Boundary } from './views/shell/Boundary.tsx';
import { faultNotice, readHash, syncHash } from './views/shell/hash-sync.ts';
import { prefetchParts } from './views/shell/on-demand.ts';
import { spawnTrainer } from './worker/client.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');

const { pinned, page, planned, presentation, comparison, faults } = readHash(location.hash);
const playground = createPlayground({
  spawn: spawnTrainer,
  pinned,
  notice: faultNotice(faults),
  engineChoice: page.engine,
  pace: page.pace,
  planned,
  presentation,
  comparison,
});
void playground.actions.start().then(prefetchParts);
syncHash(playground);

createRoot(root).render(
  <StrictMode>
    <PlaygroundContext value={playground}>
      <Presented>
        <Boundary part="The page" restart={() => location.reload()}>
          <App />
        </Boundary>
      </Presented>
    </PlaygroundContext>
  </StrictMode>,
);
