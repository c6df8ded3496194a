import { join, relative, resolve } from 'node:path';
import { realpathSync } from 'node:fs';
import { spawn } from 'node:child_process';
import type { ContainerEngine } from '@seaworthy/container-engine';
import type { HostConfig } from 'dockerode';

const workspace = resolve(import.meta.dirname, '../../../../..');
const packages = ['scenario', 'cgroups', 'container-engine', 'resource-exhaustion'];
/** Node and whatever this program imports, at the places where it has them here. */
const parts = [
  relative(workspace, realpathSync(process.execPath)),
  'node_modules/@seaworthy',
  ...['fastest-levenshtein', 'yaml'].map((name) => join('node_modules', name)),
  ...packages.flatMap((name) => ['package.json', 'src'].map((part) => join('packages', name, part))),
  'packages/resource-exhaustion/python',
  'packages/resource-exhaustion/native/dist',
  relative(workspace, import.meta.dirname),
];

/**
 * Runs a program of this workspace in a privileged container, from its sources. Of the container's machine it sees all
 * control groups.
 *
 * @throws Error with what it said where it fails
 */
export async function runProgram(engine: ContainerEngine, file: string): Promise<string> {
  const [node = ''] = parts;
  const place = (path: string) => join('/workspace', path);
  // The types of the client do not know `CgroupnsMode`.
  const host: HostConfig & { CgroupnsMode: string } = {
    CgroupnsMode: 'host',
    Privileged: true,
    NetworkMode: 'none',
    Init: true,
  };
  const container = await engine.client.createContainer({
    Image: 'seaworthy-test/debian:latest',
    Cmd: [place(node), '--conditions=@seaworthy/source', place(relative(workspace, file))],
    HostConfig: host,
  });
  try {
    const archive = spawn('tar', ['-C', workspace, '--transform=s,^,workspace/,S', '-c', ...parts], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await container.putArchive(archive.stdout, { path: '/' });
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    const said = async (stream: 'stdout' | 'stderr') =>
      textOf(await container.logs({ follow: false, [stream]: true }));
    if (StatusCode === 0) return await said('stdout');
    throw new Error(`${file} ended with exit code ${StatusCode}:\n${await said('stderr')}`);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** An engine sends output in frames: a head of 8 bytes, whose last four are the length of what follows. */
function textOf(frames: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at < frames.length;) {
    const end = at + 8 + frames.readUInt32BE(at + 4);
    parts.push(frames.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(parts).toString();
}
