import { type PointerEvent, useLayoutEffect, useState } from 'react';

/** A finger that moves so many px is no tap any more. */
const TAP_PX = 10;

type DragEvent = Pick<
  PointerEvent<HTMLElement>,
  'pointerId' | 'pointerType' | 'button' | 'clientX' | 'clientY' | 'currentTarget'
>;

export interface Drag<E extends DragEvent = PointerEvent<HTMLElement>> {
  /** The pointer goes down, or a finger that scrolls the page begins to move sideways. */
  readonly onStart?: (event: E) => void;
  readonly onMove: (event: E) => void;
  readonly onEnd?: () => void;
  /**
   * Up and down a finger scrolls the page here (touch-action: pan-y): only a tap, or a finger that begins to move sideways, is
   * meant for the figure.
   */
  readonly scrolls?: boolean;
}

/** Follows one pointer at a time from where it is pressed: other fingers are passed over until it is lifted. */
export class Dragging<E extends DragEvent> {
  private held: { readonly id: number; readonly x: number; readonly y: number; moves: boolean } | undefined;

  constructor(private drag: Drag<E>) {}

  /** The same pointer is followed on with what is to be done now. */
  update(drag: Drag<E>): void {
    this.drag = drag;
  }

  readonly onPointerDown = (event: E): void => {
    const { pointerId: id, pointerType, clientX: x, clientY: y, currentTarget } = event;
    if (this.held || event.button > 0) return;
    const moves = !(this.drag.scrolls && pointerType === 'touch');
    this.held = { id, x, y, moves };
    currentTarget.setPointerCapture(id);
    if (moves) this.start(event);
  };

  readonly onPointerMove = (event: E): void => {
    const { held } = this;
    if (held?.id !== event.pointerId) return;
    if (held.moves) {
      this.drag.onMove(event);
      return;
    }
    const [across, along] = [Math.abs(event.clientX - held.x), Math.abs(event.clientY - held.y)];
    if (across < TAP_PX || across < along) return;
    held.moves = true;
    this.start(event);
  };

  readonly onPointerUp = (event: E): void => {
    const { held } = this;
    if (held?.id !== event.pointerId) return;
    const tapped = !held.moves && Math.hypot(event.clientX - held.x, event.clientY - held.y) < TAP_PX;
    if (tapped) this.start(event);
    this.end(tapped || held.moves);
  };

  /** The browser took the pointer, to scroll or to zoom. */
  readonly onPointerCancel = (event: E): void => {
    if (this.held?.id === event.pointerId) this.end(this.held.moves);
  };

  private start(event: E): void {
    const { onStart, onMove } = this.drag;
    (onStart ?? onMove)(event);
  }

  private end(moved: boolean): void {
    this.held = undefined;
    if (moved) this.drag.onEnd?.();
  }
}

/** Handlers of an element that is dragged, drawn on or pointed at. */
export function useDrag(drag: Drag) {
  const [dragging] = useState(() => new Dragging(drag));
  useLayoutEffect(() => dragging.update(drag));
  const { onPointerDown, onPointerMove, onPointerUp, onPointerCancel } = dragging;
  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel,
    onLostPointerCapture: onPointerCancel,
  };
}
