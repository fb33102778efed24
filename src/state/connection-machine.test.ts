import { describe, expect, it } from 'vitest';
import {
  type ConnectionEvent,
  ConnectionMachine,
  type ConnectionState,
  TRANSITIONS,
} from './connection-machine.ts';

type At = ConnectionState['at'];

/** Lets everything go on that needs no timer. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A machine in a state, and the attempt that is under way there. */
async function standing(at: At): Promise<{ machine: ConnectionMachine; attempt: number }> {
  const machine = new ConnectionMachine();
  if (at === 'idle') return { machine, attempt: 0 };
  let attempt = machine.open() as number;
  if (at === 'closed') machine.failed(attempt, 'no engine');
  if (at === 'open' || at === 'altering') machine.opened(attempt);
  if (at === 'altering') attempt = (await machine.alter()) as number;
  if (at === 'disposed') machine.dispose();
  expect(machine.state.at).toBe(at);
  return { machine, attempt };
}

const EVENTS: Record<ConnectionEvent, (machine: ConnectionMachine, attempt: number) => Promise<boolean>> = {
  open: async (machine) => machine.open() !== undefined,
  opened: async (machine, attempt) => machine.opened(attempt),
  failed: async (machine, attempt) => machine.failed(attempt, 'no engine'),
  // While lanes are on their way it waits.
  alter: async (machine) =>
    (await Promise.race([machine.alter(), settle().then(() => undefined)])) !== undefined,
  altered: async (machine, attempt) => machine.altered(attempt),
  gone: async (machine) => machine.gone('no worker'),
  dispose: async (machine) => machine.dispose(),
};

describe('every event in every state', () => {
  const states = Object.keys(TRANSITIONS) as At[];
  const events = Object.keys(EVENTS) as ConnectionEvent[];
  it.each(states.flatMap((at) => events.map((event) => [at, event] as const)))(
    '%s: %s',
    async (at, event) => {
      const { machine, attempt } = await standing(at);
      const next = TRANSITIONS[at][event];
      expect(await EVENTS[event](machine, attempt)).toBe(next !== undefined);
      expect(machine.state.at).toBe(next ?? at);
    },
  );

  it('an opening that fails closes, one that succeeds opens, and what was disposed of stays so', () => {
    expect(TRANSITIONS).toMatchObject({
      opening: { opened: 'open', failed: 'closed' },
      open: { alter: 'altering' },
      altering: { altered: 'open' },
      closed: { open: 'opening' },
      disposed: {},
    });
    expect(TRANSITIONS.idle.opened ?? TRANSITIONS.closed.alter ?? TRANSITIONS.opening.alter).toBeUndefined();
    expect(Object.keys(TRANSITIONS.disposed)).toEqual([]);
  });
});

describe('an attempt', () => {
  it('counts only while it is the one under way', () => {
    const machine = new ConnectionMachine();
    const first = machine.open() as number;
    const second = machine.open() as number;
    expect(machine.isCurrent(first)).toBe(false);
    expect(machine.opened(first)).toBe(false);
    expect(machine.failed(first, 'late')).toBe(false);
    expect(machine.state).toEqual({ at: 'opening', attempt: second, fault: undefined });
    expect(machine.opened(second)).toBe(true);
    expect(machine.opened(second)).toBe(false);
  });

  it('at altering ends without effect when lanes are opened anew meanwhile', async () => {
    const { machine, attempt } = await standing('altering');
    const opening = machine.open() as number;
    expect(machine.altered(attempt)).toBe(false);
    expect(machine.isCurrent(opening)).toBe(true);
  });

  it('knows what prevented the one before, until the lanes are open', async () => {
    const { machine } = await standing('closed');
    const attempt = machine.open() as number;
    expect(machine.state).toMatchObject({ at: 'opening', fault: 'no engine' });
    machine.opened(attempt);
    machine.open();
    expect(machine.state).toMatchObject({ at: 'opening', fault: undefined });
  });
});

/** Who has had a turn, in order; those that were refused with an exclamation mark. */
function turnsOf(machine: ConnectionMachine) {
  const turns: string[] = [];
  const asks = (kind: Parameters<ConnectionMachine['admitted']>[0], name: string = kind) =>
    void machine.admitted(kind).then((admitted) => turns.push(admitted ? name : `${name}!`));
  const alters = () => machine.alter().then((attempt) => turns.push(attempt ? 'alter' : 'alter!') && attempt);
  return { turns, asks, alters };
}

describe('the queue', () => {
  it('lets nothing through while lanes are opened, and then everything in order', async () => {
    const { machine, attempt } = await standing('opening');
    const { turns, asks } = turnsOf(machine);
    for (const kind of ['view', 'play', 'cost'] as const) asks(kind);
    void machine.rest().then(() => turns.push('rest'));
    asks('seek');
    await settle();
    expect(turns).toEqual([]);
    machine.opened(attempt);
    await settle();
    expect(turns).toEqual(['view', 'play', 'cost', 'rest', 'seek']);
  });

  it('is not served by the end of an earlier attempt', async () => {
    const { machine, attempt } = await standing('opening');
    const { turns, asks } = turnsOf(machine);
    asks('view');
    machine.open();
    machine.opened(attempt);
    await settle();
    expect(turns).toEqual([]);
  });

  it.each(['failed', 'gone'] as const)(
    'goes on when the lanes have %s: whoever waits is to learn of it',
    async (event) => {
      const { machine, attempt } = await standing('opening');
      const { turns, asks, alters } = turnsOf(machine);
      asks('view');
      void alters();
      asks('play');
      await EVENTS[event](machine, attempt);
      await settle();
      expect(turns).toEqual(['view', 'alter!', 'play']);
    },
  );

  it('holds what comes after an alteration back until that is done', async () => {
    const { machine, attempt } = await standing('opening');
    const { turns, asks, alters } = turnsOf(machine);
    asks('view');
    const altering = alters();
    asks('reset');
    const second = alters();
    asks('play');
    machine.opened(attempt);
    await settle();
    expect(turns).toEqual(['view', 'alter']);
    machine.altered((await altering) as number);
    await settle();
    expect(turns).toEqual(['view', 'alter', 'reset', 'alter']);
    machine.altered((await second) as number);
    await settle();
    expect(turns).toEqual(['view', 'alter', 'reset', 'alter', 'play']);
  });

  it('holds play and step back while settings are being changed, and lets others pass', async () => {
    const { machine } = await standing('open');
    const { turns, asks } = turnsOf(machine);
    let refuse: (reason: Error) => void = () => undefined;
    const changed = machine.changing(
      () =>
        new Promise((_, reject) => {
          refuse = reject;
        }),
    );
    for (const kind of ['step', 'play', 'view'] as const) asks(kind);
    await settle();
    expect(turns).toEqual(['view']);
    refuse(new Error('not allowed'));
    await expect(changed).rejects.toThrow('not allowed');
    await settle();
    expect(turns).toEqual(['view', 'step', 'play']);
  });

  it('drops a play that waits once a pause is pressed, and keeps the one that comes after', async () => {
    const { machine, attempt } = await standing('opening');
    const { turns, asks } = turnsOf(machine);
    asks('play', 'first play');
    asks('step');
    asks('pause');
    asks('play', 'second play');
    machine.opened(attempt);
    await settle();
    expect(turns).toEqual(['first play!', 'step', 'pause', 'second play']);
  });

  it('refuses everything once it is disposed of, also what waited, also for changed settings', async () => {
    const { machine } = await standing('opening');
    const { turns, asks, alters } = turnsOf(machine);
    void machine.changing(() => new Promise(() => undefined));
    for (const kind of ['view', 'play'] as const) asks(kind);
    void alters();
    machine.dispose();
    asks('pause');
    await settle();
    expect(turns).toEqual(['view!', 'play!', 'alter!', 'pause!']);
  });
});
