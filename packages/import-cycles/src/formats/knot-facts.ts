import type { FirstImport, ImportReport, Knot } from '../report/import-report.ts';
import { counted } from './counted.ts';

/** What happens when the modules of a knot are imported first. */
export function firstImportsIn(report: ImportReport, knot: Knot): readonly FirstImport[] {
  const modules = new Set(knot.modules);
  return report.firstImports.filter(({ module }) => modules.has(module));
}

/** The module names of the witness, the first one repeated last. */
export function witnessNames(knot: Knot): string[] {
  return [...knot.witness.map(({ from }) => from), knot.witness[0]!.from];
}

/** `a → b → a`. */
export function cycleLine(names: readonly string[], most = 12): string {
  const shown =
    names.length <= most
      ? names
      : [
          ...names.slice(0, most - 4),
          `… ${counted(names.length - most + 1, 'module')} …`,
          ...names.slice(-3),
        ];
  return shown.join(' → ');
}

/** One sentence about a knot. */
export function knotSentence(knot: Knot): string {
  return knot.modules.length === 1
    ? `${knot.modules[0]} imports itself`
    : `${counted(knot.modules.length, 'module')} import each other`;
}

/** How good the imports to move are, as a phrase. */
export function proofPhrase(knot: Knot): string {
  const { proof, lowerBound } = knot.minimum;
  if (proof === 'exact') return 'proven fewest';
  return `at least ${lowerBound.toLocaleString('en-GB')} must move`;
}

/** How an outcome is known, and what that rests on. */
export function howKnown({ found, assumption }: FirstImport): string {
  return assumption === undefined ? found : `${found}, not certain: ${assumption}`;
}

/** Whether an outcome rests on the source (or on a trial) alone. */
export function isCertain({ assumption }: FirstImport): boolean {
  return assumption === undefined;
}

/** The error of a crash on one line; paths of the project as in the rest of the report. */
export function errorText({ error }: FirstImport, base: string): string {
  return error === undefined ? 'crashes' : `${error.type}: ${error.message.replaceAll(`${base}/`, '')}`;
}
