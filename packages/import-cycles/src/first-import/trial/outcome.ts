import { relative, sep } from 'node:path';
import type { ImportGraph } from '../../model/import-graph.ts';
import type { FirstImport, FirstImportError } from '../../report/import-report.ts';
import { importChain } from '../import-chain.ts';

interface TracedFrame {
  readonly module: string;
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** Where the tried modules lie, where they were copied from, and which of their files are the project's. */
export interface TriedPlace {
  readonly graph: ImportGraph;
  /** Folder that took the place of `graph.base`. */
  readonly base: string;
  /** Of all modules. */
  readonly names: ReadonlySet<string>;
}

/** @param base folder that took the place of `graph.base` */
export function triedPlace(graph: ImportGraph, base: string): TriedPlace {
  return { graph, base, names: new Set(graph.modules.map(({ name }) => name)) };
}

/** Reads what `python/first_import.py` wrote about one module. */
export function readOutcome(text: string, module: string, place: TriedPlace): FirstImport {
  const { graph, base, names } = place;
  const [outcome, type = '', message = '', wanted = '', where = '', trace = ''] = text.split('\0');
  if (outcome === 'ok') return { module, outcome: 'ok', found: 'tried' };
  const frames = trace === '' ? [] : trace.split('\n').map(readFrame);
  const own = frames.filter(({ file }) => isBelow(file, base));
  const deepest = own.at(-1);
  const colon = where.lastIndexOf(':');
  const at = colon > 0 && isBelow(where.slice(0, colon), base)
    ? { file: where.slice(0, colon), line: Number(where.slice(colon + 1)) }
    : deepest; // prettier-ignore
  const error: FirstImportError = {
    type,
    message: message.replaceAll(base, graph.base),
    ...(at && { path: relative(base, at.file).split(sep).join('/'), line: at.line }),
  };
  return {
    module,
    outcome: 'crash',
    error,
    found: 'tried',
    chain: importChain(graph, stepsOf(own, wanted, names)),
  };
}

function readFrame(line: string): TracedFrame {
  const [module = '', file = '', number = '0', code = ''] = line.split('\x01');
  return { module, file, line: Number(number), code };
}

function isBelow(file: string, base: string): boolean {
  return file.startsWith(base + sep);
}

function stepsOf(
  frames: readonly TracedFrame[],
  wanted: string,
  names: ReadonlySet<string>,
): { from: string; to: string; line: number }[] {
  const steps: { from: string; to: string; line: number }[] = [];
  frames.forEach(({ module, line }, index) => {
    const next = frames[index + 1];
    if (next?.code === '<module>') steps.push({ from: module, to: next.module, line });
    else if (next === undefined && names.has(wanted)) steps.push({ from: module, to: wanted, line });
  });
  return steps;
}
