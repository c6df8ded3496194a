import type { ThreadStack } from '../model/thread-stack.ts';

const MACHINERY = /importlib[./>]|[/\\](?:_pytest|pluggy|pytest|seaworthy_collect)[/\\]|collect_main\.py$/;

/** Frames of a stack that are not pytest's and Python's own way to a module. */
export function tellingFrames({ frames }: ThreadStack): ThreadStack['frames'] {
  const telling = frames.filter(({ path }) => !MACHINERY.test(path));
  return telling.length === 0 ? frames : telling;
}

/** What to call the thread of the stack at a place in the list; the main one comes first, and Python may have no name for it. */
export function threadTitle({ thread }: ThreadStack, at: number): string {
  return at === 0 ? 'Main thread' : `Thread ${thread}`;
}
