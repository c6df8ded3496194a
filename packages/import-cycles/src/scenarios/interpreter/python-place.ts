import type { MeasureContext } from '@seaworthy/scenario';
import type { WrittenModule } from '../modules/written-module.ts';
import { writeModules } from '../modules/written-module.ts';
import { compileFolder, runPython } from './run-python.ts';
import type { PythonAnswer, PythonRunOptions } from './run-python.ts';

/** Where the interpreter of the subject runs: on this machine, or in a container of the project's image. */
export interface PythonPlace extends AsyncDisposable {
  /** Puts modules into a new folder there, and gives its path as the interpreter sees it. */
  writeModules(name: string, modules: readonly WrittenModule[]): Promise<string>;
  /** Writes the bytecode of every module in a folder, so that imports are warm. */
  compile(folder: string): Promise<void>;
  /**
   * Runs one of this package's Python programs in a fresh interpreter and reads its JSON answer.
   *
   * @throws when the interpreter cannot be started, or the signal fires
   */
  run<Result>(
    program: string,
    args: readonly string[],
    options: PythonRunOptions,
  ): Promise<PythonAnswer<Result>>;
}

/** The place that the environment's subject asks for. Disposing of it ends all that runs there. */
export async function openPythonPlace(context: MeasureContext): Promise<PythonPlace> {
  if (context.environment.subject?.kind !== 'image') return hostPlace(context);
  const { openContainerPlace } = await import('./container-place.ts');
  return openContainerPlace(context.environment.subject, context);
}

/** As `run`, for programs that always answer. @throws when this one did not */
export async function askIn<Result>(
  place: Pick<PythonPlace, 'run'>,
  program: string,
  args: readonly string[],
  options: PythonRunOptions,
): Promise<Result> {
  const answer = await place.run<Result>(program, args, options);
  if (answer.failure !== undefined) throw new Error(answer.failure);
  return answer.result;
}

/** What runs on this machine is the workspace's to end. */
export function hostPlace(context: MeasureContext): PythonPlace {
  return {
    async writeModules(name, modules) {
      const folder = await context.workspace.makeFolder(name);
      await writeModules(folder, modules);
      return folder;
    },
    compile: (folder) => compileFolder(folder, context),
    run: (program, args, options) => runPython(program, args, context, options),
    [Symbol.asyncDispose]: async () => undefined,
  };
}
