import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

const SCRIPT = readFileSync(new URL('sco.js', import.meta.url), 'utf8');

/** A course system's API that keeps what it is told. */
class Course {
  readonly calls: string[] = [];
  constructor(
    readonly values: Record<string, string> = {},
    readonly refuses = /^$/,
  ) {}
  private call = (name: string, ...args: string[]) => {
    this.calls.push([name, ...args].join(' ').trim());
    return this.refuses.test(name) || this.refuses.test(args[0]) ? 'false' : 'true';
  };
  readonly API = {
    LMSInitialize: () => this.call('Initialize'),
    LMSFinish: () => this.call('Finish'),
    LMSCommit: () => this.call('Commit'),
    LMSGetValue: (name: string) => this.values[name] ?? '',
    LMSSetValue: (name: string, value: string) => {
      const answer = this.call('Set', name, value);
      if (answer === 'true') this.values[name] = value;
      return answer;
    },
    LMSGetLastError: () => '402',
    LMSGetErrorString: () => 'Invalid set value',
  };
}

/** The script in a page whose windows are given. */
function start(windows: object, dataset: Record<string, string> = { lesson: '3' }) {
  const said: string[] = [];
  const document = Object.assign(new EventTarget(), {
    currentScript: { dataset },
    body: { append: (box: { textContent: string }) => said.push(box.textContent) },
    getElementById: () => (said.length > 0 ? {} : null),
    createElement: () => ({ style: {}, setAttribute() {} }),
  });
  const window = Object.assign(new EventTarget(), windows);
  let hash = '';
  runInNewContext(SCRIPT, {
    window,
    document,
    addEventListener: window.addEventListener.bind(window),
    history: { replaceState: (_: null, __: string, address: string) => (hash = address) },
    location: {},
  });
  const report = (detail: object) =>
    document.dispatchEvent(
      new CustomEvent('scene', { detail: { lesson: 3, scenes: 2, questions: 1, done: false, ...detail } }),
    );
  return { said, hash, report, leave: () => window.dispatchEvent(new Event('pagehide')) };
}

/** A window whose parent is itself. */
const top = (parts: object = {}) => {
  const view: Record<string, unknown> = { ...parts };
  view.parent = view;
  return view;
};

describe('the script of a SCORM page', () => {
  it('begins, tells scene by scene, completes and finishes', () => {
    const course = new Course();
    const { values } = course;
    const page = start({ parent: top({ API: course.API }) });
    expect(course.calls).toEqual(['Initialize', 'Set cmi.core.lesson_status incomplete']);
    expect(page.hash).toBe('#view=embed&lesson=3.1');
    page.report({ scene: 1 });
    expect(values).toMatchObject({ 'cmi.core.score.raw': '0', 'cmi.core.lesson_location': '1' });
    page.report({ scene: 1, done: true });
    page.report({ scene: 1, done: true, isRight: true });
    expect(values['cmi.core.score.raw']).toBe('50');
    expect(values['cmi.core.lesson_status']).toBe('incomplete');
    // Another lesson that is opened from this one.
    page.report({ lesson: 4, scene: 2, done: true });
    expect(values['cmi.core.score.raw']).toBe('50');
    page.report({ scene: 2, done: true });
    expect(values).toMatchObject({
      'cmi.core.lesson_status': 'completed',
      'cmi.core.score.raw': '100',
      'cmi.core.score.min': '0',
      'cmi.core.score.max': '100',
      'cmi.suspend_data': 'done=1,2;right=1',
    });
    expect(values['cmi.core.session_time']).toMatch(/^\d{4}:[0-5]\d:[0-5]\d$/);
    page.leave();
    page.leave();
    expect(course.calls.slice(-2)).toEqual(['Set cmi.core.exit', 'Finish']);
    expect(page.said).toEqual([]);
  });

  it('goes on where it was left, and takes back no completion', () => {
    const left = { 'cmi.core.lesson_location': '2', 'cmi.suspend_data': 'done=1;right=' };
    const course = new Course({ ...left, 'cmi.core.lesson_status': 'incomplete' });
    const page = start({ parent: top({ API: course.API }) });
    expect(page.hash).toBe('#view=embed&lesson=3.2');
    page.report({ scene: 2, done: true });
    expect(course.values['cmi.core.lesson_status']).toBe('completed');
    const again = new Course({ ...left, 'cmi.core.lesson_status': 'completed' });
    start({ parent: top({ API: again.API }) }).report({ scene: 1 });
    expect(again.values['cmi.core.lesson_status']).toBe('completed');
    // What another package kept is not read.
    const other = new Course({ 'cmi.suspend_data': '{"x":1}', 'cmi.core.lesson_location': 'p7' });
    expect(start({ parent: top({ API: other.API }) }).hash).toBe('#view=embed&lesson=3.1');
  });

  it('scores predictions where it is asked to, and carries a lesson of one’s own', () => {
    const course = new Course();
    const page = start(
      { parent: top({ API: course.API }) },
      { lesson: 'own', text: 'x-_', score: 'predictions' },
    );
    expect(page.hash).toBe('#view=embed&lesson=own.1&lesson-text=x-_');
    page.report({ lesson: 'own', scene: 1, done: true, isRight: false, questions: 2 });
    expect(course.values['cmi.core.score.raw']).toBe('0');
    page.report({ lesson: 'own', scene: 2, done: true, isRight: true, questions: 2 });
    expect(course.values['cmi.core.score.raw']).toBe('50');
    page.report({ lesson: 'own', scene: 2, done: true, questions: 0 });
    expect(course.values['cmi.core.score.raw']).toBe('50');
  });

  it('finds the API in a frame further out and in the window that opened this one', () => {
    const far = new Course();
    start({ parent: { parent: top({ API: far.API }) } });
    const opener = new Course();
    start({ ...top(), opener: { parent: top({ API: opener.API }) } });
    for (const { calls } of [far, opener]) expect(calls[0]).toBe('Initialize');
  });

  it('says that there is none, or what it refused, and the lesson opens all the same', () => {
    const foreign = {
      get API() {
        throw new DOMException('cross-origin', 'SecurityError');
      },
    };
    for (const windows of [top(), { parent: foreign }, { ...top(), opener: foreign }]) {
      const page = start(windows);
      expect(page.said.join()).toContain('No course system was found');
      expect(page.hash).toBe('#view=embed&lesson=3.1');
      page.report({ scene: 1, done: true });
      page.leave();
    }
    const closed = new Course({}, /^Initialize$/);
    expect(start({ parent: top({ API: closed.API }) }).said.join()).toContain(
      'refused to begin: Invalid set value',
    );
    const strict = new Course({}, /score\.raw/);
    const page = start({ parent: top({ API: strict.API }) });
    page.report({ scene: 1, done: true });
    page.report({ scene: 2, done: true });
    expect(page.said).toEqual([expect.stringContaining('refused cmi.core.score.raw: Invalid set value')]);
    expect(strict.values['cmi.core.lesson_status']).toBe('completed');
  });
});
