import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ImportGraph } from '../../src/model/import-graph.ts';
import { readImport } from '../../src/model/read-import.ts';

/** Writes files into a folder of its own, which is removed when the test ends. Paths and texts, or paths of empty files. */
export function projectFolder(files: Readonly<Record<string, string>> | readonly string[]): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'python-project-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entries = Array.isArray(files)
    ? (files as readonly string[]).map((path) => [path, ''] as const)
    : Object.entries(files as Readonly<Record<string, string>>);
  for (const [path, text] of entries) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** `from -> to` of every import, in the order of the table; the kind behind it where it is not `module`. */
export function edgesOf(graph: ImportGraph): string[] {
  return Array.from({ length: graph.imports.count }, (_, row) => {
    const { from, to, kind } = readImport(graph, row);
    return `${from.name} -> ${to.name}${kind === 'module' ? '' : ` (${kind})`}`;
  });
}

/** Names of all modules. */
export function namesOf(graph: ImportGraph): string[] {
  return graph.modules.map(({ name }) => name);
}

/** `kind path` of all problems. */
export function problemsOf(graph: ImportGraph): string[] {
  return graph.problems.map(({ kind, path }) => `${kind} ${path}`);
}
