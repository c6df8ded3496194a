import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { UsageError, nearestName, writeFileAtomically } from '@seaworthy/scenario';
import type { Baseline } from './baseline.ts';
import type { Arc } from './import-report.ts';

const VIEWS = ['import-time', 'all', 'runtime'] as const;
const LANGUAGES = ['python', 'typescript'] as const;
const KEYS = ['schema', 'language', 'view', 'roots', 'cycles'] as const;

/**
 * Reads a baseline.
 *
 * @throws UsageError that names the file and what is wrong in it.
 */
export async function readBaseline(file: string): Promise<Baseline> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(
      'BASELINE_UNREADABLE',
      missing
        ? `There is no baseline ${file}: write one first, or correct the path`
        : `Cannot read the baseline ${file}: ${(error as Error).message}`,
      { cause: error },
    );
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw malformed(file, `it is no JSON (${(error as Error).message})`, error);
  }
  return { ...parseBaseline(file, data), file };
}

/**
 * Writes a baseline in one step: whoever reads the file meanwhile finds the old one or the new one, whole. Folders above it
 * are made; a symbolic link and the permissions stay as they are.
 *
 * @throws UsageError `CANNOT_WRITE` that names the file and why.
 */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  await writeFileAtomically(file, formatBaseline(file, baseline));
}

/** A line for each module, so that a change shows in a diff and two branches merge. */
function formatBaseline(file: string, baseline: Baseline): string {
  const folder = dirname(resolve(file));
  const roots = baseline.roots
    ?.map((root) => relative(folder, root).replaceAll('\\', '/') || '.')
    .map((root) => JSON.stringify(root));
  const lines = [...Map.groupBy(baseline.arcs, ({ from }) => from)].map(
    ([from, arcs]) => `    ${JSON.stringify(from)}: ${JSON.stringify(arcs.map(({ to }) => to))}`,
  );
  const body = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
  return `{
  "schema": 1,
  "language": ${JSON.stringify(baseline.language)},
  "view": ${JSON.stringify(baseline.view)},${roots === undefined ? '' : `\n  "roots": [${roots.join(', ')}],`}
  "cycles": ${body}
}
`;
}

function parseBaseline(file: string, data: unknown): Baseline {
  if (!isRecord(data)) throw malformed(file, 'expected an object');
  for (const key of Object.keys(data)) {
    if (KEYS.some((known) => known === key)) continue;
    const nearest = nearestName(key, KEYS);
    const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
    throw malformed(file, `it has an unknown key ${JSON.stringify(key)}${hint}`);
  }
  if (data['schema'] !== 1)
    throw malformed(file, `expected "schema": 1, got ${JSON.stringify(data['schema'])}`);
  const language = LANGUAGES.find((name) => name === data['language']);
  if (language === undefined) throw malformed(file, expected('language', LANGUAGES, data['language']));
  const view = VIEWS.find((name) => name === data['view']);
  if (view === undefined) throw malformed(file, expected('view', VIEWS, data['view']));
  const { roots } = data;
  if (roots !== undefined && !(Array.isArray(roots) && roots.every((root) => typeof root === 'string'))) {
    throw malformed(file, 'expected "roots" to be a list of folders');
  }
  const cycles = data['cycles'];
  if (!isRecord(cycles)) throw malformed(file, 'expected "cycles" to be an object of lists of module names');
  const arcs = Object.entries(cycles).flatMap(([from, targets]): Arc[] => {
    if (!Array.isArray(targets) || !targets.every((to) => typeof to === 'string')) {
      throw malformed(file, `expected "cycles" ${JSON.stringify(from)} to be a list of module names`);
    }
    return targets.map((to) => ({ from, to }));
  });
  return {
    schema: 1,
    language,
    view,
    arcs,
    ...(roots === undefined ? {} : { roots: roots.map((root) => resolve(dirname(file), root)) }),
  };
}

function expected(key: string, values: readonly string[], got: unknown): string {
  return `expected "${key}" to be one of ${values.join(', ')}, got ${JSON.stringify(got)}`;
}

function malformed(file: string, reason: string, cause?: unknown): UsageError {
  return new UsageError(
    'BASELINE_MALFORMED',
    `The baseline ${file} is malformed: ${reason}. Repair it, or write a new one`,
    cause === undefined ? undefined : { cause },
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
