import { describe, expect, it } from 'vitest';
import { type Drag, Dragging } from './drag.ts';

type Touch = Parameters<Drag['onMove']>[0];

/** What a figure is told of pointers at places, by name: “start 10,10”. */
function follow(options: { scrolls?: boolean }) {
  const told: string[] = [];
  const tell =
    (what: string) =>
    ({ clientX, clientY }: Touch) =>
      void told.push(`${what} ${clientX},${clientY}`);
  const dragging = new Dragging<Touch>({
    ...options,
    onStart: tell('start'),
    onMove: tell('move'),
    onEnd: () => void told.push('end'),
  });
  const event = (pointerId: number, clientX: number, clientY: number, pointerType = 'touch') =>
    ({
      pointerId,
      pointerType,
      clientX,
      clientY,
      button: 0,
      currentTarget: { setPointerCapture() {} },
    }) as unknown as Touch;
  return { told, dragging, event };
}

describe('a drag', () => {
  it('follows the finger that began it, whatever others do', () => {
    const { told, dragging, event } = follow({});
    dragging.onPointerDown(event(1, 10, 10));
    dragging.onPointerDown(event(2, 90, 90));
    dragging.onPointerMove(event(1, 12, 10));
    dragging.onPointerMove(event(2, 80, 80));
    dragging.onPointerUp(event(2, 80, 80));
    dragging.onPointerMove(event(1, 14, 10));
    dragging.onPointerUp(event(1, 14, 10));
    dragging.onPointerDown(event(3, 50, 50));
    expect(told).toEqual(['start 10,10', 'move 12,10', 'move 14,10', 'end', 'start 50,50']);
  });

  it('is a tap or goes sideways where a finger scrolls the page', () => {
    const { told, dragging, event } = follow({ scrolls: true });
    dragging.onPointerDown(event(1, 10, 10));
    dragging.onPointerMove(event(1, 12, 30));
    dragging.onPointerCancel(event(1, 12, 30));
    dragging.onPointerMove(event(1, 60, 30));
    expect(told).toEqual([]);

    // At the end of the page nothing scrolls, and the browser may say nothing.
    dragging.onPointerDown(event(2, 10, 10));
    dragging.onPointerMove(event(2, 12, 60));
    dragging.onPointerUp(event(2, 12, 60));
    expect(told).toEqual([]);

    dragging.onPointerDown(event(3, 10, 10));
    dragging.onPointerUp(event(3, 13, 12));
    expect(told.splice(0)).toEqual(['start 13,12', 'end']);

    dragging.onPointerDown(event(4, 10, 10));
    dragging.onPointerMove(event(4, 30, 12));
    dragging.onPointerMove(event(4, 30, 60));
    dragging.onPointerUp(event(4, 30, 60));
    expect(told.splice(0)).toEqual(['start 30,12', 'move 30,60', 'end']);

    dragging.onPointerDown(event(5, 10, 10, 'mouse'));
    dragging.onPointerMove(event(5, 10, 40, 'mouse'));
    expect(told).toEqual(['start 10,10', 'move 10,40']);
  });
});
