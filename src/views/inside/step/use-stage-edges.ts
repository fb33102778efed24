import { useEffect } from 'react';
import type { LaneState } from '../../../state/lane-store.ts';
import { usePlayground } from '../../context.ts';
import { edgeValues } from '../../figures/network/edge-values.ts';
import type { StageContext, StageFigure } from './stage.ts';
import { type Moment, stageEdges } from './stage-edges.ts';

/** Puts a stage's numbers on the edges of the diagram for as long as it is shown. */
export function useStageEdges(figure: StageFigure | undefined, context: StageContext | undefined): void {
  const { lane } = usePlayground();
  const explained = context?.explained;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the context is new at every render, what it explains is not
  useEffect(() => {
    const moment = context && momentOf(lane.getState(), context);
    if (!figure || !moment) return;
    edgeValues.setState({ shown: stageEdges(figure, context, moment) });
    return () => edgeValues.setState({ shown: undefined });
  }, [lane, figure, explained]);
}

function momentOf({ state, view, probe }: LaneState, { network, layout }: StageContext): Moment | undefined {
  if (state?.theta.length !== layout.size) return undefined;
  const { theta } = state;
  const inputs = network.factors.map(({ inputs }, factor) => {
    const row = view.probe[factor];
    if (row?.length === inputs) return row;
    // A coordinate of the stated grid that the page was not told: the first currents give it away, as U[1] = w x + b.
    const first = layout.hidden[factor][0];
    const membrane = probe?.membranes[factor]?.[0];
    const x = new Float64Array(inputs);
    if (inputs !== 1 || !membrane) return x;
    let [along, square] = [0, 0];
    for (let j = 0; j < first.outputs; j++) {
      const w = theta[first.weights + j];
      along += w * (membrane[j] - theta[first.biases + j]);
      square += w * w;
    }
    x[0] = square > 0 ? along / square : 0;
    return x;
  });
  return { theta, inputs };
}
