import type { MeasureContext } from '@seaworthy/scenario';
import { collectOnce } from '../../collect-once.ts';
import { TESTS_PER_PORT } from '../../trees/kinds/circular/port-file.ts';
import { layOutTree } from '../../trees/lay-out-tree.ts';
import { isTestFile } from '../../trees/tree-file.ts';
import { plainData } from '../collect/plain-data.ts';
import { treeFor } from '../collect/tree-for.ts';
import { runnerFor } from '../place/subject-place.ts';
import { treeTarget } from '../tree-target.ts';
import { importInOrder } from './import-in-order.ts';
import { observeModules, orderOfImport } from './observe-modules.ts';
import type { CircularImportsObservation } from './circular-imports-observation.ts';
import type { CircularImportsPlan } from './circular-imports-plan.ts';

const PRINTED_KEPT = 2000;

/** Collects the modules with pytest, then imports the same files in the same order without it. */
export async function measureCircularImports(
  plan: CircularImportsPlan,
  context: MeasureContext,
): Promise<CircularImportsObservation> {
  const { workspace, signal } = context;
  const spec = { ...plan.tree, seed: plan.tree.seed ?? context.seed >>> 0 };
  const tree = await treeFor(context, spec);
  // What is broken on purpose is no fault of CPython's.
  const sound = await treeFor(context, { ...spec, bricks: [] });
  context.progress(`collecting ${tree.files} modules that import each other`);
  const run = await collectOnce(treeTarget(tree, context), {
    workspace,
    signal,
    timeoutMs: plan.timeoutMs,
    runner: await runnerFor(context, [tree.root]),
    bytecode: { kind: 'private', folder: await workspace.makeFolder('bytecode') },
  });
  const { recording, wallMs, cpuMs } = run;
  const files = layOutTree(spec).files.filter(isTestFile);
  const order = orderOfImport(
    recording,
    files.map(({ path }) => path),
  );
  context.progress('importing them without pytest, each first and all in order');
  const imports = await importInOrder(sound.root, order, context);
  const observation: CircularImportsObservation = {
    outcome: run.outcome,
    at: recording.last,
    modules: observeModules(recording, order, imports),
    testsPerModule: TESTS_PER_PORT,
    wallMs,
    cpuMs,
    peakBytes: run.peak.bytes,
    printed: run.output.stderr.slice(-PRINTED_KEPT),
    python: recording.python?.version ?? '',
    pytest: recording.pytest?.version ?? '',
  };
  return plainData(plainData(observation, tree.root), sound.root);
}
