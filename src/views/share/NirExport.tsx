import { useMemo, useState } from 'react';
import { download, fileName } from '../../io/download.ts';
import { compareWithNir } from '../../io/nir/compare.ts';
import { treeOf } from '../../io/nir/graph.ts';
import { nirFileOf } from '../../io/nir/network-file.ts';
import { isTimeless, OVER_TIME } from '../../snn/network.ts';
import { methodName } from '../../training/config.ts';
import { specsOf } from '../../training/specs.ts';
import { Button } from '../../ui/Button.tsx';
import controls from '../../ui/controls.module.css';
import { useLane, usePlayground } from '../context.ts';
import { formatCount } from '../format.ts';
import { loadPart } from '../loading/missing.ts';
import css from './NirExport.module.css';
import { differenceRows, nirWords } from './nir-words.ts';
import { notesOf, provenanceOf } from './provenance.ts';
import common from './share.module.css';

/** What of the network NIR says otherwise, how much that makes out on the network as it stands, and the button that saves it. */
export default function NirExport() {
  const playground = usePlayground();
  const { config, state, data } = useLane((lane) => lane);
  const [fault, setFault] = useState('');
  const [saving, setSaving] = useState(false);
  const difference = useMemo(() => {
    const { network } = specsOf(config);
    return state && data && isTimeless(network) && compareWithNir(network, state.theta, data.coarse);
  }, [config, state, data]);
  if (!state || !data) return <p className={common.note}>Nothing has been trained here yet.</p>;
  if (!difference) return <p className={common.note}>NIR knows held inputs only here: {OVER_TIME}.</p>;
  const { reset, threshold, leak } = config;

  const save = async () => {
    setSaving(true);
    try {
      const { network } = specsOf(config);
      const about = notesOf(provenanceOf('a spiking network', playground));
      const words = nirWords(
        about,
        config,
        network.factors.map(({ name }) => name),
        data.unit,
      );
      const file = nirFileOf({ config, theta: state.theta, step: state.step, words, difference });
      const { writeApart } = await loadPart(() => import('../../io/nir/hdf5-apart.ts'));
      const bytes = await writeApart(treeOf(file));
      const name = fileName('spiking network', methodName(config), 'step', state.step);
      download(`${name}.nir`, new Blob([bytes], { type: 'application/x-hdf5' }));
      setFault('');
    } catch (error) {
      setFault(`The file was not written. ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      setSaving(false);
    }
  };

  return (
    <div className={css.nir}>
      <p className={common.note}>
        NIR’s {leak === 1 ? 'IF' : 'LIF'} neurons spike above ϑ = {threshold}, the page’s at ϑ and above.{' '}
        {reset === 'subtract'
          ? 'NIR resets them to 0; here ϑ is subtracted, so that what is above it counts on.'
          : 'Both are reset to 0.'}{' '}
        Run both ways on {difference?.rows.map(formatCount).join(' × ')} rows of the test data:
      </p>
      {difference && (
        <table className={css.table}>
          <thead>
            <tr>
              <td />
              <th scope="col">here</th>
              <th scope="col">as NIR</th>
            </tr>
          </thead>
          <tbody>
            {differenceRows(difference).map(([label, here, nir]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{here}</td>
                <td>{nir}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={common.note}>
        One graph for each factor, weights in float32, dt = 1; settings, T and the read-out stand in its
        metadata.
      </p>
      <div>
        <Button
          className={controls.button}
          why={saving ? 'it is being written' : undefined}
          onClick={() => void save()}
        >
          {saving ? 'Saving…' : 'Save as NIR'}
        </Button>
      </div>
      {fault && (
        <p className={common.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
