/** Why a formula cannot be read. */
export type FaultCode =
  | 'empty'
  | 'too long'
  | 'unknown character'
  | 'unknown name'
  | 'missing operand'
  | 'missing argument'
  | 'wrong number of arguments'
  | 'two operators'
  | 'two numbers'
  | 'number after a name'
  | 'mixed number'
  | 'unclosed bracket'
  | 'unopened bracket'
  | 'other bracket'
  | 'comma'
  | 'semicolon'
  | 'colon'
  | 'equation'
  | 'pair'
  | 'thousands'
  | 'inverse function'
  | 'too many readings';

/** A fault and its place: characters `from` up to `to` of the text. */
export interface FormulaFault {
  readonly code: FaultCode;
  readonly from: number;
  readonly to: number;
  /** What stands there. */
  readonly what: string;
  /** What could be written in its place. */
  readonly instead?: string;
}

/** Why a formula can be read in several ways. */
export type SpotCode =
  | 'division'
  | 'argument'
  | 'exponent'
  | 'root'
  | 'comma'
  | 'thousands'
  | 'bars'
  | 'e before a bracket';

/** Where a formula can be read in several ways. */
export interface Spot {
  readonly code: SpotCode;
  readonly from: number;
  readonly to: number;
}

export class Fault extends Error {
  constructor(readonly fault: FormulaFault) {
    super(fault.code);
  }
}
