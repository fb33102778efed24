import {
  type FocusEvent,
  type MouseEvent,
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
/** A finger that rests so long on a control asks what it is. */
const LONG_PRESS_MS = 500;

/** A menu or dialog closed by one of these gives the focus back to its control: nobody asked about that. */
const FOCUS_RETURNS = new Set(['Escape', 'Enter', ' ']);
let lastKey = '';
if (typeof window !== 'undefined')
  addEventListener(
    'keydown',
    ({ key }) => {
      lastKey = key;
    },
    { capture: true, passive: true },
  );

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

  // Until the pointer leaves: who pressed the control, or closed its tooltip, does not want it back.
  const dismissed = useRef(false);
  const hovering = useRef(false);
  /** A finger rests on the control long enough to ask what it is. */
  const held = useRef(false);
  const close = useCallback(() => {
    dismissed.current = true;
    turn(false, 0);
  }, [turn]);
  const leave = useCallback(() => turn(false, GRACE_MS), [turn]);
  const enter = useCallback(() => turn(true, 0), [turn]);
  const handlers = {
    // Not as it enters: what appears under a pointer at rest was not pointed at.
    onPointerMove(event: PointerEvent) {
      if (event.pointerType !== 'mouse' || dismissed.current || hovering.current) return;
      hovering.current = true;
      anchor.current = event.currentTarget;
      turn(true, delay);
    },
    onPointerEnter(event: PointerEvent) {
      dismissed.current = false;
      if (event.pointerType === 'mouse' || !touch) return;
      anchor.current = event.currentTarget;
      turn(true, 0);
    },
    onPointerDown(event: PointerEvent) {
      // Who presses a control knows what it does; a reason or an explanation stays.
      if (touch) return;
      close();
      held.current = false;
      if (event.pointerType === 'mouse') return;
      anchor.current = event.currentTarget;
      timer.current = setTimeout(() => {
        held.current = true;
        setOpen(true);
      }, LONG_PRESS_MS);
    },
    onPointerUp: ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'mouse') clearTimeout(timer.current);
    },
    onPointerCancel: () => clearTimeout(timer.current),
    // A long press asks what the control is; it does not press it.
    onClickCapture(event: MouseEvent) {
      if (!held.current) return;
      held.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onContextMenu: (event: MouseEvent) => held.current && event.preventDefault(),
    onPointerLeave(event: PointerEvent) {
      if (event.pointerType !== 'mouse') return;
      hovering.current = false;
      leave();
    },
    onFocus(event: FocusEvent) {
      if (!event.target.matches(':focus-visible') || FOCUS_RETURNS.has(lastKey)) return;
      anchor.current = event.currentTarget;
      turn(true, 0);
    },
    onBlur: close,
  };
  const state: TipState = { id, anchor, open, close, enter, leave };
  return { state, handlers };
}
