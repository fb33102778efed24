import { hat } from '../experiments/hat.ts';
import { OWN_FIELDS } from '../experiments/table.ts';
import { type Config, FIELD_NAMES, type FieldName } from '../training/config.ts';

/** Fields that mean nothing to the Mexican hat. */
const OF_OTHERS: readonly FieldName[] = [
  ...(['boundary', 'perFunctionScale', 'lossWeight', 'sensors', 'lengthScale'] as const),
  ...(['trainFunctions', 'testFunctions'] as const),
  ...(['formula', 'painting'] as const),
  ...(Object.keys(OWN_FIELDS) as FieldName[]).filter((name) => !(name in hat.fields)),
];

/** Tells configurations of the hat apart: FNV-1a of their fields, 8 hexadecimal digits. */
export function hatHash(config: Config): string {
  const names = FIELD_NAMES.filter((name) => !OF_OTHERS.includes(name)).sort();
  const text = JSON.stringify(names.map((name) => [name, config[name]]));
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
