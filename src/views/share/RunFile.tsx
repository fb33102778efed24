import { useRef, useState } from 'react';
import { download, fileName } from '../../io/download.ts';
import { savedRun } from '../../state/saved-run.ts';
import { methodName } from '../../training/config.ts';
import { formatRun, parseRun } from '../../training/run-file.ts';
import controls from '../../ui/controls.module.css';
import { useLane, usePlayground } from '../context.ts';
import { notesOf, provenanceOf } from './provenance.ts';
import css from './RunFile.module.css';
import common from './share.module.css';

/** Saves the run with its weights as a file, and goes on from such a file. */
export function RunFile({ onLoaded }: { readonly onLoaded: () => void }) {
  const playground = usePlayground();
  const { app, lane, actions } = playground;
  const picker = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState('');
  const none = useLane((state) => state.state === undefined || state.recording !== undefined);

  const save = () => {
    const run = savedRun(lane.getState());
    if (!run) return;
    const name = fileName('spiking run', methodName(app.getState().config), 'step', run.state.step);
    const about = notesOf(provenanceOf('a run, to be opened under Share', playground));
    download(`${name}.json`, formatRun(run, about), 'application/json');
  };
  const load = async (file: File | undefined) => {
    if (!file) return;
    try {
      const run = parseRun(await file.text());
      setFault('');
      onLoaded();
      await actions.load(run);
    } catch (error) {
      setFault(`${file.name} was not opened. ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  return (
    <div className={css.file}>
      <h3>Run file</h3>
      <p className={common.note}>
        Settings, changes, weights, losses and errors: it goes on exactly where it was saved.
      </p>
      <div className={`${common.row} ${css.row}`}>
        <button
          type="button"
          className={controls.button}
          onClick={save}
          disabled={none}
          title={none ? 'Nothing has been trained here yet' : undefined}
        >
          Save run
        </button>
        <button type="button" className={controls.button} onClick={() => picker.current?.click()}>
          Open run…
        </button>
        <input
          ref={picker}
          type="file"
          accept="application/json,.json"
          hidden
          data-testid="run-file"
          onChange={(event) => {
            void load(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
