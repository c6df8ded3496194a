import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { join } from 'node:path';
import { readOutcome, triedPlace } from '../../../src/first-import/trial/outcome.ts';
import { pythonProgram } from '../../../src/package-folder.ts';
import type { ImportGraph } from '../../../src/model/import-graph.ts';
import type { FirstImport } from '../../../src/report/import-report.ts';

const PROGRAM = join(import.meta.dirname, 'first_import_server.py');

/** One CPython that says what really happens: each module is imported in a child forked from a bare interpreter. */
export class Judge implements AsyncDisposable {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor(python: string) {
    this.child = spawn(python, ['-B', PROGRAM, pythonProgram('first_import.py')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, PYTHONSAFEPATH: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    this.answers = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async judge(graph: ImportGraph, module: string): Promise<FirstImport> {
    this.child.stdin!.write(`${[module, graph.base].join('\0')}\n`);
    const answer = await this.answers.next();
    if (answer.done) throw new Error('the judging interpreter ended');
    return readOutcome(answer.value.replaceAll('\x02', '\n'), module, triedPlace(graph, graph.base));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.stdin!.end();
    if (this.child.exitCode === null) await once(this.child, 'close');
  }
}
