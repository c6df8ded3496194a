import type { Workspace } from '@seaworthy/scenario';
import { startContainer } from '../containers/start-container.ts';
import { EngineError } from '../connection/engine-error.ts';
import type { ContainerEngine } from '../model/engine.ts';

/** An interpreter inside an image, as it said itself. */
export interface ImagePython {
  /** Absolute in the image. */
  readonly executable: string;
  readonly version: string;
  /** Such as `CPython`. */
  readonly implementation: string;
  /** Absent where pytest is not installed for it. */
  readonly pytest?: string;
}

export interface ProbeOptions {
  readonly engine: ContainerEngine;
  readonly workspace: Workspace;
  /** Id of the image. */
  readonly image: string;
  /** Candidates, the most likely first: paths or commands. */
  readonly candidates: readonly string[];
  readonly workingFolder?: string;
}

/** Runs on Python 2 too, so that it can say what it is. */
const QUESTION = `
import json, platform, sys
try:
    import importlib.metadata as metadata
    pytest = metadata.version("pytest")
except Exception:
    pytest = None
print("\\n" + json.dumps([sys.executable, "%d.%d.%d" % sys.version_info[:3], platform.python_implementation(), pytest]))
`;

/** Asks each interpreter that is there; an image without a shell is asked one by one. */
const ASK_ALL =
  'question=$1; shift; for python in "$@"; do "$python" -c "$question" 2>/dev/null; done; exit 0';

const PATIENCE_MS = 30_000;
const PROBE_LIMITS = { memoryBytes: 512 * 2 ** 20, pids: 128 } as const;

/**
 * The interpreters of an image, asked in a throw-away container without a network.
 *
 * @returns those that answered, in the order of the candidates; none in an image without Python.
 * @throws EngineError where no container can be started.
 */
export async function probePython(options: ProbeOptions): Promise<readonly ImagePython[]> {
  const { candidates } = options;
  const all = await output(options, ['sh', '-c', ASK_ALL, 'sh', QUESTION, ...candidates]);
  const texts = all === undefined ? await oneByOne(options) : [all];
  const found = texts.flatMap((text) => text.split('\n').flatMap(parseAnswer));
  return found.filter(
    (python, index) => found.findIndex(({ executable }) => executable === python.executable) === index,
  );
}

async function oneByOne(options: ProbeOptions): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const candidate of options.candidates)
    texts.push((await output(options, [candidate, '-c', QUESTION])) ?? '');
  return texts;
}

/** What a program printed; `undefined` where the image does not have it. */
async function output(
  { engine, workspace, image, workingFolder }: ProbeOptions,
  command: readonly [string, ...string[]],
): Promise<string | undefined> {
  try {
    await using container = await startContainer(engine, workspace, {
      image,
      purpose: 'python',
      command,
      limits: PROBE_LIMITS,
      deadlineMs: PATIENCE_MS,
      ...(workingFolder === undefined ? {} : { workingFolder }),
    });
    container.stderr.resume();
    let text = '';
    for await (const chunk of container.stdout.setEncoding('utf8')) text += String(chunk);
    await container.exited;
    return text;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'COMMAND_NOT_FOUND') return undefined;
    throw error;
  }
}

function parseAnswer(line: string): readonly ImagePython[] {
  try {
    const data: unknown = JSON.parse(line);
    if (!Array.isArray(data) || data.length !== 4) return [];
    const [executable, version, implementation, pytest] = data as unknown[];
    if (typeof executable !== 'string' || !executable.startsWith('/') || typeof version !== 'string')
      return [];
    return [
      {
        executable,
        version,
        implementation: String(implementation),
        ...(typeof pytest === 'string' ? { pytest } : {}),
      },
    ];
  } catch {
    return [];
  }
}
