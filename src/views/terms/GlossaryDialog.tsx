import katex from 'katex';
import { Dialog } from '../shell/Dialog.tsx';
import Glossary from './Glossary.tsx';

/** The glossary with its equations. MathML alone: browsers set it without KaTeX's fonts and styles. */
export default function GlossaryDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Terms and symbols" onClose={onClose} size={760}>
      <Glossary renderTex={(tex) => katex.renderToString(tex, { output: 'mathml', displayMode: true })} />
    </Dialog>
  );
}
