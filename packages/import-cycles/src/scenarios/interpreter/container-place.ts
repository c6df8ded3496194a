import { readFile } from 'node:fs/promises';
import { EngineError, connectTo, startContainer } from '@seaworthy/container-engine';
import type { ExecOptions, OwnedContainer } from '@seaworthy/container-engine';
import type { MeasureContext, Subject } from '@seaworthy/scenario';
import { pythonProgram } from '../../package-folder.ts';
import { pathOf } from '../modules/written-module.ts';
import type { PythonPlace } from './python-place.ts';
import { ISOLATED, readAnswer } from './run-python.ts';
import type { PythonAnswer, PythonRunOptions } from './run-python.ts';

/** A place in memory, so that it can be written to where the rest of the image cannot. */
const FOLDER = '/seaworthy';
const FOLDER_BYTES = 64 * 2 ** 20;

/** Ends when its standard input does: when this tool is gone. */
const WAIT = 'import sys; sys.stdin.buffer.read()';
/** Writes the files that it reads from standard input. */
const UNPACK = `import json, os, sys
for path, text in json.load(sys.stdin).items():
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
`;

const COMPILE_TIMEOUT_MS = 60_000;
const LONGEST_LIFE_MS = 300_000;

/**
 * One container of the image for a whole scenario, under the limits that the project declares: each interpreter is a program
 * that is started in it. Files go in by standard input, so that the engine may be anywhere.
 *
 * @throws EngineError
 */
export async function openContainerPlace(
  subject: Extract<Subject, { kind: 'image' }>,
  { workspace, signal }: MeasureContext,
): Promise<PythonPlace> {
  const python = subject.python?.executable;
  if (python === undefined) throw new Error('Expected an interpreter, since `requires` asked for one');
  const engine = await connectTo(subject.endpoint, { signal });
  const { limits } = subject;
  const container = await startContainer(engine, workspace, {
    image: subject.image,
    purpose: 'imports',
    command: [python, '-I', '-c', WAIT],
    limits: { ...limits, tmpfs: [...(limits.tmpfs ?? []), { path: FOLDER, bytes: FOLDER_BYTES }] },
    stdin: true,
    deadlineMs: LONGEST_LIFE_MS,
  });
  container.stdout.resume();
  container.stderr.resume();
  return new ContainerPlace(container, python, signal);
}

class ContainerPlace implements PythonPlace {
  readonly #container: OwnedContainer;
  readonly #python: string;
  readonly #signal: AbortSignal;
  readonly #programs = new Map<string, Promise<string>>();

  constructor(container: OwnedContainer, python: string, signal: AbortSignal) {
    this.#container = container;
    this.#python = python;
    this.#signal = signal;
  }

  async writeModules(name: string, modules: Parameters<PythonPlace['writeModules']>[1]): Promise<string> {
    const folder = `${FOLDER}/${name}`;
    await this.#write(
      Object.fromEntries(modules.map((module) => [`${folder}/${pathOf(module)}`, module.source])),
    );
    return folder;
  }

  async compile(folder: string): Promise<void> {
    const args = ['-I', '-X', 'utf8', '-m', 'compileall', '-q', folder];
    const { code, stdout, stderr } = await this.#exec(args, { timeoutMs: COMPILE_TIMEOUT_MS });
    if (code !== 0) throw new Error(`Could not compile ${folder} in the image: ${stdout}${stderr}`);
  }

  async run<Result>(
    program: string,
    args: readonly string[],
    { cwd, timeoutMs, input }: PythonRunOptions,
  ): Promise<PythonAnswer<Result>> {
    const path = await this.#programOf(program);
    try {
      const run = await this.#exec([...ISOLATED, path, ...args], {
        workingFolder: cwd,
        timeoutMs,
        ...(input === undefined ? {} : { input }),
      });
      return readAnswer(program, { ...run, signal: null, timedOut: false }, timeoutMs);
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'TIMEOUT') throw error;
      // What did not end goes on until the container does, at the end of the scenario.
      const silent = { code: null, signal: null, stdout: '', stderr: '', timedOut: true };
      return readAnswer(program, silent, timeoutMs);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#container[Symbol.asyncDispose]());
  }

  /** Path of one of our programs in the container; each is put there when it is first wanted. */
  #programOf(program: string): Promise<string> {
    const known = this.#programs.get(program);
    if (known !== undefined) return known;
    const path = `${FOLDER}/programs/${program}`;
    const put = readFile(pythonProgram(`scenarios/${program}`), 'utf8').then(async (text) => {
      await this.#write({ [path]: text });
      return path;
    });
    this.#programs.set(program, put);
    return put;
  }

  async #write(files: Readonly<Record<string, string>>): Promise<void> {
    const { code, stderr } = await this.#exec(['-I', '-c', UNPACK], { input: JSON.stringify(files) });
    if (code !== 0) throw new Error(`Could not write files in the image: ${stderr}`);
  }

  #exec(args: readonly string[], options: ExecOptions): ReturnType<OwnedContainer['exec']> {
    return this.#container.exec([this.#python, ...args], { ...options, signal: this.#signal });
  }
}
