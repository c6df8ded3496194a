import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { endpointOf } from './parse-host.ts';

/** The context that is current by the user's Docker configuration; `undefined` for Docker's default. */
export function currentContext(configFolder: string): string | undefined {
  try {
    const config = JSON.parse(readFileSync(join(configFolder, 'config.json'), 'utf8')) as {
      currentContext?: string;
    };
    return config.currentContext === undefined || config.currentContext === 'default'
      ? undefined
      : config.currentContext;
  } catch {
    return undefined; // No configuration is Docker's default.
  }
}

/**
 * Where a context's engine is, as the Docker client keeps it: in folders named after the SHA-256 of its name.
 *
 * @throws where there is no such context or its engine cannot be reached from here.
 */
export function endpointOfContext(configFolder: string, name: string): EngineEndpoint {
  const digest = createHash('sha256').update(name).digest('hex');
  const file = join(configFolder, 'contexts/meta', digest, 'meta.json');
  if (!existsSync(file)) throw new Error(`there is no docker context of that name (\`docker context ls\`)`);
  const meta = JSON.parse(readFileSync(file, 'utf8')) as {
    Endpoints?: Partial<Record<string, { Host?: string }>>;
  };
  const host = meta.Endpoints?.['docker']?.Host;
  if (host === undefined || host === '') throw new Error(`${file} names no host of a docker engine`);
  return endpointOf(host, tlsFiles(join(configFolder, 'contexts/tls', digest, 'docker')));
}

/** The PEM files of a folder that are there; `undefined` where none is. */
export function tlsFiles(folder: string): { ca?: string; cert?: string; key?: string } | undefined {
  const present = (['ca', 'cert', 'key'] as const)
    .map((name) => [name, join(folder, `${name}.pem`)] as const)
    .filter(([, file]) => existsSync(file));
  return present.length === 0 ? undefined : Object.fromEntries(present);
}
