import type { Fault } from '@seaworthy/scenario';
import { formatBytes } from '../../formats/quantity.ts';
import { heavyGrowth, retainedPerRound } from '../repeated-collections/retention.ts';
import { PLUGIN } from '../repeated-collections/tests-with-code.ts';
import type { CollectionLeakObservation } from './collection-leak-observation.ts';
import type { CollectionLeakPlan } from './collection-leak-plan.ts';

type CollectionLeakFault = Fault<CollectionLeakPlan, CollectionLeakObservation>;

/** Enough that their data is more than may stay of it, and that growth shows over their number. */
const FILES = 30;

/** The plan with fewer files: what a fault keeps shows there as well, in a part of the time. */
function smaller(plan: CollectionLeakPlan): CollectionLeakPlan {
  if (plan.tree.kind !== 'simple' || plan.tree.files <= FILES) return plan;
  const { files } = plan.tree;
  return { ...plan, tree: { ...plan.tree, files: FILES }, share: (plan.share * FILES) / files };
}

const withPlugin = (
  plan: CollectionLeakPlan,
  code: (plan: CollectionLeakPlan) => string,
): CollectionLeakPlan => {
  const small = smaller(plan);
  return { ...small, code: { ...small.code, plugin: code(small) } };
};
const withConftest = (
  plan: CollectionLeakPlan,
  code: (plan: CollectionLeakPlan) => string,
): CollectionLeakPlan => {
  const small = smaller(plan);
  return { ...small, code: { ...small.code, conftest: code(small) } };
};

/** A place that stays when the modules of the tests go: what the module of an application is in a real suite. */
const REGISTRY = `import sys
import types

_harbour = sys.modules.setdefault("harbour", types.ModuleType("harbour"))
if not hasattr(_harbour, "kept"):
    _harbour.kept = []
`;

/** However few files there are, a round must leave more than the limit. */
const perFile = ({ tree, limits }: CollectionLeakPlan, times: number): number =>
  Math.ceil((times * limits.maxLeak) / (tree.kind === 'simple' ? tree.files : 1));

/** Of fewer tests the lists are shorter: more copies of them make up for it. */
const howOften = ({ share }: CollectionLeakPlan): number => Math.ceil(1 / share);

const pluginLeaks: CollectionLeakFault = {
  id: 'plugin-keeps-something-for-each-file',
  breaks: 'a plugin keeps some memory for each file that is collected, in a list of its own',
  raises: 'MEM013',
  inject: (plan) =>
    withPlugin(
      plan,
      (small) => `kept = []


def pytest_collectstart(collector):
    if type(collector).__name__ == "Module":
        kept.append(b"x" * ${perFile(small, 4)})
`,
    ),
  applied: (observation) => grownIn(observation, `${PLUGIN}.py`),
};

const conftestLeaks: CollectionLeakFault = {
  id: 'conftest-fills-a-registry',
  breaks: 'a conftest puts something into a registry of the application for each file that is collected',
  raises: 'MEM013',
  inject: (plan) =>
    withConftest(
      plan,
      (small) => `${REGISTRY}

def pytest_collectstart(collector):
    if type(collector).__name__ == "Module":
        _harbour.kept.append(b"x" * ${perFile(small, 4)})
`,
    ),
  applied: (observation) => grownIn(observation, 'conftest.py'),
};

const leaksMoreEachTime: CollectionLeakFault = {
  id: 'leaks-more-each-time',
  breaks: 'a conftest keeps, after each collection, a copy of all that it has kept before',
  raises: 'MEM014',
  inject: (plan) =>
    withConftest(
      plan,
      () => `${REGISTRY}

def pytest_sessionfinish():
    _harbour.kept.append(b"x" * (len(_harbour.kept) * ${Math.ceil(1.5 * plan.limits.maxLeak)}))
`,
    ),
  applied: (observation) => grownIn(observation, 'conftest.py'),
};

const keepsTests: CollectionLeakFault = {
  id: 'keeps-the-tests',
  breaks: 'a conftest keeps the data of all tests in a registry after the session',
  raises: 'MEM012',
  inject: (plan) =>
    withConftest(
      plan,
      () => `${REGISTRY}

def pytest_collection_finish(session):
    _harbour.kept.extend(item.user_properties for item in session.items)
`,
    ),
  applied: ({ repeated }) => {
    const { count, heldBy } = repeated.heavy?.survivors ?? { count: 0, heldBy: [] };
    return heldBy.includes('list harbour.kept')
      ? `the data of ${count} tests was in harbour.kept after the session`
      : undefined;
  },
};

const keepsCopies: CollectionLeakFault = {
  id: 'keeps-a-copy-for-each-test',
  breaks: 'a conftest attaches as much data again to each test',
  raises: 'MEM011',
  inject: (plan) =>
    withConftest(
      plan,
      () => `def pytest_itemcollected(item):
    item.copied = b"x" * ${plan.payload}
`,
    ),
  applied: ({ repeated, expected }) => {
    const held = repeated.rounds.at(-1)?.held ?? 0;
    const grown = held - (repeated.start ?? held);
    return grown > 50_000 * expected
      ? `even without data ${expected} tests took ${formatBytes(grown)}`
      : undefined;
  },
};

const copiesAllBefore: CollectionLeakFault = {
  id: 'copies-all-before',
  breaks: 'a conftest attaches to each test a copy of the list of all tests before it',
  raises: 'MEM014',
  inject: (plan) => ({
    ...withConftest(
      plan,
      (small) => `_seen = []


def pytest_itemcollected(item):
    _seen.append(item.nodeid)
    item.before = "\\n".join(_seen) * ${howOften(small)}
`,
    ),
    payload: plan.payload / 10,
  }),
  applied: (observation) => {
    const { heavy } = observation.repeated;
    const held = heavyGrowth(observation.repeated)?.held ?? 0;
    const data = observation.expected * 10_000;
    return heavy !== null && held > 2 * data
      ? `${formatBytes(held)} were held for ${formatBytes(data)} of data`
      : undefined;
  },
};

const onlyOnce: CollectionLeakFault = {
  id: 'loads-only-once',
  breaks: 'a conftest refuses to be loaded a second time in a process',
  raises: 'MEM010',
  inject: (plan) =>
    withConftest(
      plan,
      () => `${REGISTRY}
if _harbour.kept:
    raise RuntimeError("the harbour is open already")
_harbour.kept.append(1)
`,
    ),
  applied: ({ repeated, expected }) => {
    const failed = repeated.rounds.find((round) => round.tests !== expected);
    return failed === undefined ? undefined : `a later collection ended with exit status ${failed.status}`;
  },
};

function grownIn({ repeated, diagnosis }: CollectionLeakObservation, file: string): string | undefined {
  const line = diagnosis?.lines.find(({ path }) => path.endsWith(file));
  const leak = retainedPerRound(repeated);
  if (line === undefined || leak === undefined) return undefined;
  return `line ${line.line} of ${file} made ${formatBytes(line.bytes)} that stayed`;
}

/** Ways in which collecting can keep memory that should go, or take too much of it. */
export const collectionLeakFaults: readonly CollectionLeakFault[] = [
  pluginLeaks,
  conftestLeaks,
  leaksMoreEachTime,
  keepsTests,
  keepsCopies,
  copiesAllBefore,
  onlyOnce,
];
