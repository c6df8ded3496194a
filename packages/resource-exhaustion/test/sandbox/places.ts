import { spawnSync } from 'node:child_process';
import { connectEngine, findImage } from '@seaworthy/container-engine';
import type { ContainerLimits, Environment } from '@seaworthy/scenario';

/** This machine with the Python that is on its PATH, and no engine. */
export function hostEnvironment(): Environment {
  const { stdout, error } = spawnSync(
    'python3',
    ['-c', 'import sys, platform; print(sys.executable, platform.python_version())'],
    { encoding: 'utf8' },
  );
  const [executable, version] = stdout?.trim().split(' ') ?? [];
  if (executable === undefined || version === undefined) {
    throw new Error('These tests need python3', { cause: error });
  }
  return {
    project: { root: '/' },
    cores: 2,
    memoryBytes: 2 ** 31,
    python: { executable, version, implementation: 'CPython' },
  };
}

const IMAGES = {
  'seaworthy-test/debian:latest': { executable: '/usr/bin/python3', version: '3.11.2' },
  'seaworthy-test/tiny:latest': undefined,
} as const;

/** The same with an engine and a project whose image is one of the test images. */
export async function imageEnvironment(
  name: keyof typeof IMAGES = 'seaworthy-test/debian:latest',
  limits: ContainerLimits = {},
): Promise<Environment> {
  const engine = await connectEngine();
  const image = await findImage(engine, name);
  if (image === undefined)
    throw new Error(`These tests need the image ${name}: npx nx run tools:test-images`);
  const python = IMAGES[name];
  const { endpoint } = engine;
  const subject = { kind: 'image', endpoint, image: image.id, name, limits } as const;
  return {
    ...hostEnvironment(),
    engine: endpoint,
    subject: python === undefined ? subject : { ...subject, python },
  };
}
