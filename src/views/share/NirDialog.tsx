import { useMemo, useState } from 'react';
import { type Chain, isNeurons, type NirFile, type Stage } from '../../io/nir/graph.ts';
import { labOf } from '../../io/nir/lab.ts';
import { fitsOf, likelyDt, type OpenedNetwork, ourNetwork } from '../../io/nir/network-file.ts';
import { readNumber } from '../../settings/read-number.ts';
import { methodName } from '../../training/config.ts';
import { Button } from '../../ui/Button.tsx';
import controls from '../../ui/controls.module.css';
import { Dialog } from '../../ui/Dialog.tsx';
import { usePlayground } from '../context.ts';
import { WORDS } from '../experiments/all.ts';
import { NumberInput } from '../settings/NumberInput.tsx';
import css from './NirDialog.module.css';
import { type OpenedNir, startFrom } from './open-network.ts';
import common from './share.module.css';

interface NirDialogProps {
  readonly opened: OpenedNir;
  readonly onClose: () => void;
}

/** What a NIR file holds, and what it can be opened as: a run that starts from its weights, one of its neurons in the lab. */
export default function NirDialog({ opened: { name, file }, onClose }: NirDialogProps) {
  const playground = usePlayground();
  const [dt, setDt] = useState(() => likelyDt(file));
  const { ours, fault } = useMemo(() => oursOf(file), [file]);
  const fits = useMemo(() => (ours ? [] : fitsOf(file, dt)), [file, ours, dt]);
  const fitting = fits.flatMap((fit) => ('network' in fit ? [fit] : []));
  const [chosen, setChosen] = useState('');
  const network = ours ?? (fitting.find(({ experiment }) => experiment === chosen) ?? fitting[0])?.network;
  const hasTau = file.chains.some(({ stages }) => stages.some((stage) => stage.type === 'LIF'));

  return (
    <Dialog title={name} onClose={onClose} size="wide">
      <div className={css.content}>
        {file.chains.map((chain) => (
          <ChainTable key={chain.name} chain={chain} named={file.chains.length > 1} />
        ))}
        {hasTau && !ours && (
          <label className={css.row} htmlFor="nir-dt">
            <span>Length dt of a time step, in the unit of τ</span>
            <NumberInput
              id="nir-dt"
              label="Length dt of a time step"
              min={1e-9}
              max={1e9}
              step={0.1}
              value={dt}
              onValue={setDt}
            />
          </label>
        )}
        <section>
          <h3>As a run</h3>
          {fault && <p className={common.note}>Its metadata are passed over. {fault}</p>}
          {network ? (
            <AsRun network={network} ours={ours !== undefined} />
          ) : (
            <p className={common.note}>No experiment has a network like this one.</p>
          )}
          {fits.length > fitting.length && (
            <details className={css.why}>
              <summary>Why not as another experiment</summary>
              <ul>
                {fits.map(
                  (fit) =>
                    'fault' in fit && (
                      <li key={fit.experiment}>
                        {WORDS[fit.experiment].title}: {fit.fault}
                      </li>
                    ),
                )}
              </ul>
            </details>
          )}
          <div className={css.row}>
            {fitting.length > 1 && (
              <select
                aria-label="Experiment"
                value={chosen || fitting[0].experiment}
                onChange={(event) => setChosen(event.currentTarget.value)}
              >
                {fitting.map(({ experiment }) => (
                  <option key={experiment} value={experiment}>
                    {WORDS[experiment].title}
                  </option>
                ))}
              </select>
            )}
            <Button
              className={controls.button}
              why={network ? undefined : 'no experiment has a network like this one'}
              onClick={() => {
                if (!network) return;
                onClose();
                void startFrom(playground, network, name);
              }}
            >
              Open as a run
            </Button>
          </div>
        </section>
        <InLab file={file} dt={ours ? 1 : dt} T={ours?.config.T ?? 32} onShown={onClose} />
      </div>
    </Dialog>
  );
}

/** The network that the file was made from here; why its metadata do not count, where they do not. */
function oursOf(file: NirFile): { ours?: OpenedNetwork; fault?: string } {
  try {
    return { ours: ourNetwork(file) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function AsRun({ network: { config }, ours }: { readonly network: OpenedNetwork; readonly ours: boolean }) {
  const { title } = WORDS[config.experiment];
  return (
    <p className={common.note}>
      {ours
        ? `${title}, ${methodName(config)}, saved by this page: its settings and its weights, to the last bit, are the start of a run.`
        : `${title}: its weights are the start of a run of ${config.T} time steps for each input, of which NIR says nothing; training goes by ${methodName(config)}.`}{' '}
      Neurons spike at ϑ = {config.threshold} and above (NIR: above)
      {config.reset === 'subtract' ? ', which is then subtracted (NIR: reset to 0)' : ' and are reset to 0'}.
    </p>
  );
}

function ChainTable({ chain, named }: { readonly chain: Chain; readonly named: boolean }) {
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        {named && <caption>{chain.name}</caption>}
        <thead>
          <tr>
            <th scope="col">node</th>
            <th scope="col">type</th>
            <th scope="col">shape</th>
            <th scope="col">constants</th>
          </tr>
        </thead>
        <tbody>
          {chain.stages.map((stage) => (
            <tr key={stage.name}>
              <th scope="row">{stage.name}</th>
              <td>{stage.type}</td>
              <td>{isNeurons(stage) ? stage.r.length : `${stage.outputs} × ${stage.inputs}`}</td>
              <td>{constantsOf(stage)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** τ 4, r 2 …; the range of those that differ from neuron to neuron. */
function constantsOf(stage: Stage): string {
  if (!isNeurons(stage)) return '';
  const fields = [
    ['τ', stage.tau],
    ['r', stage.r],
    ['v_leak', stage.v_leak],
    ['v_threshold', stage.v_threshold],
    ['v_reset', stage.v_reset],
  ] as const;
  return fields
    .flatMap(([symbol, values]) => {
      if (!values) return [];
      const [least, most] = [Math.min(...values), Math.max(...values)].map((value) =>
        String(Number(value.toPrecision(4))),
      );
      return [`${symbol} ${least === most ? least : `${least} to ${most}`}`];
    })
    .join(', ');
}

interface InLabProps {
  readonly file: NirFile;
  readonly dt: number;
  readonly T: number;
  readonly onShown: () => void;
}

function InLab({ file, dt, T, onShown }: InLabProps) {
  const { actions } = usePlayground();
  const places = file.chains.flatMap((chain) =>
    chain.stages.filter(isNeurons).map(({ name, r }, stage) => ({
      chain,
      stage,
      label: name,
      neurons: r.length,
    })),
  );
  const [place, setPlace] = useState(0);
  const [neuron, setNeuron] = useState(1);
  const [fault, setFault] = useState('');
  const chosen = places[place];
  const [inputs, setInputs] = useState<string>();
  if (!chosen) return null;
  const { chain, stage, neurons } = chosen;
  const text = inputs ?? Array.from({ length: Math.min(chain.inputs, 1000) }, () => 0.5).join(' ');

  const show = () => {
    const values = text
      .split(/[\s;]+/)
      .flatMap((part) => (part === '' ? [] : (readNumber(part) ?? Number.NaN)));
    if (values.length !== chain.inputs || !values.every(Number.isFinite)) {
      setFault(
        `Inputs: “${text.slice(0, 40)}” is not allowed; allowed: ${chain.inputs} numbers with spaces between`,
      );
      return;
    }
    const index = Math.min(neurons, neuron) - 1;
    const { settings, unit } = labOf({ chain, stage, neuron: index, inputs: values, T, dt });
    onShown();
    actions.setLab({ name: 'neuron', settings });
    const scaled = unit === 1 ? '' : `, in units of ${Number(unit.toPrecision(3))}`;
    actions.notify(
      'info',
      `Neuron ${index + 1} of ${chosen.label} with the currents that reach it, to two decimals${scaled}`,
    );
  };

  return (
    <section>
      <h3>A neuron of it in the lab</h3>
      <div className={css.row}>
        <select
          aria-label="Layer"
          value={place}
          onChange={(event) => {
            setPlace(Number(event.currentTarget.value));
            setNeuron(1);
          }}
        >
          {places.map(({ label }, i) => (
            <option key={label} value={i}>
              {label}
            </option>
          ))}
        </select>
        <label htmlFor="nir-neuron">neuron</label>
        <NumberInput
          key={place}
          id="nir-neuron"
          label="Neuron"
          min={1}
          max={neurons}
          step={1}
          value={neuron}
          onValue={setNeuron}
        />
        <span>of {neurons}</span>
      </div>
      <label className={css.row}>
        <span>Inputs</span>
        <input
          className={css.inputs}
          value={text}
          onChange={(event) => setInputs(event.currentTarget.value)}
        />
      </label>
      <div className={css.row}>
        <button type="button" className={controls.button} onClick={show}>
          Show in the lab
        </button>
      </div>
      {fault && (
        <p className={common.fault} role="alert">
          {fault}
        </p>
      )}
    </section>
  );
}
