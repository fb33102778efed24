import katex from 'katex';
import { TERM_IDS, termEntry } from '../../lessons/terms.ts';
import css from './Glossary.module.css';

/** Every term with its symbol, explanation and equation. Loaded with what shows it: the equations need KaTeX. */
export default function Glossary() {
  return (
    <dl className={css.glossary}>
      {TERM_IDS.map((id) => {
        const { name, symbol, text, tex } = termEntry(id);
        return (
          <div key={id}>
            <dt>
              {name}
              {symbol && <span className={css.symbol}>{symbol}</span>}
            </dt>
            <dd>
              {text}
              {tex && <Equation tex={tex} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** An equation in MathML alone: browsers set it without KaTeX's fonts and styles. */
function Equation({ tex }: { readonly tex: string }) {
  const html = katex.renderToString(tex, { output: 'mathml', displayMode: true });
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by KaTeX from the catalogue, never from anything a user gave
  return <span className={css.equation} translate="no" dangerouslySetInnerHTML={{ __html: html }} />;
}
