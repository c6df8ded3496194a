import type { PhaseName } from '../model/recording.ts';

/** The hooks in which a project's own code runs in a phase, besides what is imported in it. */
export const PHASE_HOOKS: Readonly<Record<PhaseName, readonly string[]>> = {
  'start-up': [],
  import: [],
  configure: [
    'pytest_configure',
    'pytest_addoption',
    'pytest_load_initial_conftests',
    'pytest_cmdline_main',
    'pytest_sessionstart',
  ],
  collect: [
    'pytest_collection',
    'pytest_collect_file',
    'pytest_collect_directory',
    'pytest_ignore_collect',
    'pytest_pycollect_makemodule',
    'pytest_pycollect_makeitem',
    'pytest_generate_tests',
    'pytest_itemcollected',
    'pytest_collectreport',
  ],
  modify: ['pytest_collection_modifyitems'],
  report: ['pytest_collection_finish', 'pytest_report_collectionfinish', 'pytest_sessionfinish'],
  unconfigure: ['pytest_sessionfinish', 'pytest_unconfigure', 'pytest_terminal_summary'],
  exit: [],
};
