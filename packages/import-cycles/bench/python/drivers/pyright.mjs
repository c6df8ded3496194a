// Pyright with nothing but its rule on import cycles: `pyright.mjs MODULES SCRATCH`.
import console from 'node:console';
import process from 'node:process';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [modules, scratch] = process.argv.slice(2);
const config = join(scratch, 'pyrightconfig.json');
const rules = { typeCheckingMode: 'off', reportImportCycles: 'error' };
writeFileSync(config, JSON.stringify({ include: [process.cwd()], extraPaths: [process.cwd()], ...rules }));
const { stdout } = spawnSync(
  process.execPath,
  [join(modules, 'pyright/index.js'), '--outputjson', '--project', config],
  { encoding: 'utf8', maxBuffer: 2 ** 30 },
);
const { summary, generalDiagnostics } = JSON.parse(stdout);
const cycles = generalDiagnostics.filter(({ rule }) => rule === 'reportImportCycles').length;
console.log(JSON.stringify({ files: summary.filesAnalyzed, cycles }));
