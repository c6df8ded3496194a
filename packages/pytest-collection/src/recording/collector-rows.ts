import type { CollectorOutcome, CollectorRecord, Position } from '../model/recording.ts';
import type { Row } from './row.ts';

type Open = Row & { k: 'o' };
type Close = Row & { k: 'c' };
type Whole = Row & { k: 'oc' };
type Draft = Omit<CollectorRecord, 'parent'> & { readonly parentId: number };

const FOLDERS: ReadonlySet<string> = new Set(['Session', 'Dir', 'Directory', 'Package']);

/** The collectors of a recording, by the numbers that the recorder gave them when they were entered. */
export class CollectorRows {
  readonly #at: (us: number) => number;
  readonly #drafts = new Map<number, Draft>();
  /** Entered and not yet left, the innermost last. */
  readonly #open: number[] = [];
  #files = 0;
  #items = 0;

  constructor(at: (us: number) => number) {
    this.#at = at;
  }

  get counts(): { readonly files: number; readonly items: number } {
    return { files: this.#files, items: this.#items };
  }

  get innermost(): Pick<Position, 'path' | 'nodeId'> {
    const draft = this.#drafts.get(this.#open.at(-1) ?? -1);
    if (draft === undefined) return {};
    const path = this.#pathOf(draft);
    return { ...(path === undefined ? {} : { path }), nodeId: draft.nodeId };
  }

  open(row: Open): void {
    this.#drafts.set(row.i, {
      ...this.#draft(row),
      ...(row.f === undefined ? {} : { path: row.f }),
      items: 0,
    });
    this.#open.push(row.i);
  }

  close(row: Close): void {
    const position = this.#open.lastIndexOf(row.i);
    if (position >= 0) this.#open.splice(position);
    const draft = this.#drafts.get(row.i);
    if (draft === undefined) return;
    this.#drafts.set(row.i, { ...draft, ...ended(row) });
    this.#items += row.q;
    if (!FOLDERS.has(draft.kind)) this.#files += 1;
  }

  add(row: Whole): void {
    this.#drafts.set(row.i, { ...this.#draft(row), ...ended(row) });
    this.#items += row.q;
  }

  build(): CollectorRecord[] {
    const ordered = [...this.#drafts].toSorted(([a], [b]) => a - b);
    const places = new Map(ordered.map(([id], place) => [id, place]));
    return ordered.map(([, draft]) => {
      const { parentId, ...record } = draft;
      const path = this.#pathOf(draft);
      return { parent: places.get(parentId) ?? -1, ...record, ...(path === undefined ? {} : { path }) };
    });
  }

  #draft(row: Open | Whole): Omit<Draft, 'items'> {
    return { parentId: row.p, kind: row.c, nodeId: row.n, atMs: this.#at(row.t) };
  }

  /** What is neither file nor folder lies in the file above it. */
  #pathOf(draft: Draft): string | undefined {
    let at: Draft | undefined = draft;
    while (at !== undefined && at.path === undefined) at = this.#drafts.get(at.parentId);
    return at?.path;
  }
}

function ended(row: Close | Whole): Pick<CollectorRecord, 'own' | 'items' | 'outcome'> {
  return {
    own: {
      wallMs: row.w / 1000,
      cpuMs: row.u / 1000,
      memoryBytes: row.m,
      gcRuns: row.g,
      gcMs: row.gt / 1000,
    },
    items: row.q,
    ...(isOutcome(row.x) ? { outcome: row.x } : {}),
  };
}

function isOutcome(text: string): text is CollectorOutcome {
  return text === 'passed' || text === 'failed' || text === 'skipped';
}
