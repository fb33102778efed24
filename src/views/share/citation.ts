import { SOFTWARE } from './software.ts';

/** BibTeX of the paper whose method this is; its preprint has the number that the page names. */
export const PAPER_BIBTEX = `@article{wan2026randomized,
  title         = {Randomized Forward Mode Gradient for Spiking Neural Networks in Scientific Machine Learning},
  author        = {Wan, Ruyin and Zhang, Qian and Karniadakis, George Em},
  journal       = {Neural Networks},
  year          = {2026},
  doi           = {10.1016/j.neunet.2026.108978},
  eprint        = {2411.07057},
  archivePrefix = {arXiv},
  primaryClass  = {cs.NE},
  url           = {https://arxiv.org/abs/2411.07057}
}`;

/** BibTeX of this software in the version that runs; CITATION.cff says the same. */
export const SOFTWARE_BIBTEX = `@software{spikingplayground,
  title   = {Spiking Playground},
  author  = {{Spiking Playground contributors}},
  version = {${SOFTWARE.version}},
  year    = {2026},
  license = {MIT}
}`;

/** Both, for a list of references. */
export const bibliography = () => `${PAPER_BIBTEX}\n\n${SOFTWARE_BIBTEX}\n`;
