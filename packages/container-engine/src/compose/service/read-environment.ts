import type { ComposeVariable, ComposeWarning } from '../compose-project.ts';
import { readEnvironmentFile } from '../files/environment-file.ts';
import type { Lookup } from '../tree/interpolate.ts';
import { entryAt } from '../tree/node.ts';
import type { TreeNode } from '../tree/node.ts';
import { unexpected } from '../values/mistake.ts';
import type { ValueReader } from '../values/read-values.ts';

/** Variables or labels, in their long form. */
export function readVariables(service: ValueReader, key: string): readonly ComposeVariable[] {
  const variables = service.inner(key);
  if (variables === undefined) return [];
  return [...variables.map.entries].map(([name, { node }]) => {
    if (node.kind !== 'scalar') throw unexpected(node, variables.nameOf(name), 'a text');
    return { name, ...(node.value === null ? {} : { value: String(node.value) }), at: node.at };
  });
}

/** `environment`, and what `env_file` gives beside it. */
export async function readEnvironment(
  service: ValueReader,
  lookup: Lookup,
  warn: (warning: ComposeWarning) => void,
): Promise<readonly ComposeVariable[]> {
  const variables = new Map<string, ComposeVariable>();
  const node = service.node('env_file');
  for (const item of node?.kind === 'list' ? node.items : []) {
    const path = pathOf(item);
    if (path === undefined) throw unexpected(item, service.nameOf('env_file'), 'a path');
    const found = await readEnvironmentFile(path, lookup);
    const required = entryAt(item, 'required')?.node;
    const isOptional = required?.kind === 'scalar' && required.value === false;
    if (found === undefined && !isOptional)
      warn({
        kind: 'no-environment-file',
        message: `the file ${path} cannot be read: docker compose will not start the service`,
        location: item.at,
      });
    for (const [name, value] of found ?? []) variables.set(name, { name, value, at: item.at });
  }
  for (const variable of readVariables(service, 'environment')) {
    const value = variable.value ?? lookup(variable.name);
    variables.set(variable.name, { ...variable, ...(value === undefined ? {} : { value }) });
  }
  return [...variables.values()];
}

function pathOf(item: TreeNode): string | undefined {
  const node = item.kind === 'map' ? entryAt(item, 'path')?.node : item;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
