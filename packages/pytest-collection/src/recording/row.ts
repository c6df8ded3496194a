/**
 * The rows that python/seaworthy_collect writes, by their kind (`k`). Times are microseconds of the shared monotonic
 * clock, memory is in bytes. A `?` marks what may be missing or null.
 */
const ROWS = {
  python: {
    t: 'number',
    executable: 'text',
    version: 'text',
    implementation: 'text',
    pid: 'number',
    nobc: 'flag',
  },
  'no-pytest': { t: 'number', message: 'text' },
  /** Begins a phase. */
  phase: { t: 'number', name: 'text', cpu: 'number', rss: 'number', hwm: 'number?', gc: 'numbers' },
  /** At the exit of the interpreter. */
  last: { t: 'number', cpu: 'number', rss: 'number', hwm: 'number?', gc: 'numbers' },
  pytest: {
    version: 'text',
    pluggy: 'text',
    rootdir: 'text',
    inifile: 'text?',
    testpaths: 'texts',
    args: 'texts',
    plugins: 'rows',
  },
  plugins: { plugins: 'rows' },
  /** A collector is entered: index, that of its parent, class, node id, path. */
  o: { i: 'number', p: 'number', c: 'text', n: 'text', t: 'number', f: 'text?' },
  /** It ended: time, CPU so far, resident memory; wall, CPU, growth, gc runs, gc time of its own; outcome, tests. */
  c: {
    i: 'number',
    e: 'number',
    a: 'number',
    r: 'number',
    w: 'number',
    u: 'number',
    m: 'number',
    g: 'number',
    gt: 'number',
    x: 'text',
    q: 'number',
  },
  /** One that is neither file nor folder, when it has ended. */
  oc: {
    i: 'number',
    p: 'number',
    c: 'text',
    n: 'text',
    t: 'number',
    w: 'number',
    u: 'number',
    m: 'number',
    g: 'number',
    gt: 'number',
    x: 'text',
    q: 'number',
  },
  /** A conftest begins. */
  fo: { f: 'text', t: 'number' },
  /** A conftest has ended: start, end, CPU, growth, resident memory. */
  fc: { f: 'text', t: 'number', e: 'number', u: 'number', m: 'number', r: 'number', bad: 'flag' },
  /** An import, when it has ended. */
  i: {
    i: 'number',
    p: 'number',
    n: 'text',
    f: 'text?',
    t: 'number',
    w: 'number',
    u: 'number',
    m: 'number',
    /** Collections of garbage meanwhile. */
    g: 'number?',
    /** Of its own, without imports below it and collections of garbage. */
    s: 'number?',
    in: 'text?',
  },
  /** The code of a test module: from bytecode, written, rewriting, executing. */
  s: { f: 'text', h: 'flag', wr: 'flag', rw: 'number', ex: 'number' },
  /** A plugin's hook, over the whole run. */
  h: { p: 'text', h: 'text', n: 'number', w: 'number', m: 'number' },
  e: { n: 'text', f: 'text?', in: 'text?', l: 'number?', x: 'text', m: 'text', tb: 'text' },
  items: { found: 'number', left: 'number', hash: 'text', sorted: 'text', files: 'lists' },
  /** An exception is on its way up that ends the run. */
  broke: { t: 'number', importing: 'text?' },
  stop: { t: 'number', why: 'text', reason: 'text', traceback: 'text?', f: 'text?', l: 'number?' },
  ended: { t: 'number', status: 'number' },
  /** Something could not be recorded, by the recorder's own fault or for want of something in pytest or Python. */
  fault: { what: 'text', traceback: 'text?' },
  left: { t: 'number', threads: 'rows', children: 'rows', descriptors: 'number' },
} as const;

interface Fields {
  number: number;
  'number?': number | undefined;
  text: string;
  'text?': string | undefined;
  /** Written as 0 and 1, or false and true. */
  flag: boolean;
  numbers: readonly number[];
  texts: readonly string[];
  rows: readonly Readonly<Record<string, unknown>>[];
  lists: readonly (readonly unknown[])[];
}

type Kind = keyof typeof ROWS;
type RowOf<K extends Kind> = { readonly k: K } & {
  readonly [F in keyof (typeof ROWS)[K]]: Fields[(typeof ROWS)[K][F] & keyof Fields];
};

export type Row = { [K in Kind]: RowOf<K> }[Kind];

/** A row, where a line is one: whole, of a kind that is known, and with all that belongs to it. */
export function parseRow(line: string): Row | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const kind = value['k'];
  if (typeof kind !== 'string' || !Object.hasOwn(ROWS, kind)) return undefined;
  const row: Record<string, unknown> = { k: kind };
  for (const [name, type] of Object.entries<keyof Fields>(ROWS[kind as Kind])) {
    const field = read(type, value[name]);
    if (field === undefined && !type.endsWith('?')) return undefined;
    row[name] = field;
  }
  return row as unknown as Row;
}

function read(type: keyof Fields, value: unknown): Fields[keyof Fields] {
  switch (type) {
    case 'number':
    case 'number?':
      return isNumber(value) ? value : undefined;
    case 'text':
    case 'text?':
      return typeof value === 'string' ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : isNumber(value) ? value !== 0 : undefined;
    case 'numbers':
      return Array.isArray(value) && value.every(isNumber) ? value : undefined;
    case 'texts':
      return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : undefined;
    case 'rows':
      return Array.isArray(value) && value.every(isRecord) ? value : undefined;
    case 'lists':
      return Array.isArray(value) && value.every((part) => Array.isArray(part)) ? value : undefined;
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
