import type { SourceLocation } from '@seaworthy/scenario';
import type {
  CauseId,
  CollectionProfile,
  FileCost,
  ImportCost,
  PluginCost,
  ProfileCause,
  ProfileNode,
  SmallestLimit,
  WorkerEstimate,
} from '../../model/collection-profile.ts';
import { collectionError, outcomeKind, outcomeShape } from './outcome-shape.ts';
import { runShape } from './run-shape.ts';
import { choice, figure, flag, list, maybe, record, recursive, type Shape, text } from './shape.ts';

const location: Shape<SourceLocation> = record<SourceLocation>({
  path: text,
  line: maybe(figure),
  column: maybe(figure),
});

const node: Shape<ProfileNode> = recursive((self) =>
  record<ProfileNode>({
    name: text,
    kind: choice('folder', 'file', 'class', 'other'),
    path: maybe(text),
    wallMs: figure,
    cpuMs: figure,
    memoryBytes: figure,
    items: figure,
    errors: figure,
    unfinished: maybe(flag),
    parts: maybe(
      record<NonNullable<ProfileNode['parts']>>({ rewriteMs: figure, execMs: figure, importMs: figure }),
    ),
    children: list(self),
  }),
);

const file: Shape<FileCost> = record<FileCost>({
  path: text,
  wallMs: figure,
  cpuMs: figure,
  memoryBytes: figure,
  items: figure,
  deselected: figure,
  rewriteMs: figure,
  execMs: figure,
  unfinished: maybe(flag),
  heaviestImport: maybe(record<NonNullable<FileCost['heaviestImport']>>({ module: text, wallMs: figure })),
});

const imported: Shape<ImportCost> = record<ImportCost>({
  module: text,
  path: maybe(text),
  wallMs: figure,
  selfMs: figure,
  memoryBytes: figure,
  chain: list(text),
  location: maybe(location),
});

const plugin: Shape<PluginCost> = record<PluginCost>({
  name: text,
  origin: choice('builtin', 'entry-point', 'conftest', 'command-line', 'other'),
  distribution: maybe(text),
  version: maybe(text),
  importMs: figure,
  hooksMs: maybe(figure),
  memoryBytes: figure,
  hooks: list(record<PluginCost['hooks'][number]>({ hook: text, calls: figure, wallMs: figure })),
  without: maybe(
    record<NonNullable<PluginCost['without']>>({
      savedMs: figure,
      lowMs: figure,
      highMs: figure,
      savedBytes: figure,
      sameTests: flag,
      by: maybe(choice('wall', 'cpu')),
    }),
  ),
});

const cause: Shape<ProfileCause> = record<ProfileCause>({
  // A later version may know more causes: any name is read.
  id: text as Shape<CauseId>,
  message: text,
  certainty: choice('certain', 'likely'),
  savesMs: maybe(figure),
  savesBytes: maybe(figure),
  evidence: list(text),
  fix: text,
  location: maybe(location),
});

const smallestLimit: Shape<SmallestLimit> = record<SmallestLimit>({
  passes: figure,
  fails: maybe(figure),
  confirmed: maybe(flag),
  tried: list(record<SmallestLimit['tried'][number]>({ bytes: figure, passed: flag, outcome: outcomeKind })),
});

/** What a saved profile holds; the order of its keys is the order in which they are written. */
export const profileShape: Shape<CollectionProfile> = record<CollectionProfile>({
  schemaVersion: choice(1),
  root: text,
  takenAt: text,
  python: record<CollectionProfile['python']>({ version: text, executable: text }),
  pytest: record<CollectionProfile['pytest']>({ version: text, rootdir: text, inifile: maybe(text) }),
  command: text,
  runner: maybe(text),
  outcome: outcomeShape,
  tests: record<CollectionProfile['tests']>({
    found: figure,
    deselected: figure,
    files: figure,
    hash: maybe(text),
  }),
  runs: record<CollectionProfile['runs']>({ cold: maybe(runShape), warm: maybe(runShape) }),
  smallestLimit: maybe(smallestLimit),
  workers: maybe(
    record<WorkerEstimate>({ limit: figure, origin: text, perWorker: figure, largest: figure, cpus: figure }),
  ),
  causes: list(cause),
  errors: list(collectionError),
  recorderFaults: maybe(list(text)),
  plugins: list(plugin),
  conftests: list(file),
  imports: list(imported),
  files: list(file),
  tree: node,
});
