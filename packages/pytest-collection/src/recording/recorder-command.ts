import type { Bytecode } from '../model/collect-options.ts';
import type { CollectionTarget } from '../model/collection-target.ts';
import { pythonProgram } from '../package-folder.ts';

export interface RecorderRequest {
  /** Absolute path of a file that does not exist yet; `.stacks` and `.importing` are appended for two more. */
  readonly rowsFile: string;
  /** Default: `files`. */
  readonly detail?: 'files' | 'hooks';
  /** Default: as it is. */
  readonly bytecode?: Bytecode;
}

export interface RecorderCommand {
  /** To be started in the target's root. */
  readonly command: readonly [string, ...string[]];
  /** Variables beside those of this process; `undefined` takes one away. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What to start for a collection that is recorded. The environment is the target's own: nothing in it tells of the recorder. */
export function recorderCommand(target: CollectionTarget, request: RecorderRequest): RecorderCommand {
  const { rowsFile, detail = 'files', bytecode = { kind: 'as-is' } } = request;
  const privately =
    bytecode.kind === 'private' ? ['--bytecode-folder', bytecode.folder, '--bytecode-root', target.root] : [];
  const invocation = target.invocation === 'python -m pytest' ? 'module' : 'pytest';
  return {
    command: [
      target.python,
      pythonProgram('collect_main.py'),
      '--rows',
      rowsFile,
      '--detail',
      detail,
      ...privately,
      '--invocation',
      invocation,
      '--',
      ...(target.args ?? []),
    ],
    env: target.env ?? {},
  };
}
