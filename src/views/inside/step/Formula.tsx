import 'katex/dist/katex.min.css';
import katex from 'katex';
import css from './Formula.module.css';

/** TeX as it is printed; screen readers get MathML. */
export default function Formula({ tex }: { readonly tex: string }) {
  const html = katex.renderToString(tex, { displayMode: true, throwOnError: false, output: 'htmlAndMathml' });
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by KaTeX from the page's own strings
  return <div className={css.formula} translate="no" dangerouslySetInnerHTML={{ __html: html }} />;
}
