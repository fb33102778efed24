import { TERM_IDS, termEntry } from '../../lessons/terms.ts';
import css from './terms.module.css';

/** Every term with its symbol, explanation and equation. Loaded with what shows it: the equations need KaTeX. */
export default function Glossary({ renderTex }: { readonly renderTex?: (tex: string) => string }) {
  return (
    <dl className={css.glossary}>
      {TERM_IDS.map((id) => {
        const { name, symbol, text, tex } = termEntry(id);
        return (
          <div key={id} id={`term-${id}`}>
            <dt>
              {name}
              {symbol && <span className={css.symbol}>{symbol}</span>}
            </dt>
            <dd>
              {text}
              {tex && renderTex && <Equation html={renderTex(tex)} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** An equation as KaTeX sets it (MathML and HTML of its own making, from the catalogue's TeX only). */
function Equation({ html }: { readonly html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by KaTeX from the catalogue, never from anything a user gave
  return <span className={css.equation} dangerouslySetInnerHTML={{ __html: html }} />;
}
