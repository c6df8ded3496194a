import { connectEngine, findImage, type ContainerEngine } from '../src/index.ts';

/** Static busybox, made by `npx nx run tools:test-images`. */
export const TINY = 'seaworthy-test/tiny:latest';

/**
 * The engine of this machine, with the image that these tests need.
 *
 * @throws where there is none: no test of containers is left out.
 */
export async function testEngine(): Promise<ContainerEngine> {
  const engine = await connectEngine();
  if ((await findImage(engine, TINY)) === undefined) {
    throw new Error(`The engine has no image ${TINY}: make it with \`npx nx run tools:test-images\``);
  }
  return engine;
}

/** Names of all containers of an engine, running or not, that begin so. */
export async function containersOf(engine: ContainerEngine, prefix: string): Promise<string[]> {
  const containers = await engine.client.listContainers({ all: true });
  return containers
    .flatMap(({ Names }) => Names.map((name) => name.slice(1)))
    .filter((name) => name.startsWith(prefix));
}
