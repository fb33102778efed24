import { CopyField } from './CopyField.tsx';
import { bibliography } from './citation.ts';

/** What a list of references needs. */
export default function Citation() {
  return <CopyField label="BibTeX of the paper and of this software" text={bibliography()} rows={8} />;
}
