import { counted, formatBytes, formatDuration } from '../../formats/quantity.ts';
import type { ImportRecord } from '../../model/recording.ts';
import { directImports } from '../parts/heaviest-import.ts';
import { projectPath } from '../parts/project-path.ts';
import { importStatements, statementThatImports } from '../source/import-statements.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { importPath } from './import-path.ts';
import { isWaiting } from './is-waiting.ts';
import { otherImporters } from './other-importers.ts';
import { isMuchMemory, isWorthTelling, workOf } from './worth-telling.ts';

/** What loading a conftest costs, and for which of its imports. Every run pays it, also one of a single test. */
export const heavyConftest: FindCause = (input) => {
  const { profile, runs, readSource } = input;
  const run = detailRun(runs);
  if (run === undefined) return [];
  const { recording } = run;
  const show = projectPath(profile.root);
  const direct = directImports(recording.imports);
  return recording.conftests
    .filter(
      (conftest) =>
        (isWorthTelling(workOf(conftest, run), run) || isMuchMemory(conftest.memoryBytes, run)) &&
        !isWaiting(conftest, run),
    )
    .map((conftest) => {
      const path = show(conftest.path);
      const rows = [...(direct.get(conftest.path) ?? [])].sort(
        (left, right) => right.record.wallMs - left.record.wallMs,
      );
      const first =
        rows[0] !== undefined && rows[0].record.wallMs >= 0.3 * conftest.wallMs ? rows[0] : undefined;
      const way = first && importPath(recording, first.index, profile.root);
      const statement =
        first && statementThatImports(importStatements(readSource(conftest.path) ?? ''), first.record.module);
      const imported = way?.culprit.module;
      const others = first === undefined ? [] : otherImporters(conftest.path, first.record.module, input);
      const importsMs = rows.reduce((sum, { record }) => sum + record.wallMs, 0);
      return {
        id: 'heavy-conftest' as const,
        message: `${path} takes ${formatDuration(conftest.wallMs)} of ${formatDuration(run.wallMs)}${
          way === undefined
            ? ''
            : `, ${formatDuration(way.culprit.wallMs)} of it for \`import ${way.culprit.module}\``
        }`,
        certainty: way === undefined ? ('certain' as const) : ('likely' as const),
        savesMs: way?.culprit.wallMs ?? conftest.wallMs,
        savesBytes: Math.max(0, way?.culprit.memoryBytes ?? conftest.memoryBytes),
        evidence: [
          `${path}: ${formatDuration(conftest.wallMs)} wall, ${formatDuration(conftest.cpuMs)} CPU, ${formatBytes(conftest.memoryBytes)}`,
          ...(way === undefined || way.chain.length < 2
            ? []
            : [`imported by way of ${way.chain.map(({ module }) => module).join(' -> ')}`]),
          `its own lines: ${formatDuration(Math.max(0, conftest.wallMs - importsMs))}, its imports: ${formatDuration(importsMs)}${mostOf(rows)}`,
          ...(others.length === 0
            ? []
            : [
                `imported by ${counted(others.length, 'test file')} too, such as ${others[0]}: a full run pays for it there if it is moved here alone`,
              ]),
        ],
        fix:
          imported === undefined
            ? 'move what it does at module level into fixtures'
            : `move \`import ${imported}\` into the fixture that uses it`,
        location: { path, ...(statement !== undefined && { line: statement.line }) },
      };
    });
};

function mostOf(rows: readonly { readonly record: ImportRecord }[]): string {
  const named = rows.slice(0, 3).map(({ record }) => `${record.module} ${formatDuration(record.wallMs)}`);
  return named.length < 2 ? '' : ` (${named.join(', ')}${rows.length > 3 ? ', ...' : ''})`;
}
