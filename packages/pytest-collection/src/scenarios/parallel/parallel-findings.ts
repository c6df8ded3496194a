import type { FindingCatalogue } from '@seaworthy/scenario';

/** What collection/parallel can find besides what every collection can. */
export const parallelFindings = {
  COL010: {
    title: 'collections at once that fail',
    meaning:
      'Several processes collected the same tree at the same time, as CI jobs on one machine and pytest-xdist workers do, and too few of them found every test. The same tree can be collected by one process alone, so they hurt each other.',
    causes: [
      'Files, ports or databases with fixed names that conftests or plugins open while they are loaded.',
      'Memory: each process needs its own, and together they exceed what there is.',
      'A plugin that writes a file which another process reads half-written.',
    ],
    fixes: [
      'Give each process its own names (`tmp_path_factory`, the worker id, port 0).',
      'Compare the peak of one process, times the number of processes, with the memory that there is; run fewer at once.',
    ],
  },
  COL011: {
    title: 'collections at once that slow each other down',
    meaning:
      'Several processes that collect the same tree at the same time take as long as they would one after the other, or stand still and wait for each other though processors are free, or need much more processor time than alone. Starting more workers then makes nothing faster. What the number of cores explains is not held against them, nor is time that foreign processes took.',
    causes: [
      'A lock file, or a database that only one may write to, that each process holds while it collects.',
      'A disk or network folder that all of them read through.',
      'Caches of the processor or threads of numerical libraries that all want every core.',
    ],
    fixes: [
      'Hold no lock while modules are imported; keep caches in a folder for each process.',
      'Set OMP_NUM_THREADS=1 (and the like) where many processes run at once.',
    ],
  },
} as const satisfies FindingCatalogue;
