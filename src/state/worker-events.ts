import type { StoreApi } from 'zustand/vanilla';
import type { LaneTelemetry, WorkerEvent } from '../worker/protocol.ts';
import type { PlaygroundState } from './app-state.ts';
import { type LaneStore, withTelemetry } from './lane-store.ts';
import { stopNotice } from './stop-notice.ts';

type App = StoreApi<PlaygroundState>;

/**
 * Takes over what the worker says.
 * @param onTelemetry a lane was told anew; `before` is how many changes its run had until then.
 */
export function takeEvent(
  app: App,
  event: WorkerEvent,
  onTelemetry: (lane: LaneStore, before: number) => void,
): void {
  switch (event.kind) {
    case 'telemetry':
      for (const telemetry of event.lanes) {
        const lane = laneOf(app, telemetry);
        if (!lane) continue;
        const before = lane.getState().changes.length;
        lane.setState(withTelemetry(lane.getState(), telemetry));
        onTelemetry(lane, before);
      }
      return;
    case 'engine':
      app.setState({ engine: event.report });
      return;
    case 'progress': {
      const { done, total, samples, experiment } = event;
      app.setState({ progress: done < total ? { done, total } : undefined });
      const lane = laneOf(app, event);
      // Until its data are made, a lane stays at the experiment before.
      if (lane?.getState().config.experiment === experiment) lane.setState({ samples });
      return;
    }
    case 'replay':
      app.setState({ replay: { step: event.step, to: event.to } });
      return;
    case 'data':
      laneOf(app, event)?.setState({ data: event.opened });
      return;
    case 'stopped':
      app.setState({ status: event.reason, notice: stopNotice(event, app.getState()) });
  }
}

/** The lane that something is told of, unless it has been opened anew since. */
function laneOf(app: App, { lane, opening }: Pick<LaneTelemetry, 'lane' | 'opening'>): LaneStore | undefined {
  return app
    .getState()
    .lanes.find((store) => store.getState().id === lane && store.getState().opening === opening);
}
