import {
  type FocusEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';

/** Time in which the pointer may cross from a control to its tooltip, ms. */
const GRACE_MS = 120;

export interface TipState {
  readonly id: string;
  /** The control, once pointer or focus has been on it. */
  readonly anchor: RefObject<Element | null>;
  readonly open: boolean;
  readonly close: () => void;
  /** The pointer is on the tooltip. */
  readonly enter: () => void;
  readonly leave: () => void;
}

interface TipOptions {
  /** Rest of the pointer before the tooltip opens, ms. */
  readonly delay: number;
  /** Opens under a finger too. */
  readonly touch: boolean;
}

/** Whether a control's tooltip is open, and the handlers that the control needs for it. */
export function useTip({ delay, touch }: TipOptions) {
  const id = useId();
  const anchor = useRef<Element>(null);
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const turn = useCallback((to: boolean, after: number) => {
    clearTimeout(timer.current);
    if (after > 0) timer.current = setTimeout(() => setOpen(to), after);
    else setOpen(to);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  const close = useCallback(() => turn(false, 0), [turn]);
  const leave = useCallback(() => turn(false, GRACE_MS), [turn]);
  const enter = useCallback(() => turn(true, 0), [turn]);
  const handlers = {
    onPointerEnter(event: PointerEvent) {
      anchor.current = event.currentTarget;
      if (event.pointerType === 'mouse') turn(true, delay);
      else if (touch) turn(true, 0);
    },
    // Who presses a control knows what it does; a reason or an explanation stays.
    onPointerDown() {
      if (!touch) close();
    },
    onPointerLeave(event: PointerEvent) {
      if (event.pointerType === 'mouse') leave();
    },
    onFocus(event: FocusEvent) {
      anchor.current = event.currentTarget;
      if (event.target.matches(':focus-visible')) turn(true, 0);
    },
    onBlur: close,
  };
  const state: TipState = { id, anchor, open, close, enter, leave };
  return { state, handlers };
}
