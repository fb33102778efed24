import type { FieldName } from '../../training/config.ts';
import { estimateStep } from '../../training/estimate.ts';
import { resolveConfig } from '../../training/presets.ts';
import { useApp } from '../context.ts';
import { formatDuration } from '../format.ts';
import { withField } from './field-input.ts';

/** A step that is expected to take longer than this is worth a word, in ms; and so is memory beyond this, in bytes. */
const LONG_MS = 200;
const MUCH_BYTES = 250e6;

/** What a step will need about under what is typed into a field, where that is much: told before it is in force. */
export function useLongStep(field: FieldName, draft: string | undefined): string | undefined {
  return useApp(({ pinned, engine }) => {
    const msPerStep = engine?.trials.find(({ name }) => name === engine.engine)?.msPerStep;
    if (draft === undefined || msPerStep === undefined) return undefined;
    try {
      const { ms, bytes } = estimateStep(resolveConfig(withField(pinned, field, draft)), msPerStep);
      if (ms < LONG_MS && bytes < MUCH_BYTES) return undefined;
      const memory = bytes < MUCH_BYTES ? '' : `, with up to ${Math.ceil(bytes / 1e6)} MB of memory`;
      return `A step would take about ${formatDuration(ms)} here${memory}.`;
    } catch {
      // What is wrong with it is said as such.
      return undefined;
    }
  });
}
