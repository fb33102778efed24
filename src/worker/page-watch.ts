/** A result that takes longer than this to come to the screen makes the page a slow one, in ms. */
const SLOW_MS = 50;
/** Weight of the newest result in what drawing takes. */
const NEWEST = 0.3;
/** A page out of sight gets no frames and does not say that it has answered. */
const LONGEST_ANSWER_MS = 500;

/** What the worker knows of the page: whether it draws or answers something that was pressed, and how long drawing takes. */
export class PageWatch {
  private unacknowledged = 0;
  private sentAt = 0;
  private acknowledgedAt = Number.NEGATIVE_INFINITY;
  private answeringSince: number | undefined;
  /** Time from telling of a result until it stands on the screen, in ms: a moving mean. */
  private drawing = 0;
  /** Whether training has rested since the last result was told. */
  private rested = false;

  constructor(private readonly now: () => number) {}

  /** A result was sent. */
  sent(): void {
    if (this.unacknowledged === 0) this.sentAt = this.now();
    this.unacknowledged++;
    this.rested = false;
  }

  /** It has been taken, and stands on the screen unless the page is out of sight: then nothing is drawn. */
  acknowledged(seen: boolean): void {
    this.unacknowledged = Math.max(0, this.unacknowledged - 1);
    if (this.unacknowledged > 0) return;
    this.acknowledgedAt = this.now();
    this.drawing = seen ? this.drawing + NEWEST * (this.acknowledgedAt - this.sentAt - this.drawing) : 0;
  }

  /** The page begins to answer something that was pressed, or has answered. */
  answering(answering: boolean): void {
    this.answeringSince = answering ? this.now() : undefined;
  }

  get draws(): boolean {
    return this.unacknowledged > 0;
  }

  get answers(): boolean {
    return this.answeringSince !== undefined && this.now() - this.answeringSince < LONGEST_ANSWER_MS;
  }

  private get slow(): boolean {
    return this.drawing > SLOW_MS;
  }

  /** Whether a result may be told. Training that rested while the last one was drawn first gets as long for itself. */
  ready(): boolean {
    if (this.draws || this.answers) return false;
    return !this.rested || this.now() - this.acknowledgedAt >= Math.min(this.drawing, LONGEST_ANSWER_MS);
  }

  /** Whether training rests: while the page answers, and while a slow one draws if training would take every core. */
  hasTheCores(everyCore: boolean): boolean {
    const rests = everyCore && this.slow && this.draws;
    this.rested ||= rests;
    return rests || this.answers;
  }
}
