import type { Fault } from '@seaworthy/scenario';
import { growthOf } from './judge-leak.ts';
import type { LeakObservation } from './leak-observation.ts';
import { endingWith } from './leak-plan.ts';
import type { LeakPlan } from './leak-plan.ts';

type LeakFault = Fault<LeakPlan, LeakObservation>;

const keepsItself: LeakFault = {
  id: 'keeps-itself-alive',
  breaks: 'a module puts itself into a list that outlives it',
  raises: 'IMP053',
  inject: (plan) =>
    endingWith(
      plan,
      `import builtins
import sys

if not hasattr(builtins, "kept"):
    builtins.kept = []
builtins.kept.append(sys.modules[__name__])`,
    ),
  applied: ({ traced }) => {
    const holder = traced.survivors.find((survivor) => survivor.heldBy.includes('list builtins.kept'));
    return holder === undefined
      ? undefined
      : `${holder.count} copies of ${holder.module} were in builtins.kept`;
  },
};

const keepsForExit: LeakFault = {
  id: 'keeps-itself-for-the-exit',
  breaks: 'a module registers a function of its own to be called at exit',
  raises: 'IMP053',
  inject: (plan) => endingWith(plan, 'import atexit\n\natexit.register(make)'),
  applied: ({ traced }) => {
    const copies = traced.survivors.find((survivor) => survivor.module === 'cargo');
    return copies === undefined
      ? undefined
      : `${copies.count} copies of cargo were alive after their unloading`;
  },
};

const cachesOutside: LeakFault = {
  id: 'caches-data-outside',
  breaks: 'a module adds 400 kB to a cache outside the circle with each import',
  raises: 'IMP051',
  inject: (plan) =>
    endingWith(
      plan,
      `import builtins

if not hasattr(builtins, "cache"):
    builtins.cache = {}
builtins.cache[len(builtins.cache)] = bytearray(400_000)`,
    ),
  applied: ({ traced }) => {
    const { total } = growthOf(traced);
    return total > 5_000_000
      ? `tracemalloc counted ${(total / 1e6).toFixed(1)} MB more Python objects`
      : undefined;
  },
};

const oneBigRound: LeakFault = {
  id: 'fills-a-table-late',
  breaks: 'a module fills a table of 3 MB when it is imported for the twelfth time',
  raises: 'IMP052',
  inject: (plan) =>
    endingWith(
      plan,
      `import builtins

builtins.imports = getattr(builtins, "imports", 0) + 1
if builtins.imports == 12:
    builtins.table = bytearray(3_000_000)`,
    ),
  applied: ({ traced }) => {
    const { worst, worstRound } = growthOf(traced);
    return worst > 2_500_000
      ? `${(worst / 1e6).toFixed(1)} MB of Python objects came in round ${worstRound}`
      : undefined;
  },
};

const onlyOnce: LeakFault = {
  id: 'imports-only-once',
  breaks: 'a module refuses to be imported a second time',
  raises: 'IMP054',
  inject: (plan) =>
    endingWith(
      plan,
      `import builtins

if hasattr(builtins, "cargo_was_here"):
    raise RuntimeError("cargo can only be imported once")
builtins.cargo_was_here = True`,
    ),
  applied: ({ traced }) =>
    traced.error === null ? undefined : `CPython said ${traced.error.type}: ${traced.error.message}`,
};

/** Ways in which modules can keep memory that should go with them. */
export const leakFaults: readonly LeakFault[] = [
  keepsItself,
  keepsForExit,
  cachesOutside,
  oneBigRound,
  onlyOnce,
];
