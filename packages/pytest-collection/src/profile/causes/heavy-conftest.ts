import { counted, formatBytes, formatDuration } from '../../formats/quantity.ts';
import type { ImportRecord } from '../../model/recording.ts';
import { directImports } from '../parts/heaviest-import.ts';
import { importWork } from '../parts/import-work.ts';
import { projectPath } from '../parts/project-path.ts';
import { type ImportStatement, importStatements, statementThatImports } from '../source/import-statements.ts';
import { optionalImport } from '../source/optional-import.ts';
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
      const source = readSource(conftest.path) ?? '';
      const statement = first && statementThatImports(importStatements(source), first.record.module);
      const importMs = way && importWork(way.culprit).wallMs;
      const imported = way?.culprit.module;
      const others = first === undefined ? [] : otherImporters(conftest.path, first.record.module, input);
      const importsMs = rows.reduce((sum, { record }) => sum + record.wallMs, 0);
      return {
        id: 'heavy-conftest' as const,
        message: `${path} takes ${formatDuration(conftest.wallMs)} of ${formatDuration(run.wallMs)}${
          way === undefined || importMs === undefined
            ? ''
            : `, ${formatDuration(importMs)} of it for \`import ${way.culprit.module}\``
        }`,
        certainty: way === undefined ? ('certain' as const) : ('likely' as const),
        savesMs: importMs ?? conftest.wallMs,
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
            : (withoutImporting(source, statement) ??
              `move \`import ${imported}\` into the fixture that uses it`),
        location: { path, ...(statement !== undefined && { line: statement.line }) },
      };
    });
};

/** What to do about an import that is tried at module level, for a flag or for collect_ignore: it cannot be moved. */
function withoutImporting(source: string, statement: ImportStatement | undefined): string | undefined {
  if (statement === undefined) return undefined;
  const { module, line } = statement;
  const tried = optionalImport(source, line, module);
  if (tried === undefined) return undefined;
  const ask = `ask importlib.util.find_spec("${module.split('.')[0]}") whether it is installed, which does not import it`;
  return tried.isUsed ? `${ask}, and import it in the fixture that uses it` : ask;
}

function mostOf(rows: readonly { readonly record: ImportRecord }[]): string {
  const named = rows.slice(0, 3).map(({ record }) => `${record.module} ${formatDuration(record.wallMs)}`);
  return named.length < 2 ? '' : ` (${named.join(', ')}${rows.length > 3 ? ', ...' : ''})`;
}
