import { useRef, useState } from 'react';
import { download, fileName } from '../../io/download.ts';
import { savedRun } from '../../state/saved-run.ts';
import { methodName } from '../../training/config.ts';
import { formatRun } from '../../training/run-file.ts';
import { Button } from '../../ui/Button.tsx';
import controls from '../../ui/controls.module.css';
import { useLane, usePlayground } from '../context.ts';
import { loadPart } from '../loading/missing.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import { type OpenedNir, openNetwork } from './open-network.ts';
import { notesOf, provenanceOf } from './provenance.ts';
import css from './RunFile.module.css';
import common from './share.module.css';

const NirExport = onDemand('The form for NIR', () => import('./NirExport.tsx'));

interface RunFileProps {
  /** A file was opened: as a run, or as a NIR graph that asks what to do with it. */
  readonly onLoaded: (nir?: OpenedNir) => void;
}

/** Saves the run with its weights as a file, or the network for other tools, and goes on from such files. */
export function RunFile({ onLoaded }: RunFileProps) {
  const playground = usePlayground();
  const { app, lane } = playground;
  const picker = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState('');
  const [nir, setNir] = useState(false);
  const none = useLane((state) => state.state === undefined || state.recording !== undefined);
  const why = none ? 'nothing has been trained here yet' : undefined;

  const nameOf = (kind: string, step: number) =>
    fileName(kind, methodName(app.getState().config), 'step', step);
  const save = () => {
    const run = savedRun(lane.getState());
    if (!run) return;
    const about = notesOf(provenanceOf('a run, to be opened under Share', playground));
    download(`${nameOf('spiking run', run.state.step)}.json`, formatRun(run, about), 'application/json');
  };
  const attempt = async (work: () => Promise<void>, failed: string) => {
    try {
      await work();
      setFault('');
    } catch (error) {
      setFault(`${failed} ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const saveScript = () =>
    attempt(async () => {
      const { config, state, data } = lane.getState();
      if (!state || !data) return;
      const { pytorchScript } = await loadPart(() => import('../../io/pytorch/script.ts'));
      const about = notesOf(provenanceOf('a spiking network for PyTorch', playground));
      const file = `${nameOf('spiking network', state.step)}.py`;
      const { theta, step } = state;
      const { coarse, unit, offset } = data;
      download(
        file,
        pytorchScript({ config, theta, step, data: coarse, unit, offset, about, file }),
        'text/x-python',
      );
    }, 'The script was not written.');
  const saveWeights = () =>
    attempt(async () => {
      const { config, state } = lane.getState();
      if (!state) return;
      const { formatNpz } = await loadPart(() => import('../../io/npz.ts'));
      const archive = new Blob([formatNpz(config, state.theta)], { type: 'application/zip' });
      download(`${nameOf('spiking weights', state.step)}.npz`, archive);
    }, 'The file was not written.');
  const load = (file: File) =>
    attempt(async () => {
      const opened = await openNetwork(playground, file);
      onLoaded(opened);
    }, `${file.name} was not opened.`);

  return (
    <div className={css.file}>
      <h3>Files</h3>
      <p className={common.note}>
        A run has settings, changes, weights, losses and errors: it goes on exactly where it was saved. NIR,
        PyTorch and NPZ have the network for other tools.
      </p>
      <div className={`${common.row} ${css.row}`}>
        <Button className={controls.button} onClick={save} why={why}>
          Save run
        </Button>
        <Button className={controls.button} aria-expanded={nir} onClick={() => setNir(!nir)} why={why}>
          NIR (.nir)…
        </Button>
        <Button className={controls.button} onClick={() => void saveScript()} why={why}>
          PyTorch (.py)
        </Button>
        <Button className={controls.button} onClick={() => void saveWeights()} why={why}>
          Weights (.npz)
        </Button>
        <button type="button" className={controls.button} onClick={() => picker.current?.click()}>
          Open…
        </button>
        <input
          ref={picker}
          type="file"
          accept="application/json,.json,.nir,.npz"
          hidden
          data-testid="run-file"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) void load(file);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {nir && !none && <NirExport />}
      {fault && (
        <p className={common.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
