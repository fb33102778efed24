import { type LabFields, namesOf } from '../../state/labs/lab.ts';

/** A lab and all of its settings, for files: “A slope from random shifts”, “Membrane potential U 0.4, …”. */
export function labMadeWith<S extends object>(
  title: string,
  fields: LabFields<S>,
  settings: S,
): readonly string[] {
  const texts = namesOf(fields).map((name) => `${fields[name].label} ${fields[name].format(settings[name])}`);
  return [`Lab: ${title}`, texts.join('; ')];
}
