import { useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { download, fileName } from '../../io/download.ts';
import { packLesson } from '../../lessons/pack.ts';
import { type ReadLesson, readLesson } from '../../lessons/read.ts';
import { partsOfLesson, withoutScene, withSceneMoved } from '../../lessons/scene-order.ts';
import { Button } from '../../ui/Button.tsx';
import controls from '../../ui/controls.module.css';
import { IconButton } from '../../ui/IconButton.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { useLayer } from '../../ui/layers.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { usePlayground } from '../context.ts';
import { CopyField } from '../share/CopyField.tsx';
import { pageLink } from '../share/links.ts';
import css from './AuthorPanel.module.css';
import { addView } from './add-view.ts';
import { FaultList } from './FaultList.tsx';
import { focusPage } from './focus-page.ts';
import { LessonText } from './LessonText.tsx';
import { goToOwn, readDraft } from './open-file.ts';
import { takeBack, takeLesson, useOwnLesson, write, writeLessons } from './own-lesson.ts';

/** Typing is followed after so many ms of rest. */
const REST_MS = 250;

const SIDES = [
  { value: 'text', label: 'Text' },
  { value: 'preview', label: 'Preview' },
] as const;

const NOTHING = 'nothing has been written yet';

/** Writes a lesson beside the page: scenes are added from what the page shows, their text is Markdown. */
export default function AuthorPanel() {
  const playground = usePlayground();
  const draft = useOwnLesson((state) => state.draft);
  const before = useOwnLesson((state) => state.before);
  const [side, setSide] = useState<'text' | 'preview'>('text');
  const [link, setLink] = useState<{ readonly text?: string; readonly fault?: string }>();
  const read = useRead(draft);
  const { scenes } = useMemo(() => partsOfLesson(draft), [draft]);
  const panel = useRef<HTMLElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const close = () => {
    writeLessons(false);
    focusPage();
  };
  useLayer(close);

  const goToLine = (line: number) => {
    setSide('text');
    requestAnimationFrame(() => {
      const text = area.current;
      if (!text) return;
      const lines = text.value.split('\n');
      const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      text.focus();
      text.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
      text.scrollTop = (text.scrollHeight * (line - 1)) / Math.max(1, lines.length) - 40;
    });
  };
  const play = async (scene: number) => {
    if (await takeLesson(draft, 'The lesson')) goToOwn(playground, scene);
  };
  const save = () => download(`${fileName(read?.lesson?.title ?? 'lesson')}.md`, draft, 'text/markdown');
  const copy = async () => {
    try {
      setLink({ text: pageLink(location.href, `#lesson-text=${await packLesson(draft)}`) });
    } catch (error) {
      setLink({ fault: error instanceof Error ? error.message : String(error) });
    }
  };
  const sound = read !== undefined && read.faults.length === 0;
  const notSound = draft === '' ? NOTHING : 'something in it cannot be read: it is named below, line by line';

  return createPortal(
    <aside
      ref={panel}
      tabIndex={-1}
      className={css.panel}
      aria-labelledby="author-title"
      data-testid="author"
      onKeyDown={(event) => {
        const own = event.currentTarget.contains(event.target as Node);
        if (event.key === 'Escape' && own && !event.defaultPrevented) close();
      }}
    >
      <div className={css.head}>
        <h2 id="author-title">Your own lesson</h2>
        <IconButton label="Close" icon={<CloseIcon />} className={controls.plain} onClick={close} />
      </div>
      <div className={css.tools}>
        <button type="button" className={controls.button} onClick={() => addView(playground)}>
          Add this view as a scene
        </button>
        <Button className={controls.button} why={sound ? undefined : notSound} onClick={() => void play(1)}>
          Play it
        </Button>
        <Button className={controls.button} why={draft === '' ? NOTHING : undefined} onClick={save}>
          Save
        </Button>
        <button type="button" className={controls.button} onClick={() => picker.current?.click()}>
          Open…
        </button>
        <input
          ref={picker}
          type="file"
          accept=".md,text/markdown"
          hidden
          data-testid="draft-file"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) void readDraft(file, (text) => write(text, true));
            currentTarget.value = '';
          }}
        />
        <Button className={controls.button} why={sound ? undefined : notSound} onClick={() => void copy()}>
          Link
        </Button>
        {before !== undefined && (
          <button type="button" className={controls.link} onClick={takeBack}>
            Take back
          </button>
        )}
      </div>
      {link?.text && <CopyField label="Link to this lesson" text={link.text} />}
      {link?.fault && <p className={css.fault}>{link.fault}</p>}
      {scenes.length > 0 && (
        <ol className={css.scenes} aria-label="Scenes">
          {scenes.map((scene, i) => (
            <li key={scene.line}>
              <button type="button" className={css.scene} onClick={() => goToLine(scene.line)}>
                {i + 1}. {scene.title}
              </button>
              <Button
                className={controls.link}
                aria-label={`Play scene ${i + 1}`}
                why={sound ? undefined : notSound}
                onClick={() => void play(i + 1)}
              >
                play
              </Button>
              <Button
                className={controls.link}
                aria-label={`Scene ${i + 1} up`}
                why={i === 0 ? 'it is the first scene' : undefined}
                onClick={() => write(withSceneMoved(draft, i, -1))}
              >
                ↑
              </Button>
              <Button
                className={controls.link}
                aria-label={`Scene ${i + 1} down`}
                why={i === scenes.length - 1 ? 'it is the last scene' : undefined}
                onClick={() => write(withSceneMoved(draft, i, 1))}
              >
                ↓
              </Button>
              <button
                type="button"
                className={controls.link}
                aria-label={`Delete scene ${i + 1}`}
                onClick={() => write(withoutScene(draft, i), true)}
              >
                ✕
              </button>
            </li>
          ))}
        </ol>
      )}
      <Segmented label="Shown" bare value={side} options={SIDES} onChange={setSide} />
      {side === 'text' ? (
        <textarea
          ref={area}
          className={css.text}
          aria-label="The lesson’s text, in Markdown"
          spellCheck
          value={draft}
          placeholder="Show something on the page, then add it as a scene: its text is written here."
          onChange={({ target }) => write(target.value)}
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <div className={css.preview} tabIndex={0} data-testid="preview">
          {read?.lesson ? (
            <LessonText lesson={read.lesson} />
          ) : (
            <p>The preview is there once the lesson can be read.</p>
          )}
        </div>
      )}
      {draft !== '' && read && (
        <div role="status" className={css.faults}>
          {sound ? 'Everything in it can be read.' : <FaultList faults={read.faults} onLine={goToLine} />}
        </div>
      )}
    </aside>,
    document.body,
  );
}

/** What a draft says, a moment after it was typed. */
function useRead(draft: string): ReadLesson | undefined {
  const [read, setRead] = useState<ReadLesson>();
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const result = await readLesson(draft);
      if (current) setRead(result);
    }, REST_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [draft]);
  return read;
}
