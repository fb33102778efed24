// Runs first in each page of a SCORM 1.2 package: opens the lesson where it was left and tells the course system how far it is.
(() => {
  /** @typedef {Record<'LMSInitialize' | 'LMSFinish' | 'LMSCommit' | 'LMSGetLastError' | 'LMSGetErrorString' | 'LMSGetValue', (value: string) => string> & { LMSSetValue(name: string, value: string): string }} Api */
  /**
   * What src/views/lessons/scene-report.ts tells.
   * @typedef {{ lesson: number | 'own', scene: number, scenes: number, questions: number, done: boolean, isRight?: boolean }} Report
   */
  const { lesson = '', text = '', score = 'scenes' } = document.currentScript?.dataset ?? {};
  const began = Date.now();
  const api = apiAround(window) ?? apiAround(window.opener);

  const done = new Set(/** @type {number[]} */ ([]));
  const right = new Set(/** @type {number[]} */ ([]));
  let scene = 1;
  let open = false;
  let completed = false;

  /** The course system's API in a window or one of those around it, as SCORM 1.2 has it searched for. */
  function apiAround(/** @type {(Window & { API?: Api }) | null | undefined} */ view) {
    try {
      for (let depth = 0; view && depth < 500; depth++, view = view.parent) {
        if (view.API) return view.API;
        if (view.parent === view) return undefined;
      }
    } catch {
      // A window of another site.
    }
    return undefined;
  }

  /** Says what keeps progress from being told, once. */
  function say(/** @type {string} */ words) {
    if (document.getElementById('course-fault')) return;
    const box = document.createElement('button');
    box.id = 'course-fault';
    box.title = 'Close';
    box.textContent = `${words} ×`;
    box.style.cssText =
      'position:fixed;left:12px;bottom:56px;z-index:99;max-width:640px;padding:10px 14px;border:0;border-radius:8px;font:inherit;' +
      'text-align:left;cursor:pointer;color:var(--bad,#a41d1d);background:var(--bad-bg,#fde8e6);box-shadow:0 6px 24px #141a2829;';
    box.onclick = () => box.remove();
    if (document.body) document.body.append(box);
    else document.addEventListener('DOMContentLoaded', () => document.body.append(box));
  }
  /** Whether the course system took it. */
  function took(/** @type {string} */ answer, /** @type {string} */ what) {
    if (String(answer) === 'true') return true;
    const code = api?.LMSGetLastError('') ?? '';
    say(
      `The course system refused ${what}: ${api?.LMSGetErrorString(code) || `error ${code}`}. Progress may not be recorded.`,
    );
    return false;
  }
  const set = (/** @type {string} */ name, /** @type {string} */ value) =>
    took(/** @type {Api} */ (api).LMSSetValue(name, value), name);

  /** CMITimespan: HHHH:MM:SS. */
  function timespan() {
    const seconds = Math.floor((Date.now() - began) / 1000);
    const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
    return `${String(Math.min(9999, Math.floor(seconds / 3600))).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  const numbers = (/** @type {string | undefined} */ list) =>
    (list ?? '')
      .split(',')
      .map(Number)
      .filter((n) => n > 0);

  if (!api) say('No course system was found around this lesson: progress is not reported.');
  else if (took(api.LMSInitialize(''), 'to begin')) {
    open = true;
    const status = api.LMSGetValue('cmi.core.lesson_status');
    completed = status === 'completed' || status === 'passed';
    if (!completed) set('cmi.core.lesson_status', 'incomplete');
    const [, ofDone, ofRight] =
      /^done=([\d,]*);right=([\d,]*)$/.exec(api.LMSGetValue('cmi.suspend_data')) ?? [];
    for (const n of numbers(ofDone)) done.add(n);
    for (const n of numbers(ofRight)) right.add(n);
    scene = numbers(api.LMSGetValue('cmi.core.lesson_location'))[0] ?? 1;
  }
  history.replaceState(null, '', `#view=embed&lesson=${lesson}.${scene}${text && `&lesson-text=${text}`}`);

  document.addEventListener('scene', (event) => {
    const report = /** @type {CustomEvent<Report>} */ (event).detail;
    if (!open || String(report.lesson) !== lesson) return;
    scene = report.scene;
    if (report.done) done.add(scene);
    if (report.isRight) right.add(scene);
    set('cmi.core.lesson_location', String(scene));
    set('cmi.suspend_data', `done=${[...done]};right=${[...right]}`);
    const [reached, of] =
      score === 'predictions' ? [right.size, report.questions] : [done.size, report.scenes];
    if (of > 0) {
      set('cmi.core.score.min', '0');
      set('cmi.core.score.max', '100');
      set('cmi.core.score.raw', String(Math.round((100 * reached) / of)));
    }
    if (done.size >= report.scenes && !completed) completed = set('cmi.core.lesson_status', 'completed');
    set('cmi.core.session_time', timespan());
    took(/** @type {Api} */ (api).LMSCommit(''), 'to keep progress');
  });
  addEventListener('pagehide', () => {
    if (!open || !api) return;
    open = false;
    api.LMSSetValue('cmi.core.session_time', timespan());
    api.LMSSetValue('cmi.core.exit', completed ? '' : 'suspend');
    api.LMSFinish('');
  });
  // What was finished cannot be gone on with.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
})();
