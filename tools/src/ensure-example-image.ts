/**
 * Builds `seaworthy-example-shop`, the image of the example project, on the Debian test image instead of a public base. What
 * did not change since the last time comes from the engine's cache, within a second.
 */
import { join, resolve } from 'node:path';
import { connectEngine } from '@seaworthy/container-engine';
import { alone } from './alone/alone.ts';
import { inspectImage, removeFormerImage } from './test-images/engine-images.ts';
import { follow } from './engine/engine-requests.ts';
import { archiveOf } from './test-images/archive.ts';

const project = join(resolve(import.meta.dirname, '../..'), 'examples/shop');
const image = 'seaworthy-example-shop';

const said: string[] = [];
try {
  const { endpoint } = await connectEngine();
  await alone('seaworthy-ensure-example-image', async () => {
    const start = performance.now();
    const former = await inspectImage(endpoint, image);
    const query = new URLSearchParams({
      t: image,
      buildargs: JSON.stringify({ BASE: 'seaworthy-test/debian' }),
      rm: '1',
      forcerm: '1',
      // Its base has pytest: nothing is fetched.
      networkmode: 'none',
    });
    await follow(
      endpoint,
      {
        method: 'POST',
        path: `/build?${query.toString()}`,
        body: archiveOf(project, `--exclude-from=${join(project, '.dockerignore')}`),
      },
      (line) => said.push(line),
    );
    await removeFormerImage(endpoint, image, former);
    console.log(`${image}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  });
} catch (error) {
  console.error([`${image} could not be built.`, ...said.slice(-5)].join('\n'));
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
