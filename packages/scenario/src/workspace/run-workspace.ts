import type { EndOptions } from '../process/end-processes.ts';
import type { Guard } from './guard.ts';
import { Ledger, mayBeUndone } from './ledger.ts';
import { FolderMaker } from './folder-maker.ts';
import { startOwnedProcess } from './owned-process.ts';
import { removeRun, undo } from './remove-run.ts';
import { nameOfRun } from './run-id.ts';
import type { Owned, OwnedProcess, SpawnOptions, Undoable, Workspace } from './workspace.ts';

/** The workspace of a whole run, see {@link openWorkspace}. */
export class RunWorkspace implements Workspace {
  readonly runId: string;
  readonly folder: string;
  readonly #guard: Guard;
  readonly #end: EndOptions;
  readonly #ledger: Ledger;
  readonly #folders: FolderMaker;
  #processes = 0;
  #disposal: Promise<void> | undefined;

  constructor(parts: { runId: string; folder: string; guard: Guard; end: EndOptions }) {
    this.runId = parts.runId;
    this.folder = parts.folder;
    this.#guard = parts.guard;
    this.#end = parts.end;
    this.#ledger = new Ledger(parts.folder);
    this.#folders = new FolderMaker(parts.folder);
  }

  async makeFolder(name: string): Promise<string> {
    this.#demandOpen();
    return this.#folders.make(name);
  }

  spawn(command: string, args: readonly string[], options: SpawnOptions = {}): OwnedProcess {
    this.#demandOpen();
    const marks = { run: this.runId, process: `${this.runId}/${(this.#processes += 1)}` };
    return startOwnedProcess(command, args, options, { marks, ledger: this.#ledger, end: this.#end });
  }

  own(undoable: Undoable): Owned {
    this.#demandOpen();
    if (!mayBeUndone(undoable, this.runId)) {
      throw new TypeError(
        `Expected something whose name begins with ${nameOfRun(this.runId)}, got ${JSON.stringify(undoable)}`,
      );
    }
    const entry = this.#ledger.add(undoable);
    let open = true;
    const strikeOff = (): void => {
      open = false;
      if (this.#disposal === undefined) this.#ledger.strikeOff(entry);
    };
    return {
      forget: strikeOff,
      [Symbol.asyncDispose]: async () => {
        if (!open) return;
        await undo(undoable, this.runId);
        strikeOff();
      },
    };
  }

  /** @throws where something could not be undone; the guard goes on trying. */
  [Symbol.asyncDispose](): Promise<void> {
    return (this.#disposal ??= this.#dispose());
  }

  async #dispose(): Promise<void> {
    const { failures } = await removeRun(this.folder, this.runId, {
      ...this.#end,
      trustLeaderlessGroups: true,
    }).catch((error: unknown) => ({ failures: [error as Error] }));
    if (failures.length === 0) return this.#guard.dismiss();
    this.#guard.handOver();
    throw new AggregateError(failures, `Could not clean up after run ${this.runId}: ${failures[0]?.message}`);
  }

  #demandOpen(): void {
    if (this.#disposal !== undefined) throw new Error(`The workspace of run ${this.runId} is closed`);
  }
}
