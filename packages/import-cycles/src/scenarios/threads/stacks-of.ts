import type { ThreadState } from './threads-observation.ts';

/** Lines that show what each thread does and waits for, such as a person would write them down. */
export function stacksOf(threads: readonly ThreadState[]): readonly string[] {
  return threads.flatMap((thread) => [
    `${thread.name}: ${waiting(thread)}${thread.inRing ? ' (in the ring)' : ''}`,
    ...(thread.stack.length === 0 ? ['    is still in its first import statement'] : []),
    ...thread.stack.map((at) => `    ${at.path}:${at.line} in ${at.function}: ${at.text}`),
  ]);
}

function waiting({ waitsFor, heldBy }: ThreadState): string {
  if (waitsFor === null) return 'waits for no lock';
  return `waits for the ${waitsFor}, held by ${heldBy ?? 'no thread of the trial'}`;
}
