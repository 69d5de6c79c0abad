import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 32;
const MARGIN_PX = 16;

/**
 * Keeps the newest question and its growing answer in sight, but never scrolls the question itself away and never takes the
 * page from a reader who scrolled elsewhere.
 */
export function useFollowingScroll(newestKey: string | undefined) {
  const viewport = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const newest = useRef<HTMLElement>(null);
  const following = useRef(true);
  const height = useRef(0);
  const shownKey = useRef<string | undefined>(undefined);
  const [away, setAway] = useState(false);

  const goal = useCallback(() => {
    const view = viewport.current;
    if (view === null) return 0;
    const bottom = view.scrollHeight - view.clientHeight;
    return Math.max(0, Math.min(bottom, (newest.current?.offsetTop ?? bottom) - MARGIN_PX));
  }, []);

  const follow = useCallback(() => {
    if (viewport.current !== null && following.current) viewport.current.scrollTop = goal();
  }, [goal]);

  // A new question is always shown; older messages put above leave what is read where it is.
  useLayoutEffect(() => {
    const view = viewport.current;
    if (view === null) return;
    if (shownKey.current !== newestKey) {
      shownKey.current = newestKey;
      following.current = true;
      follow();
    }
  }, [newestKey, follow]);

  useEffect(() => {
    const [inner, view] = [content.current, viewport.current];
    if (inner === null || view === null) return;
    const observer = new ResizeObserver(() => {
      follow();
      height.current = view.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(view);
    return () => observer.disconnect();
  }, [follow]);

  const onScroll = () => {
    const view = viewport.current;
    if (view === null) return;
    const bottom = view.scrollHeight - view.clientHeight;
    following.current = Math.abs(view.scrollTop - goal()) < NEAR_PX;
    setAway(view.scrollTop < Math.min(goal(), bottom) - view.clientHeight / 2);
  };
  const toNewest = () => {
    following.current = true;
    viewport.current?.scrollTo({ top: goal(), behavior: "smooth" });
  };
  return { viewportRef: viewport, contentRef: content, newestRef: newest, away, onScroll, toNewest };
}
