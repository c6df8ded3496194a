import { endProcesses, DEFAULT_END_OPTIONS } from '../process/end-processes.ts';
import { findOwned } from '../process/owned-processes.ts';
import { groupHasMembers } from '../process/process-group.ts';
import { identify, type ProcessIdentity } from '../process/process-identity.ts';
import { readProcesses } from '../process/process-table.ts';
import { MARK_VARIABLE, withMark } from '../process/run-mark.ts';
import { FolderMaker } from './folder-maker.ts';
import { removeFolder } from './remove-folder.ts';
import { ourGroups } from './remove-run.ts';
import type { Owned, OwnedProcess, SpawnOptions, Undoable, Workspace } from './workspace.ts';

let scopes = 0;

/**
 * A part of a workspace that can be undone before the rest: its own folder inside the parent's, and processes that
 * carry its mark besides the run's. Disposing of it leaves the parent as it was before.
 */
export async function openScope(parent: Workspace, name: string): Promise<Workspace> {
  scopes += 1;
  const mark = `${parent.runId}/scope-${scopes}`; // Before the wait: another scope may be opened meanwhile.
  return new Scope(parent, await parent.makeFolder(name), mark);
}

class Scope implements Workspace {
  readonly runId: string;
  readonly folder: string;
  readonly #parent: Workspace;
  readonly #mark: string;
  readonly #folders: FolderMaker;
  readonly #leaders = new Set<ProcessIdentity>();
  /** What is still to be undone, in the order in which it was announced. */
  readonly #owned = new Map<Owned, Undoable['kind']>();
  #disposal: Promise<void> | undefined;

  constructor(parent: Workspace, folder: string, mark: string) {
    this.runId = parent.runId;
    this.folder = folder;
    this.#parent = parent;
    this.#mark = mark;
    this.#folders = new FolderMaker(folder);
  }

  async makeFolder(name: string): Promise<string> {
    this.#demandOpen();
    return this.#folders.make(name);
  }

  spawn(command: string, args: readonly string[], options: SpawnOptions = {}): OwnedProcess {
    this.#demandOpen();
    const inherited = { [MARK_VARIABLE]: process.env[MARK_VARIABLE], ...options.env };
    const owned = this.#parent.spawn(command, args, { ...options, env: withMark(inherited, this.#mark) });
    const leader = identify(owned.pid);
    if (leader !== undefined) this.#watch(leader, owned);
    return owned;
  }

  own(undoable: Undoable): Owned {
    this.#demandOpen();
    const owned = this.#parent.own(undoable);
    const here: Owned = {
      forget: () => {
        owned.forget();
        this.#owned.delete(here);
      },
      [Symbol.asyncDispose]: async () => {
        await owned[Symbol.asyncDispose]();
        this.#owned.delete(here);
      },
    };
    this.#owned.set(here, undoable.kind);
    return here;
  }

  /** @throws where something could not be undone; it is tried again with the parent. */
  [Symbol.asyncDispose](): Promise<void> {
    return (this.#disposal ??= this.#dispose());
  }

  async #dispose(): Promise<void> {
    const entries = [...this.#leaders].map((leader) => ({ kind: 'process-group', ...leader }) as const);
    const { survivors } = await endProcesses(() => {
      const table = readProcesses();
      return findOwned(table, { mark: this.#mark, groups: ourGroups(entries, table, true) });
    }, DEFAULT_END_OPTIONS);
    const failures = survivors.map((pid) => new Error(`Process ${pid} did not end, not even by SIGKILL`));
    const attempt = (undone: Promise<unknown> | PromiseLike<unknown>): Promise<unknown> =>
      Promise.resolve(undone).catch((error: unknown) => failures.push(error as Error));
    const latestFirst = [...this.#owned].reverse();
    // An engine that does not answer must not keep the rest waiting for its every container.
    const containers = latestFirst.filter(([, kind]) => kind === 'container');
    await Promise.all(containers.map(([owned]) => attempt(owned[Symbol.asyncDispose]())));
    for (const [owned, kind] of latestFirst)
      if (kind !== 'container') await attempt(owned[Symbol.asyncDispose]());
    if (failures.length === 0) await attempt(removeFolder(this.folder));
    if (failures.length === 0) return;
    const reasons = failures.map(({ message }) => message).join('; ');
    throw new AggregateError(failures, `Could not clean up after a part of the run: ${reasons}`);
  }

  /** Until its group is empty. */
  #watch(leader: ProcessIdentity, owned: OwnedProcess): void {
    this.#leaders.add(leader);
    void owned.exited.then(() => {
      if (!groupHasMembers(leader.pid)) this.#leaders.delete(leader);
    });
  }

  #demandOpen(): void {
    if (this.#disposal !== undefined) throw new Error('This part of the workspace is closed');
  }
}
