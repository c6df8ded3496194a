import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readComposeFiles } from '../../src/index.ts';
import type { ComposeProject, ComposeService } from '../../src/index.ts';

/** Files in a folder of their own, which is gone afterwards. */
export class WrittenFiles implements Disposable {
  readonly folder: string;
  readonly #parent: string = mkdtempSync(join(tmpdir(), 'seaworthy-compose-test-'));

  constructor(files: Readonly<Record<string, string>>, name = 'shop') {
    this.folder = join(this.#parent, name);
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Reads some of them as a project. */
  read(
    names: readonly string[] = ['compose.yaml'],
    env: Readonly<Record<string, string>> = {},
  ): Promise<ComposeProject> {
    return readComposeFiles(
      names.map((name) => join(this.folder, name)),
      { env },
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.#parent, { recursive: true, force: true });
  }
}

/** The project that one text makes. */
export async function projectOf(
  text: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ComposeProject> {
  using files = new WrittenFiles({ 'compose.yaml': text });
  return await files.read(['compose.yaml'], env);
}

/** The service `tests` of a project with these lines in it, each of them indented by four. */
export async function serviceWith(...lines: readonly string[]): Promise<ComposeService> {
  const text = ['services:', '  tests:', '    image: tests', ...lines.map((line) => `    ${line}`)].join(
    '\n',
  );
  return serviceOf(await projectOf(`${text}\n`), 'tests');
}

export function serviceOf(project: ComposeProject, name: string): ComposeService {
  const service = project.services.find((one) => one.name === name);
  if (service === undefined) throw new Error(`There is no service ${name}`);
  return service;
}

/** The message that reading ends with. */
export async function messageOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'no error',
    (error: unknown) => (error as Error).message,
  );
}
