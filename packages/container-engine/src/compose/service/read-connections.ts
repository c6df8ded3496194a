import type { SourceLocation } from '@seaworthy/scenario';
import type { ComposePort, ComposeServiceNetwork, ComposeVolume } from '../compose-project.ts';
import { entryAt } from '../tree/node.ts';
import type { TreeNode } from '../tree/node.ts';
import { unexpected } from '../values/mistake.ts';
import type { ValueReader } from '../values/read-values.ts';
import { isTmpfsVolume } from './read-limits.ts';

const PORT =
  /^(?:(?:(\d+\.\d+\.\d+\.\d+|\[[0-9a-f:]+\]|[0-9a-f:]*::[0-9a-f:]*):)?(\d*(?:-\d+)?):)?(\d+(?:-\d+)?)(?:\/([a-z]+))?$/i;

/** `ports`, short (`127.0.0.1:8080:80/tcp`) and long. */
export function readPorts(service: ValueReader): readonly ComposePort[] {
  return items(service, 'ports').map((item) => {
    const expected = 'a port, such as 80, "8080:80" or "127.0.0.1:8080:80"';
    if (item.kind === 'map') {
      const target = textAt(item, 'target');
      if (target === undefined) throw unexpected(item, service.nameOf('ports'), 'a mapping with a target');
      const published = textAt(item, 'published');
      const hostAddress = textAt(item, 'host_ip');
      return {
        target,
        ...(published === undefined ? {} : { published }),
        ...(hostAddress === undefined ? {} : { hostAddress }),
        protocol: textAt(item, 'protocol') ?? 'tcp',
        at: item.at,
      };
    }
    const found = item.kind === 'scalar' ? PORT.exec(String(item.value)) : null;
    if (found === null) throw unexpected(item, service.nameOf('ports'), expected);
    const [, hostAddress, published, target = '', protocol = 'tcp'] = found;
    return {
      target,
      ...(published === undefined || published === '' ? {} : { published }),
      ...(hostAddress === undefined ? {} : { hostAddress }),
      protocol,
      at: item.at,
    };
  });
}

/** `networks` of a service, in their long form. */
export function readNetworks(
  service: ValueReader,
  serviceAt: SourceLocation,
): readonly ComposeServiceNetwork[] {
  const networks = service.inner('networks');
  if (networks === undefined)
    return service.node('network_mode') === undefined
      ? [{ name: 'default', aliases: [], at: serviceAt }]
      : [];
  return [...networks.map.entries].map(([name, { keyAt, node }]) => {
    const aliases = entryAt(node, 'aliases')?.node;
    const texts = aliases?.kind === 'list' ? aliases.items : [];
    return {
      name,
      aliases: texts.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : [])),
      at: keyAt,
    };
  });
}

/** `volumes` but tmpfs, short (`./data:/data:ro`) and long. */
export function readVolumes(service: ValueReader): readonly ComposeVolume[] {
  return items(service, 'volumes').flatMap((item): ComposeVolume[] => {
    if (isTmpfsVolume(item)) return [];
    if (item.kind === 'map') {
      const target = textAt(item, 'target');
      const type = textAt(item, 'type') ?? 'volume';
      if (target === undefined) throw unexpected(item, service.nameOf('volumes'), 'a mapping with a target');
      const source = textAt(item, 'source');
      return [
        {
          type,
          ...(source === undefined ? {} : { source }),
          target,
          readOnly: textAt(item, 'read_only') === 'true',
          at: item.at,
        },
      ];
    }
    if (item.kind !== 'scalar' || typeof item.value !== 'string')
      throw unexpected(item, service.nameOf('volumes'), 'a mount, such as ./data:/data:ro');
    const parts = item.value.split(':');
    const [first = '', second, options = ''] = parts;
    if (first === '' || parts.length > 3)
      throw unexpected(item, service.nameOf('volumes'), 'a mount, such as ./data:/data:ro');
    if (second === undefined) return [{ type: 'volume', target: first, readOnly: false, at: item.at }];
    return [
      {
        type: /^[./~]/.test(first) ? 'bind' : 'volume',
        source: first,
        target: second,
        readOnly: options.split(',').includes('ro'),
        at: item.at,
      },
    ];
  });
}

function items(service: ValueReader, key: string): readonly TreeNode[] {
  const node = service.node(key);
  if (node === undefined) return [];
  if (node.kind !== 'list') throw unexpected(node, service.nameOf(key), 'a list');
  return node.items;
}

function textAt(node: TreeNode, key: string): string | undefined {
  const found = entryAt(node, key)?.node;
  return found?.kind === 'scalar' ? String(found.value) : undefined;
}
