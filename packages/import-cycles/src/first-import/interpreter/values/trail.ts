import type { DictValue, ModuleValue, SequenceValue } from './value.ts';

/**
 * What to do to go back to how everything was at a mark: several first imports begin alike (all those of a package execute
 * its `__init__` first), so the common beginning is executed once, and what each does beyond it is taken back. What was
 * made since the last mark is out of reach after going back, so only changes to older things are noted.
 */
export class Trail {
  /** Grows with every mark and return: what was made at an earlier one is older than the last mark. 0 before the first. */
  barrier = 0;
  private readonly undo: (() => void)[] = [];
  private readonly marks: number[] = [];

  /** Makes this the trail of all that changes while `code` runs (which it does in one go). */
  run<T>(code: () => T): T {
    const outer = exchange(this);
    try {
      return code();
    } finally {
      exchange(outer);
    }
  }

  /** Sets a mark; returns its depth. */
  mark(): number {
    this.marks.push(this.undo.length);
    this.barrier++;
    return this.marks.length - 1;
  }

  /** Goes back to a mark, which stays; later ones are gone. */
  backTo(depth: number): void {
    this.marks.length = depth + 1;
    const length = this.marks[depth]!;
    while (this.undo.length > length) this.undo.pop()!();
    this.barrier++;
  }

  /** Notes how to take back a change. */
  note(undo: () => void): void {
    if (this.barrier > 0) this.undo.push(undo);
  }
}

let running = new Trail();

function exchange(next: Trail): Trail {
  const last = running;
  running = next;
  return last;
}

/** The trail of the interpreter at work. */
export function trail(): Trail {
  return running;
}

/** To be called before the contents of a list, set or dictionary change. */
export function changing(container: SequenceValue | DictValue): void {
  const { barrier } = running;
  const { saved } = container;
  if (saved === barrier) return;
  if (container.kind === 'sequence') {
    const { items, open } = container;
    container.items = [...items];
    running.note(() => Object.assign(container, { items, open, saved }));
  } else {
    const { entries, open } = container;
    container.entries = new Map(entries);
    running.note(() => Object.assign(container, { entries, open, saved }));
  }
  container.saved = barrier;
}

/** Sets one of a module's flags for good (as far as the trail does not go back behind it). */
export function flag(module: ModuleValue, name: 'open' | 'guessed' | 'doubtful'): void {
  if (module[name]) return;
  const flags: { [Name in 'open' | 'guessed' | 'doubtful']: boolean } = module;
  flags[name] = true;
  trail().note(() => (flags[name] = false));
}
