import type { ThreadStack } from '../model/thread-stack.ts';

/** `Thread 0x00007f12 [name] (most recent call first):`, `Current thread 0x… (…):`, and, where there is one thread, `Stack (…):`. */
const HEADER = /^(?:Current thread|Thread|Stack) ?(0x[\da-f]+)? ?(?:\[(.*)\] )?\(most recent call first\):$/i;
const FRAME = /^ {2}File "(.*)", line (\d+|\?\?\?) in (.*)$/;

interface Draft {
  readonly thread: string;
  readonly frames: ThreadStack['frames'][number][];
}

/**
 * The stacks of the last dump in a file that Python's faulthandler wrote, the main thread first. A dump that was cut short
 * gives what there is.
 */
export function parseStacks(text: string): ThreadStack[] {
  let stacks: Draft[] = [];
  for (const line of text.split('\n')) {
    const header = HEADER.exec(line);
    if (header !== null) {
      const thread = header[2] ?? header[1] ?? 'main';
      // A thread that is there already begins the next dump.
      if (stacks.some((stack) => stack.thread === thread)) stacks = [];
      stacks.push({ thread, frames: [] });
      continue;
    }
    const frame = FRAME.exec(line);
    if (frame === null) continue;
    stacks.at(-1)?.frames.push({
      path: plain(frame[1] ?? ''),
      line: Number(frame[2]) || 0,
      function: plain(frame[3] ?? ''),
    });
  }
  // Python lists the newest thread first, so the main one comes last.
  return stacks.reverse();
}

/** faulthandler writes what is not ASCII as `\xe9`, `\u20ac` or `\U0001f600`. */
function plain(text: string): string {
  return text.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8}))/gi,
    (whole, short?: string, middle?: string, long?: string) => {
      const point = Number.parseInt(short ?? middle ?? long ?? '', 16);
      return point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole;
    },
  );
}
