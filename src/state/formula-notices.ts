import type { StoreApi } from 'zustand/vanilla';
import type { FormulaWords, PlaygroundState } from './app-state.ts';
import { leftOut } from './fallback.ts';
import type { Notices } from './notices.ts';

type Say = (formula: string) => Promise<FormulaWords>;

/** Tells of formulas that nobody typed into the page: those typed are asked about before they are used. */
export class FormulaNotices {
  private last: string | undefined;

  constructor(
    private readonly app: StoreApi<PlaygroundState>,
    private readonly notices: Notices,
    private readonly say: Say = async () => ({}),
  ) {
    app.subscribe(() => void this.tellReading());
    void this.tellReading();
  }

  /** The default target has taken the place of a formula that cannot be used. */
  async tellLeftOut(error: Error, formula: string | undefined): Promise<void> {
    const { fault } = await this.wordsOf(formula);
    this.notices.warn(leftOut(fault ?? error.message));
  }

  /** Each formula once, as long as it is in force. */
  private async tellReading(): Promise<void> {
    const formula = this.formula;
    if (formula === this.last) return;
    this.last = formula;
    const { reading } = await this.wordsOf(formula);
    if (reading && formula === this.formula) this.notices.warn(reading);
  }

  private get formula(): string | undefined {
    const { target, formula } = this.app.getState().config;
    return target === 'formula' ? formula : undefined;
  }

  /** Where the words do not arrive, those of the error have to do. */
  private wordsOf = async (formula: string | undefined): Promise<FormulaWords> =>
    formula === undefined ? {} : this.say(formula).catch(() => ({}));
}
