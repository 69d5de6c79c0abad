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
  /** Where the page itself last scrolled to: a scroll event from there isn't the reader's. */
  const ownTop = useRef(-1);
  const shownKey = useRef<string | undefined>(undefined);
  const [away, setAway] = useState(false);

  const goal = useCallback(() => {
    const view = viewport.current;
    if (view === null) return 0;
    const bottom = view.scrollHeight - view.clientHeight;
    return Math.max(0, Math.min(bottom, (newest.current?.offsetTop ?? bottom) - MARGIN_PX));
  }, []);

  const follow = useCallback(() => {
    const view = viewport.current;
    if (view === null || !following.current) return;
    view.scrollTop = goal();
    ownTop.current = view.scrollTop;
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
    const observer = new ResizeObserver(follow);
    observer.observe(inner);
    observer.observe(view);
    return () => observer.disconnect();
  }, [follow]);

  const onScroll = () => {
    const view = viewport.current;
    if (view === null) return;
    const bottom = view.scrollHeight - view.clientHeight;
    // Events of one's own scrolling come late, when the answer may have grown and the goal moved on.
    if (Math.abs(view.scrollTop - ownTop.current) > 1) following.current = Math.abs(view.scrollTop - goal()) < NEAR_PX;
    setAway(view.scrollTop < Math.min(goal(), bottom) - view.clientHeight / 2);
  };
  const toNewest = () => {
    following.current = true;
    follow();
  };
  return { viewportRef: viewport, contentRef: content, newestRef: newest, away, onScroll, toNewest };
}
