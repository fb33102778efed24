import { type ControlName, isHidden } from '../state/presentation.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { useApp } from '../views/context.ts';
import { onDemand } from '../views/loading/OnDemand.tsx';
import { useOffline } from '../views/loading/offline-state.ts';
import { GlossarySection } from '../views/terms/GlossarySection.tsx';
import css from './HelpDialog.module.css';
import { setKeys, useShellState } from './shell-state.ts';
import { thisPlace } from './this-place.ts';

const Citation = onDemand('The citation', () => import('../views/share/Citation.tsx'));

/** With the control without which a key does nothing. */
const KEYS: readonly (readonly [key: string, does: string, control?: ControlName])[] = [
  ['Space', 'play or pause', 'play'],
  ['S', 'one training step', 'step'],
  ['R', 'back to step 0 with the same seed', 'reset'],
  ['N', 'start again with a new seed', 'seed'],
  ['F', 'lets the panel under the pointer, or with the focus, fill the window, or puts it back'],
  ['?', 'this help', 'help'],
];

/** Keys of what has the focus. */
const KEYS_THERE: typeof KEYS = [
  ['← →', 'scrubber: one step back or on', 'scrubber'],
  ['Page ↑ ↓', 'scrubber: a tenth of the run on or back', 'scrubber'],
  ['← → ↑ ↓', 'probe on a map: moves it, with shift in finer steps'],
  ['← → ↑ ↓', 'neuron of the diagram: goes to the next one or to another layer; enter shows its rate'],
  ['← →', 'raster and membrane: the time step; Home and End the first and the last'],
  ['↑ ↓', 'raster: selects a neuron'],
  ['← →', 'panel that fills the window: the next or the one before, as with Page ↑ ↓'],
  ['← →', 'lesson: the scene before or the next, as with Page ↑ ↓ and a presenter’s clicker'],
  ['Esc', 'closes what is open'],
];

/** What the page shows, in five sentences, and the keys. */
export default function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const keys = useShellState((state) => state.keys);
  return (
    <Dialog title="Spiking Playground" onClose={onClose}>
      <p>
        A small network of spiking neurons learns while you watch. Press play, then change the method in
        mid-run: the weights stay, so you see what each way of finding the gradient does from the same place.
      </p>
      <ul className={css.list}>
        <li>
          <b>BP</b> goes back through every simulated time step. <b>RFG</b> only runs forward: it draws a
          direction, carries one derivative along, and steps along that direction. <b>WP</b> compares the
          losses of two slightly changed networks.
        </li>
        <li>
          A spike has no useful derivative. <b>SG</b> puts a Gaussian in its place; <b>WSG</b> estimates the
          same Gaussian from samples.
        </li>
        <li>
          <b>G</b> perturbs all parameters at once, <b>L</b> layer by layer, <b>K</b> directions in each step.
        </li>
        <li>
          The large number is the relative L2 error: 1 is no better than predicting zero. While the run plays
          it is measured on a coarse grid, at rest on the paper’s.
        </li>
      </ul>
      <p>
        The method is that of{' '}
        <cite>
          Randomized Forward Mode Gradient for Spiking Neural Networks in Scientific Machine Learning
        </cite>{' '}
        (arXiv:2411.07057). What you train is computed in this browser, with its errors and costs; nothing is
        sent anywhere. Computed beforehand and kept in the page are the run that stands there at first, marked
        “recorded”, and our figures in “The paper’s table and ours”; the paper’s own are taken from its text.
      </p>
      <details className={css.cite}>
        <summary>How to cite</summary>
        <Citation />
      </details>
      <Offline />
      <ThisPlace />
      <GlossarySection />
      <h3 className={css.heading}>Keys</h3>
      <KeyList keys={KEYS} />
      <p className={css.there}>While one of these has the focus:</p>
      <KeyList keys={KEYS_THERE} />
      <label className={css.switch}>
        <input type="checkbox" checked={keys} onChange={(event) => setKeys(event.target.checked)} />
        Single keys work (they never do while you type)
      </label>
    </Dialog>
  );
}

/** Whether the page works without a connection, where it can. */
function Offline() {
  const { state, keep } = useOffline();
  if (state === 'absent') return null;
  return (
    <p data-testid="offline">
      {state === 'kept' && 'The page works without a connection: this browser keeps all of it.'}
      {state === 'keeping' &&
        'This browser is fetching the rest of the page, which then works without a connection.'}
      {state === 'asks' && (
        <>
          Your connection saves data, so what you have not opened is not fetched.{' '}
          <button type="button" className={controls.link} onClick={keep}>
            Keep the whole page for use without a connection (2 MB)
          </button>
        </>
      )}
    </p>
  );
}

/** What is different because of where the page is shown. */
function ThisPlace() {
  const sentences = thisPlace();
  return sentences.length > 0 && <p data-testid="this-place">{sentences.join(' ')}</p>;
}

function KeyList({ keys }: { readonly keys: typeof KEYS }) {
  const presentation = useApp((state) => state.presentation);
  return (
    <dl className={css.keys}>
      {keys
        .filter(([, , control]) => !control || !isHidden(presentation, control))
        .map(([key, does]) => (
          <div key={does}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
    </dl>
  );
}
