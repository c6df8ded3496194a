import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Bytecode } from '../../src/model/collect-options.ts';
import type { CollectionTarget } from '../../src/model/collection-target.ts';
import type { Recording } from '../../src/model/recording.ts';
import { readRecording, recorderCommand } from '../../src/recording/index.ts';
import { usual, type Combination } from './interpreters.ts';

export type Files = Readonly<Record<string, string>>;

export interface RecordOptions {
  readonly with?: Combination;
  readonly args?: readonly string[];
  readonly detail?: 'files' | 'hooks';
  readonly bytecode?: Bytecode;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly invocation?: CollectionTarget['invocation'];
  /** Where the interpreter should find more than pytest. */
  readonly more?: readonly string[];
  /** Default: that there are faults of the recorder is a failure of the test. */
  readonly mayHaveFaults?: boolean;
  /** Called when the process was started. */
  readonly meanwhile?: (
    running: { kill(signal: NodeJS.Signals): boolean },
    rowsFile: string,
    startedAt: bigint,
  ) => Promise<void>;
}

export interface Recorded {
  readonly recording: Recording;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly rowsFile: string;
}

/** A folder with a project in it, which is gone when it is disposed of. */
export class Project implements AsyncDisposable {
  readonly root: string;
  /** Beside the project: for rows and bytecode. */
  readonly beside: string;
  #runs = 0;

  private constructor(folder: string) {
    this.root = join(folder, 'project');
    this.beside = join(folder, 'beside');
  }

  static async of(files: Files): Promise<Project> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'seaworthy-recording-')));
    const project = new Project(folder);
    await mkdir(project.root);
    await mkdir(project.beside);
    await project.write(files);
    return project;
  }

  async write(files: Files): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.root, path)), { recursive: true });
      await writeFile(join(this.root, path), text);
    }
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  async record(options: RecordOptions = {}): Promise<Recorded> {
    const rowsFile = join(this.beside, `rows-${this.#runs++}`);
    const combination = options.with ?? usual();
    const target: CollectionTarget = {
      root: this.root,
      python: combination.python,
      args: options.args ?? [],
      env: environment(combination, options),
      ...(options.invocation === undefined ? {} : { invocation: options.invocation }),
    };
    const { command, env } = recorderCommand(target, {
      rowsFile,
      ...(options.detail === undefined ? {} : { detail: options.detail }),
      ...(options.bytecode === undefined ? {} : { bytecode: options.bytecode }),
    });
    const [program, ...args] = command;
    const startedAt = process.hrtime.bigint();
    const running = execa(program, args, { cwd: this.root, env, reject: false, timeout: 100_000 });
    await options.meanwhile?.(running, rowsFile, startedAt);
    const { exitCode, signal, stdout, stderr } = await running;
    const recording = await readRecording(rowsFile, { startedAt, endedAt: process.hrtime.bigint() });
    if (options.mayHaveFaults !== true && recording.faults !== undefined)
      throw new Error(`Expected the recorder to have no faults: ${recording.faults.join('\n')}`);
    return { recording, exitCode, signal, stdout, stderr, rowsFile };
  }

  /** What plain pytest does with the same project. */
  async collectPlainly(
    options: RecordOptions = {},
  ): Promise<{ exitCode: number | undefined; output: string }> {
    const combination = options.with ?? usual();
    const { exitCode, all } = await execa(
      combination.python,
      ['-m', 'pytest', '--collect-only', ...(options.args ?? [])],
      { cwd: this.root, env: environment(combination, options), reject: false, all: true, timeout: 100_000 },
    );
    return { exitCode, output: all };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(dirname(this.root), { recursive: true, force: true });
  }
}

function environment(combination: Combination, options: RecordOptions): Record<string, string | undefined> {
  return {
    PYTHONPATH: [combination.folder, ...(options.more ?? [])].join(':'),
    // Only what a test asks for, whatever this machine's interpreters have installed
    PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
    COLUMNS: '120',
    ...options.env,
  };
}
