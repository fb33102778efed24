import { Component, type ErrorInfo, type ReactNode } from 'react';
import css from './Boundary.module.css';
import controls from './controls.module.css';

export interface BoundaryProps {
  /** What failed, in words. */
  readonly part: string;
  /** What the button does; by default the part is drawn again. */
  readonly restart?: () => void;
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

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const again = this.props.restart ?? (() => this.setState({ error: undefined }));
    return (
      <div role="alert" className={`${css.failed} ${this.props.className ?? ''}`}>
        <strong>{this.props.part} failed</strong>
        <p>{error.message}</p>
        <button type="button" className={controls.button} onClick={again}>
          {this.props.restart ? 'Start the page again' : 'Try again'}
        </button>
      </div>
    );
  }
}
