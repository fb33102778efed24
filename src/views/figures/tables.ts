/** What is made of the figures of the first view once it is asked for. */
export { fieldTable, probeTable, weightTable } from '../../io/tables.ts';
export { baselinesTable, curvesLegend, curvesTable } from '../curves/tables.ts';
export {
  backdropTable,
  basisTable,
  coefficientTable,
  curveLegend,
  curveTable,
  spaceTimeTable,
} from '../operator/tables.ts';
export { histogramTable, surrogateTable } from './surrogate/tables.ts';
