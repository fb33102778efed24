import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { changesLeftOut, runHash } from '../../state/link.ts';
import { CONTROL_NAMES, CONTROLS, type ControlName, type Presentation } from '../../state/presentation.ts';
import controls from '../../ui/controls.module.css';
import { Dialog } from '../../ui/Dialog.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useApp, usePlayground } from '../context.ts';
import { addView } from '../lessons/add-view.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import Citation from './Citation.tsx';
import { CopyField } from './CopyField.tsx';
import { FiguresFile } from './FiguresFile.tsx';
import { courseSnippet, embedSnippet, pageLink } from './links.ts';
import type { OpenedNir } from './open-network.ts';
import { qrDrawing } from './qr.ts';
import { RunFile } from './RunFile.tsx';
import css from './ShareDialog.module.css';
import common from './share.module.css';

const NirDialog = onDemand('The network of the file', () => import('./NirDialog.tsx'), { floating: true });

const VIEW_OPTIONS = [
  { value: 'full', label: 'Full', hint: 'The page as you see it' },
  {
    value: 'presenter',
    label: 'Presenter',
    hint: 'Three panels in large type, methods in words: for a projector',
  },
  { value: 'embed', label: 'Embed', hint: 'Without header and footer: inside another page' },
] as const;

/** Link to the run shown, as text, QR code and iframe; what the link leaves out; the run as a file. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const playground = usePlayground();
  const { lane } = playground;
  const app = useApp((state) => state);
  const changes = useStore(lane, (state) => state.log);
  const planned = useStore(lane, (state) => state.planned);
  const [presentation, setPresentation] = useState<Presentation>(app.presentation);
  const [large, setLarge] = useState(false);
  const [nir, setNir] = useState<OpenedNir>();
  const run = { log: changes, planned };
  const link = pageLink(location.href, runHash(app, run, presentation));
  const qr = useMemo(() => qrDrawing(link), [link]);
  const leftOut = changesLeftOut(run);
  const count = changes.length - 1 + planned.length - leftOut;

  if (nir) return <NirDialog opened={nir} onClose={onClose} />;
  const code = qr && (
    <svg viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label="QR code of the link">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={qr.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
  if (large && code)
    return (
      <Dialog title="Share this run" onClose={onClose} size="window">
        <div className={css.large}>{code}</div>
        <button
          type="button"
          className={`${controls.button} ${css.size}`}
          // The button that had the focus is gone.
          ref={(button) => button?.focus()}
          onClick={() => setLarge(false)}
        >
          Smaller
        </button>
      </Dialog>
    );

  const toggle = (control: ControlName, shown: boolean) => {
    const hide = presentation.hide.filter((name) => name !== control);
    setPresentation({ ...presentation, hide: shown ? hide : [...hide, control] });
  };

  return (
    <Dialog title="Share this run" onClose={onClose} size="wide">
      <div className={css.columns}>
        <div className={css.column}>
          <CopyField label="Link" text={link} />
          <p className={common.note}>
            It holds the settings{count > 0 && ` and ${count} change${count > 1 ? 's' : ''} made in mid-run`}.
            {changes[0].theta
              ? ' It cannot hold the weights that came from a file: save the run as a file to go on from them.'
              : ' On the same engine it gives the identical losses.'}
            {leftOut > 0 &&
              ` It has no room for the last ${leftOut} changes: save the run as a file instead.`}
          </p>
          <Segmented
            label="The link opens the page as"
            value={presentation.view}
            options={VIEW_OPTIONS}
            onChange={(view) => setPresentation({ ...presentation, view })}
          />
          <details className={css.hide} open={presentation.hide.length > 0}>
            <summary>Controls to leave out ({presentation.hide.length})</summary>
            <fieldset className={css.checks}>
              <legend className="hidden-visually">Controls to show</legend>
              {CONTROL_NAMES.map((name) => (
                <label key={name}>
                  <input
                    type="checkbox"
                    checked={!presentation.hide.includes(name)}
                    onChange={(event) => toggle(name, event.currentTarget.checked)}
                  />
                  {CONTROLS[name]}
                </label>
              ))}
            </fieldset>
          </details>
          {presentation.view === 'embed' && (
            <>
              <CopyField label="HTML to embed it" text={embedSnippet(link)} />
              <CopyField label="For a course system, as Moodle or Canvas" text={courseSnippet(link)} />
            </>
          )}
          <RunFile onLoaded={(opened) => (opened ? setNir(opened) : onClose())} />
          <FiguresFile />
          <details className={css.hide}>
            <summary>How to cite</summary>
            <Citation />
          </details>
          <div>
            <button
              type="button"
              className={controls.button}
              onClick={() => {
                onClose();
                addView(playground);
              }}
            >
              Add this view as a scene of a lesson
            </button>
          </div>
        </div>
        <div className={css.qr}>
          {code ? (
            <>
              {code}
              <button
                type="button"
                className={`${controls.button} ${css.size}`}
                onClick={() => setLarge(true)}
              >
                Enlarge the code
              </button>
            </>
          ) : (
            <p>The link is too long for a QR code.</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}
