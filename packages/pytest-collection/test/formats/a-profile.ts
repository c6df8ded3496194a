import type {
  CollectionProfile,
  FileCost,
  PluginCost,
  ProfileNode,
  RunFigures,
} from '../../src/model/collection-profile.ts';
import type { PhaseName, PhaseRecord } from '../../src/model/recording.ts';

const MB = 1_000_000;

/** A small project that collects well: what a test wants different is given. */
export function aProfile(different: Partial<CollectionProfile> = {}): CollectionProfile {
  return {
    schemaVersion: 1,
    root: '/code/shop',
    takenAt: '2026-11-24T10:00:00.000Z',
    python: { version: '3.12.1', executable: '/usr/bin/python3' },
    pytest: { version: '9.0.3', rootdir: '/code/shop', inifile: '/code/shop/pyproject.toml' },
    command: 'python3 -m pytest --collect-only tests',
    outcome: { kind: 'finished' },
    tests: { found: 1204, deselected: 4, files: 12, hash: 'a1'.repeat(32) },
    runs: { cold: aRun(1.9), warm: aRun(1) },
    tree: shopTree(),
    files: [
      aFile('tests/prices/test_tax.py', 420, { heaviestImport: { module: 'pandas', wallMs: 380 } }),
      aFile('tests/cart/test_cart.py', 180),
      aFile('tests/cart/test_coupon.py', 61),
    ],
    conftests: [aFile('tests/conftest.py', 340, { items: 0 })],
    imports: [
      {
        module: 'pandas',
        path: '/usr/lib/python3/dist-packages/pandas/__init__.py',
        wallMs: 380,
        selfMs: 45,
        memoryBytes: 41 * MB,
        chain: ['tests/prices/test_tax.py', 'shop.prices', 'pandas'],
        location: { path: 'tests/prices/test_tax.py', line: 3 },
      },
      {
        module: 'sqlalchemy',
        wallMs: 210,
        selfMs: 32,
        memoryBytes: 12 * MB,
        chain: ['tests/conftest.py', 'sqlalchemy'],
      },
    ],
    plugins: [
      aPlugin('xdist', { hooksMs: 3.2, importMs: 48, distribution: 'pytest-xdist', version: '3.8.0' }),
      aPlugin('html', {
        importMs: 121,
        hooksMs: 12,
        hooks: [{ hook: 'pytest_collection_modifyitems', calls: 1, wallMs: 11 }],
        without: { savedMs: 130, lowMs: 112, highMs: 151, savedBytes: 6 * MB, sameTests: true },
      }),
    ],
    errors: [],
    causes: [
      {
        id: 'heavy-import',
        message: 'tests/prices/test_tax.py takes 420 ms of 1.4 s, 380 ms of it for `import pandas`',
        certainty: 'certain',
        savesMs: 380,
        savesBytes: 41 * MB,
        evidence: ['pandas is imported by shop.prices, which tests/prices/test_tax.py imports in line 3'],
        fix: 'Import pandas inside the function that uses it (shop/prices.py:7)',
        location: { path: 'tests/prices/test_tax.py', line: 3 },
      },
      {
        id: 'expensive-plugin',
        message: 'The plugin html takes 133 ms, and no test needs it to be collected',
        certainty: 'likely',
        savesMs: 130,
        evidence: [],
        fix: 'Add `-p no:html` to addopts where no report is wanted',
      },
    ],
    smallestLimit: {
      passes: 62 * MB,
      fails: 58 * MB,
      tried: [
        { bytes: 128 * MB, passed: true, outcome: 'finished' },
        { bytes: 58 * MB, passed: false, outcome: 'killed-for-memory' },
        { bytes: 62 * MB, passed: true, outcome: 'finished' },
      ],
    },
    workers: { limit: 512 * MB, origin: '--limit', perWorker: 88 * MB, largest: 4, cpus: 2 },
    ...different,
  };
}

const PHASES: readonly (readonly [PhaseName, wallMs: number, memoryMb: number])[] = [
  ['start-up', 38, 9],
  ['import', 210, 21],
  ['configure', 390, 18],
  ['collect', 610, 33],
  ['modify', 12, 0.4],
  ['report', 31, 0.2],
  ['unconfigure', 88, -2],
  ['exit', 24, -1],
];

/** A run of 1.41 s, or so many times that. */
export function aRun(times = 1, different: Partial<RunFigures> = {}): RunFigures {
  let atMs = 0;
  let bytes = 0;
  const memory: { atMs: number; bytes: number }[] = [];
  const phases = PHASES.map(([name, ms, mb]): PhaseRecord => {
    const wallMs = ms * times;
    for (let step = 0; step < 12; step += 1) {
      memory.push({ atMs: atMs + (wallMs * step) / 12, bytes: Math.round(bytes + (mb * MB * step) / 12) });
    }
    const phase = { name, atMs, wallMs, cpuMs: wallMs * 0.93, memoryBytes: Math.round(mb * MB) };
    atMs += wallMs;
    bytes += mb * MB;
    return phase;
  });
  const wallMs = atMs + 7;
  const spans = phases.map(({ name, atMs: fromMs, wallMs: ms }) => ({
    name: name as string,
    fromMs,
    toMs: fromMs + ms,
  }));
  return {
    wallMs,
    cpuMs: wallMs * 0.92,
    peak: {
      bytes: 84 * MB,
      source: 'cgroup-v2',
      processes: [{ pid: 12, command: 'python3', bytes: 83 * MB }],
    },
    phases,
    spans: [...spans, { name: 'teardown', fromMs: atMs, toMs: wallMs }],
    pytestSaysMs: 660 * times,
    memory,
    gcMs: 41 * times,
    bytecodeHits: times > 1.5 ? 0 : 13,
    bytecodeMisses: times > 1.5 ? 13 : 0,
    rewriteMs: times > 1.5 ? 480 : 2,
    ...different,
  };
}

/** A node whose costs are the sum of its children's, beside its own. */
export function aNode(
  kind: ProfileNode['kind'],
  name: string,
  own: Partial<ProfileNode> = {},
  children: readonly ProfileNode[] = [],
): ProfileNode {
  const sum = (key: 'wallMs' | 'cpuMs' | 'memoryBytes' | 'items' | 'errors'): number =>
    children.reduce((total, child) => total + child[key], own[key] ?? 0);
  return {
    ...own,
    name,
    kind,
    wallMs: sum('wallMs'),
    cpuMs: sum('cpuMs'),
    memoryBytes: sum('memoryBytes'),
    items: sum('items'),
    errors: sum('errors'),
    children,
  };
}

/** A file of so many ms, in a fixed relation of its other costs. */
export function aFileNode(name: string, wallMs: number, children: readonly ProfileNode[] = []): ProfileNode {
  return aNode(
    'file',
    name,
    {
      wallMs,
      cpuMs: wallMs * 0.9,
      memoryBytes: Math.round(wallMs * 50_000),
      items: 10,
      path: name,
      parts: { rewriteMs: wallMs * 0.2, execMs: wallMs * 0.3, importMs: wallMs * 0.4 },
    },
    children,
  );
}

function shopTree(): ProfileNode {
  const coupon = aNode('class', 'TestCoupon', { wallMs: 24, cpuMs: 24, memoryBytes: 400_000, items: 700 });
  const few = Array.from({ length: 8 }, (_, at) => aFileNode(`test_few_${at}.py`, 1 + at / 4));
  return aNode('folder', '', { wallMs: 4, cpuMs: 4 }, [
    aNode('folder', 'tests', { wallMs: 9, cpuMs: 7 }, [
      aNode('folder', 'prices', { wallMs: 2, cpuMs: 2 }, [aFileNode('test_tax.py', 420)]),
      aNode('folder', 'cart', { wallMs: 2, cpuMs: 2 }, [
        aFileNode('test_cart.py', 180),
        aFileNode('test_coupon.py', 37, [coupon]),
      ]),
      aNode('folder', 'few', {}, few),
    ]),
  ]);
}

export function aFile(path: string, wallMs: number, different: Partial<FileCost> = {}): FileCost {
  return {
    path,
    wallMs,
    cpuMs: wallMs * 0.9,
    memoryBytes: Math.round(wallMs * 50_000),
    items: 10,
    deselected: 0,
    rewriteMs: wallMs * 0.2,
    execMs: wallMs * 0.7,
    ...different,
  };
}

export function aPlugin(name: string, different: Partial<PluginCost> = {}): PluginCost {
  return { name, origin: 'entry-point', importMs: 10, memoryBytes: MB, hooks: [], ...different };
}

/** Names that try to get out of every format. */
export const HOSTILE: readonly string[] = [
  '</script><img src=x onerror="document.title=\'owned\'">',
  '<!--<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  'esc\u001b[31mred\u001b[0m',
  "'\\&lt;`code`|cell [link](javascript:alert(1))",
  'line\nend\r\n::error::x',
  'bidi\u202egnp.py',
  '試験/größe😀.py',
];

/** The same names wherever a profile holds a text from outside. */
export function hostileProfile(): CollectionProfile {
  const named = <Value>(make: (name: string) => Value): Value[] => HOSTILE.map(make);
  const tree = aNode('folder', HOSTILE[0]!, {}, [
    ...named((name) => aFileNode(name, 100, [aNode('class', name, { wallMs: 20, errors: 1 })])),
  ]);
  return aProfile({
    root: `/code/${HOSTILE[1]!.replaceAll('/', '')}`,
    command: `pytest ${HOSTILE.join(' ')}`,
    tree,
    files: named((path) => aFile(path, 100, { heaviestImport: { module: path, wallMs: 40 } })),
    conftests: named((path) => aFile(path, 90)),
    imports: named((module) => ({
      module,
      wallMs: 50,
      selfMs: 20,
      memoryBytes: MB,
      chain: [...HOSTILE, module],
    })),
    plugins: named((name) =>
      aPlugin(name, {
        importMs: 9,
        distribution: name,
        version: name,
        hooks: [{ hook: name, calls: 2, wallMs: 9 }],
      }),
    ),
    errors: named((name) => ({
      nodeId: name,
      path: name,
      line: 3,
      type: name,
      message: name,
      traceback: `${name}\n  ${name}`,
    })),
    causes: named((name) => ({
      id: 'heavy-import',
      message: name,
      certainty: 'likely',
      evidence: [name],
      fix: name,
      location: { path: name, line: 1 },
    })),
    outcome: {
      kind: 'plugin-failure',
      message: HOSTILE[0]!,
      traceback: HOSTILE.join('\n'),
      path: HOSTILE[2]!,
    },
  });
}

/** So many files in folders of a hundred, each with two classes. */
export function largeProfile(count: number): CollectionProfile {
  const file = (at: number): ProfileNode =>
    aFileNode(`test_${String(at).padStart(5, '0')}.py`, 1 + ((at * 7919) % 97) / 10, [
      aNode('class', 'TestOne', { wallMs: 0.6, cpuMs: 0.6, memoryBytes: 20_000, items: 5 }),
      aNode('class', 'TestTwo', { wallMs: 0.3, cpuMs: 0.3, memoryBytes: 10_000, items: 5 }),
    ]);
  const folders = Array.from({ length: Math.ceil(count / 100) }, (_, at) =>
    aNode(
      'folder',
      `part_${String(at).padStart(3, '0')}`,
      { wallMs: 1 },
      Array.from({ length: Math.min(100, count - at * 100) }, (_item, below) => file(at * 100 + below)),
    ),
  );
  const files = folders
    .flatMap((folder) =>
      folder.children.map((each) => aFile(`tests/${folder.name}/${each.name}`, each.wallMs)),
    )
    .sort((left, right) => right.wallMs - left.wallMs);
  const tree = aNode('folder', '', {}, [aNode('folder', 'tests', {}, folders)]);
  return aProfile({ tree, files, tests: { found: tree.items, deselected: 0, files: count } });
}
