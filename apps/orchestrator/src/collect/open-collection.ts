import { limitedRunner, probePytest } from '@seaworthy/pytest-collection';
import type { CollectionRunner, CollectionTarget } from '@seaworthy/pytest-collection';
import type { Workspace } from '@seaworthy/scenario';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { findProjectPython } from '../python/project-python.ts';
import type { Surroundings } from '../surroundings.ts';

export interface CollectionRequest {
  /** Absolute path of the folder that pytest is started in. */
  readonly root: string;
  readonly configuration: LoadedConfiguration;
  /** What `--python` names. */
  readonly python: string | undefined;
  /** What stands behind `--`. */
  readonly args: readonly string[] | undefined;
  /** Bytes. */
  readonly limit: number | undefined;
}

/** What there is to collect, and where it runs. */
export interface OpenCollection {
  readonly target: CollectionTarget;
  /** Absent: this machine, without a limit. */
  readonly runner?: CollectionRunner;
}

/** Finds the interpreter and asks it for its pytest; or says what is missing, and how to get it. */
export async function openCollection(
  { root, configuration, python: option, args, limit }: CollectionRequest,
  workspace: Workspace,
  surroundings: Surroundings,
): Promise<OpenCollection | { readonly missing: string }> {
  const search = await findProjectPython({ root, configuration, option, workspace }, surroundings);
  if (search.chosen === undefined)
    return { missing: `no Python interpreter: ${search.problem ?? 'there is none'}.` };
  const python = search.chosen.executable;
  const pytest = await probePytest(python, surroundings.interruption(), surroundings.env);
  if ('problem' in pytest)
    return {
      missing: `${python} has no pytest that works: ${pytest.problem}. Name the interpreter that has it with --python, or: ${python} -m pip install pytest`,
    };
  const runner = limit === undefined ? undefined : await limitedRunner(limit, workspace);
  return {
    target: { root, python, args: args ?? configuration.values.collection?.args ?? [] },
    ...(runner === undefined ? {} : { runner }),
  };
}
