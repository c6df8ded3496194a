import { formatBytes, formatDuration } from '../../formats/quantity.ts';
import type { ProfileCause } from '../../model/collection-profile.ts';
import type { ImportRecord } from '../../model/recording.ts';
import { directImports } from '../parts/heaviest-import.ts';
import { importWork } from '../parts/import-work.ts';
import { projectPath } from '../parts/project-path.ts';
import { importStatements, statementThatImports } from '../source/import-statements.ts';
import { type CauseInput, detailRun, type FindCause } from './cause-input.ts';
import { importPath } from './import-path.ts';
import { isWaiting } from './is-waiting.ts';
import { otherImporters } from './other-importers.ts';
import { isMuchMemory, isWorthTelling, workOf } from './worth-telling.ts';

/** What test files import. What conftests import is told with the conftest. */
export const heavyImport: FindCause = (input) => {
  const run = detailRun(input.runs);
  if (run === undefined) return [];
  const { recording } = run;
  const conftests = new Set(recording.conftests.map(({ path }) => path));
  return [...directImports(recording.imports)]
    .filter(([file]) => !conftests.has(file))
    .flatMap(([file, rows]) =>
      rows
        .filter(
          ({ record }) =>
            (isWorthTelling(workOf(importWork(record), run), run) || isMuchMemory(record.memoryBytes, run)) &&
            !isWaiting(record, run),
        )
        .flatMap(({ index }) => causeOf(file, index, input)),
    );
};

function causeOf(file: string, index: number, input: CauseInput): ProfileCause[] {
  const run = detailRun(input.runs);
  const path = run && importPath(run.recording, index, input.profile.root);
  const [first] = path?.chain ?? [];
  if (run === undefined || path === undefined || first === undefined) return [];
  const { culprit, chain } = path;
  const show = projectPath(input.profile.root);
  const statements = importStatements(input.readSource(file) ?? '');
  const line = statementThatImports(statements, first.module)?.line;
  const others = otherImporters(file, first.module, input);
  const through = chain.length > 1 ? ` (${chain.map(({ module }) => module).join(' -> ')})` : '';
  return [
    {
      id: 'heavy-import',
      message: `importing ${culprit.module} takes ${costOf(culprit)} of ${formatDuration(run.wallMs)}; ${show(file)} is the first to import it${through}`,
      // Who else imports it, in code that is no test, is not known.
      certainty: 'likely',
      savesMs: importWork(culprit).wallMs,
      savesBytes: Math.max(0, culprit.memoryBytes),
      evidence: [
        `${culprit.module}: ${formatDuration(importWork(culprit).wallMs)} wall, ${formatDuration(culprit.cpuMs)} CPU, ${formatBytes(culprit.memoryBytes)}`,
        ...(others.length === 0
          ? ['no other test file imports it']
          : [
              `imported by ${others.length} other ${others.length === 1 ? 'file' : 'files'} too, such as ${others[0]}: moving it in one of them only moves the cost`,
            ]),
      ],
      fix: fixOf(path.chain, others.length),
      location: { path: show(file), ...(line !== undefined && { line }) },
    },
  ];
}

function fixOf(chain: readonly ImportRecord[], others: number): string {
  const culprit = chain.at(-1)?.module ?? '';
  const importer = chain.at(-2)?.module;
  if (importer !== undefined) return `import ${culprit} in ${importer} only where it is used`;
  return others === 0
    ? `move \`import ${culprit}\` into the tests or fixtures that use it`
    : `move \`import ${culprit}\` into the tests or fixtures that use it, in all these files`;
}

function costOf(record: ImportRecord): string {
  const { memoryBytes } = record;
  const { wallMs } = importWork(record);
  return memoryBytes >= 1_000_000
    ? `${formatDuration(wallMs)} and ${formatBytes(memoryBytes)}`
    : formatDuration(wallMs);
}
