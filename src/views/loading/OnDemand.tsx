import { type ComponentType, type FunctionComponent, lazy, type ReactNode, Suspense } from 'react';
import css from './Boundary.module.css';
import { Boundary } from './Boundary.tsx';
import { loadPart } from './missing.ts';

interface Options {
  /** Stands in its place while it is on its way. */
  readonly fallback?: ReactNode;
  /** What is said about it when it fails lies over the page, as it has no place of its own. */
  readonly floating?: boolean;
}

interface Closable {
  /** Puts it away, and the message in its place too. */
  readonly onClose?: () => void;
}

type OnDemandPart<P> = FunctionComponent<P & Closable> & {
  /** Fetches it before it is asked for. @throws NotArrived */
  readonly prefetch: () => Promise<void>;
};

/**
 * A part of the page that is loaded when it is first shown. Without a connection, or after a new deployment, it may not
 * arrive: then that is said in its place, the rest of the page goes on, and it can be asked for again.
 * @param part what it is, in words: the beginning of a sentence.
 */
export function onDemand<P extends object>(
  part: string,
  load: () => Promise<{ default: ComponentType<P> }>,
  options?: Options,
): OnDemandPart<P>;
export function onDemand<M extends object, K extends keyof M>(
  part: string,
  load: () => Promise<M>,
  options: Options & { readonly name: K },
): OnDemandPart<M[K] extends ComponentType<infer P> ? P : never>;
export function onDemand<P extends object>(
  part: string,
  load: () => Promise<object>,
  { fallback, floating = false, name = 'default' }: Options & { readonly name?: string } = {},
): OnDemandPart<P> {
  let failed = false;
  const make = () =>
    lazy(async () => {
      try {
        const module = (await loadPart(load)) as Record<string, ComponentType<P>>;
        return { default: module[name] };
      } catch (error) {
        failed = true;
        throw error;
      }
    });
  let current: ComponentType<P> = make();
  // React keeps a failure: the next try is another component, one for all places where the part is shown.
  const renew = () => {
    if (!failed) return;
    failed = false;
    current = make();
  };
  const Current = (props: P) => {
    const Loaded = current;
    return <Loaded {...props} />;
  };
  const Part = (props: P & Closable) => (
    <Boundary part={part} className={floating ? css.floating : ''} onAgain={renew} onClose={props.onClose}>
      <Suspense fallback={fallback}>
        <Current {...props} />
      </Suspense>
    </Boundary>
  );
  return Object.assign(Part, { prefetch: async () => void (await loadPart(load)) });
}
