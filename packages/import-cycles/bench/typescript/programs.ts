import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { FoundGraph, FoundGraphs } from './found-graph.ts';
import type { Peers } from './peers.ts';

/** A program to measure. */
export interface Program {
  readonly name: string;
  /** Its npm package among the peers; undefined for ours. */
  readonly packageName?: string;
  /** Analyses the working folder. */
  command(outputFile: string): readonly string[];
  /** Reads what it found out of its standard output or the file it was to write. */
  read(files: { readonly stdout: string; readonly outputFile: string }, corpus: string): FoundGraphs;
}

const EXTENSIONS = 'ts,tsx,mts,cts,js,jsx,mjs,cjs';
const DRIVERS = join(import.meta.dirname, 'drivers');

export function programs(peers: Peers): readonly Program[] {
  const bin = (name: string): string[] => [process.execPath, join(peers.modules, '.bin', name)];
  const ours = [
    '--conditions=@seaworthy/source',
    '--disable-warning=ExperimentalWarning',
    join(DRIVERS, 'seaworthy.ts'),
  ];
  const revDep = `@rev-dep/${process.platform}-${process.arch}`;
  const dpdm = (name: string, imports: keyof FoundGraphs, flags: readonly string[]): Program => ({
    name,
    packageName: 'dpdm',
    command: (file) => [
      ...bin('dpdm'),
      ...flags,
      ...[
        '--no-tree',
        '--no-warning',
        '--no-circular',
        '--no-progress',
        '--tsconfig',
        'tsconfig.json',
        '-o',
        file,
      ],
      `**/*.{${EXTENSIONS}}`,
    ],
    read: ({ outputFile }, corpus) => ({ [imports]: dpdmGraph(json(outputFile), corpus) }),
  });
  return [
    {
      name: 'seaworthy',
      command: (file) => [process.execPath, ...ours, file],
      read: ({ outputFile }) => json(outputFile) as FoundGraphs,
    },
    {
      name: 'madge',
      packageName: 'madge',
      command: () => [
        ...bin('madge'),
        '--json',
        '--extensions',
        EXTENSIONS,
        '--ts-config',
        'tsconfig.json',
        '.',
      ],
      read: ({ stdout }) => ({ all: adjacency(json(stdout) as Record<string, string[]>) }),
    },
    dpdm('dpdm', 'all', []),
    dpdm('dpdm --transform', 'executed', ['--transform']),
    {
      name: 'dependency-cruiser',
      packageName: 'dependency-cruiser',
      command: () => [
        ...bin('depcruise'),
        ...['--no-config', '--ts-pre-compilation-deps', '--ts-config', 'tsconfig.json'],
        ...['--exclude', 'node_modules', '--output-type', 'json', '.'],
      ],
      read: ({ stdout }) => ({ all: cruiserGraph(json(stdout)) }),
    },
    {
      name: 'skott',
      packageName: 'skott',
      command: (file) => [process.execPath, join(DRIVERS, 'skott.ts'), peers.modules, file],
      read: ({ outputFile }) => ({ all: adjacency(json(outputFile) as Record<string, string[]>) }),
    },
    {
      name: 'rev-dep (Go)',
      packageName: revDep,
      // Its launcher cuts off output above a mebibyte.
      command: () => [join(peers.modules, revDep, 'bin/rev-dep'), 'debug', 'get-tree-for-cwd'],
      read: ({ stdout }, corpus) => ({ all: revDepGraph(json(stdout), corpus) }),
    },
  ];
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function adjacency(graph: Readonly<Record<string, readonly string[]>>): FoundGraph {
  return {
    modules: Object.keys(graph),
    imports: Object.entries(graph).flatMap(([from, targets]) => targets.map((to) => [from, to] as const)),
  };
}

function dpdmGraph(output: unknown, corpus: string): FoundGraph {
  const { tree } = output as { tree: Record<string, readonly { id: string | null }[] | null> };
  const nameOf = (path: string): string => relative(corpus, resolve(corpus, path));
  return adjacency(
    Object.fromEntries(
      Object.entries(tree).map(([from, targets]) => [
        nameOf(from),
        (targets ?? []).flatMap(({ id }) => (id === null ? [] : [nameOf(id)])),
      ]),
    ),
  );
}

function cruiserGraph(output: unknown): FoundGraph {
  const { modules } = output as {
    modules: readonly { source: string; dependencies: readonly { resolved: string }[] }[];
  };
  return adjacency(
    Object.fromEntries(
      modules.map((each) => [each.source, each.dependencies.map(({ resolved }) => resolved)]),
    ),
  );
}

function revDepGraph(output: unknown, corpus: string): FoundGraph {
  const tree = output as Record<string, readonly { id: string }[] | null>;
  return adjacency(
    Object.fromEntries(
      Object.entries(tree).map(([from, targets]) => [
        relative(corpus, from),
        (targets ?? []).map(({ id }) => (id === '' ? '' : relative(corpus, id))),
      ]),
    ),
  );
}
