import { useState } from 'react';
import { download } from '../../io/download.ts';
import { Button } from '../../ui/Button.tsx';
import controls from '../../ui/controls.module.css';
import { usePlayground } from '../context.ts';
import { loadPart } from '../loading/missing.ts';
import { DecimalComma } from './DecimalComma.tsx';
import css from './RunFile.module.css';
import common from './share.module.css';
import { useHidden } from './use-hidden.ts';

/** Saves every figure on the page with its data as one archive. */
export function FiguresFile() {
  const playground = usePlayground();
  const [state, setState] = useState<'rest' | 'busy'>('rest');
  const [fault, setFault] = useState('');
  if (useHidden('export')) return null;
  const save = async () => {
    setState('busy');
    setFault('');
    try {
      const { figuresArchive } = await loadPart(() => import('./archive.ts'));
      download('spiking-playground-figures.zip', await figuresArchive(playground));
    } catch (error) {
      setFault(`The archive was not made. ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      setState('rest');
    }
  };
  return (
    <div className={css.file}>
      <h3>Figures</h3>
      <p className={common.note}>
        Every figure on the page as drawing and picture, black on white, its data as CSV, and a README that
        says how they were made.
      </p>
      <div className={`${common.row} ${css.row}`}>
        <Button
          className={controls.button}
          why={state === 'busy' ? 'the figures are being drawn' : undefined}
          onClick={() => void save()}
        >
          {state === 'busy' ? 'Drawing…' : 'All figures (.zip)'}
        </Button>
        <DecimalComma className={common.note} />
      </div>
      {fault && (
        <p className={common.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
