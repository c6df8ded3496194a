import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCorpora } from './typescript/corpora.ts';
import { measureCorpus } from './typescript/measure-corpus.ts';
import { installPeers } from './typescript/peers.ts';
import { programs } from './typescript/programs.ts';
import { tableOf } from './typescript/table.ts';

/**
 * Import graphs of TypeScript and JavaScript beside other programs, each in a cold process, interleaved: `node
 * bench/typescript.ts [rounds]`. The others are installed on the first run.
 */
const rounds = Number(process.argv[2] ?? 3);
const scratch = mkdtempSync(join(tmpdir(), 'seaworthy-bench-'));
try {
  const peers = installPeers();
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, median of ${rounds} rounds\n`,
  );
  for (const corpus of makeCorpora(scratch, peers.modules)) {
    const results = measureCorpus(corpus, programs(peers), { peers, rounds, scratch, limitSeconds: 60 });
    console.log(tableOf(corpus, results));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
