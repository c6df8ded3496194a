import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultPython, findPythons } from '../test/find-pythons.ts';
import { contenders } from './python/contenders.ts';
import { makePythonCorpora } from './python/corpora.ts';
import { measureContenders } from './python/measure-contenders.ts';
import { pythonTable } from './python/table.ts';

/**
 * Import graphs of Python beside other programs, each in a process of its own, interleaved: `node bench/python.ts
 * [--rounds N] [--limit SECONDS]`. Ours runs as it is built: `nx build import-cycles` comes first. Other tools are put
 * into a folder that is removed at the end.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, limit: { type: 'string', default: '120' } },
});
const scratch = mkdtempSync(join(tmpdir(), 'seaworthy-bench-'));
try {
  const python = defaultPython().path;
  const others = findPythons().map(({ path }) => path);
  const corpora = makePythonCorpora(scratch, [...new Set([python, ...others])]);
  const rounds = Number(values.rounds);
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, least CPU of ${rounds} rounds\n`,
  );
  const field = contenders(python, scratch, join(scratch, 'cache'));
  for (const corpus of corpora) {
    const options = { rounds, scratch, limitSeconds: Number(values.limit) };
    console.log(pythonTable(corpus, measureContenders(field, corpus.folder, options)));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
