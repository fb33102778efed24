import { Component, type ErrorInfo, type ReactNode } from 'react';
import { NotArrived } from '../../problems/arriving.ts';
import controls from '../../ui/controls.module.css';
import css from './Boundary.module.css';
import { MissingPart } from './MissingPart.tsx';

interface BoundaryProps {
  /** What failed, in words. */
  readonly part: string;
  /** What the button does; by default the part is drawn again. */
  readonly restart?: () => void;
  /** Called before the part is drawn again after a failure: here, or elsewhere later. */
  readonly onAgain?: () => void;
  /** Puts the message away. */
  readonly onClose?: () => void;
  /** Of what is shown in place of the part. */
  readonly className?: string;
  readonly children: ReactNode;
}

/** Shows what happened where a part of the page fails, and leaves the rest alone. */
export class Boundary extends Component<BoundaryProps, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    console.error(`${this.props.part} failed`, error, info.componentStack);
  }

  override componentWillUnmount() {
    if (this.state.error) this.props.onAgain?.();
  }

  private readonly again = () => {
    this.props.onAgain?.();
    this.setState({ error: undefined });
  };

  override render() {
    const { error } = this.state;
    const { part, restart, onClose, className = '', children } = this.props;
    if (!error) return children;
    return (
      <div role="alert" className={`${css.failed} ${className}`}>
        {error instanceof NotArrived ? (
          <MissingPart part={part} error={error} onAgain={this.again} />
        ) : (
          <>
            <strong>{part} failed</strong>
            <p>{error.message}</p>
            <button type="button" className={controls.button} onClick={restart ?? this.again}>
              {restart ? 'Start the page again' : 'Try again'}
            </button>
          </>
        )}
        {onClose && (
          <button type="button" className={controls.button} onClick={onClose}>
            Close
          </button>
        )}
      </div>
    );
  }
}
