import type { FindingCatalogue } from '@seaworthy/scenario';

/** What imports/leak can find. */
export const leakFindings = {
  IMP051: {
    title: 'memory that imports do not give back',
    meaning:
      "The same modules, which import each other, were imported and unloaded again and again in one interpreter (taken out of sys.modules, garbage collected, the allocator told to return free pages), and the memory of the process grew. Test suites do this more often than one thinks: importlib.reload, pytest's import mode, `monkeypatch.delitem(sys.modules, …)`, in-process collections, plugins that load plugins. Memory is judged by resident pages; tracemalloc in a second process says whether it is Python objects that grow.",
    causes: [
      'A cache outside the modules (in another module, in builtins, functools.lru_cache, a registry) that gets an entry for each import.',
      'Objects of the module kept alive by atexit, signal handlers, logging handlers, threads, or weakref callbacks.',
      'An extension module that allocates at each import and never frees.',
    ],
    fixes: [
      'Where the evidence says `Python objects`: compare two tracemalloc snapshots of your own suite to find the line that allocates.',
      'Key caches by name instead of by object, or use weakref.WeakKeyDictionary / WeakValueDictionary.',
      'Do not unload and import modules again in tests; run such tests in a process of their own.',
    ],
  },
  IMP052: {
    title: 'one round of imports that takes much memory',
    meaning:
      'Memory grew by more in a single round than a round may take at all, though perhaps not over all rounds together. Something is made once, at a moment that is not the first import.',
    causes: [
      'A cache or table that is filled the n-th time something happens.',
      'A dictionary or list that doubles its size.',
      'An interpreter that grabs another arena; then the growth is below 1.1 MB and limits below that are too tight.',
    ],
    fixes: [
      'See in the curve which round it is, and what is special about it.',
      'Fill caches when they are first used, and bound them (`lru_cache(maxsize=…)`).',
    ],
  },
  IMP053: {
    title: 'module that keeps itself alive',
    meaning:
      'A module was taken out of sys.modules and the garbage was collected, but it is still there, one copy more for each import. A module that lives keeps everything alive that it refers to: in a circle of imports, all other modules of the circle. The evidence names what refers to it.',
    causes: [
      'The module registers itself, or a function or class of its own, in a list or dictionary that outlives it (a plugin registry, builtins, atexit, codecs, copyreg, logging).',
      'A thread, a timer or a signal handler whose target is a function of the module.',
      'Classes that register their subclasses (`__init_subclass__`, metaclass registries, ABCs).',
    ],
    fixes: [
      'Keep weak references in the registry (weakref.WeakSet), or unregister at the end.',
      'Register in a function that the application calls, not in the module body.',
    ],
  },
  IMP054: {
    title: 'modules that cannot be imported a second time',
    meaning:
      'A round of import and unload failed with an error, though the modules could be imported before. So what they leave behind cannot be judged, and importlib.reload or a second in-process test run would fail in the same way.',
    causes: [
      'A module body that has an effect on the process which cannot be repeated (registers a name that must be unique, sets a start method, binds a port).',
      'A circular import that only works in the order of the first import.',
    ],
    fixes: [
      'Move such effects out of the module body into a function that is called once.',
      'Let imports/project show which module of the circle crashes when it is imported first.',
    ],
  },
} as const satisfies FindingCatalogue;
