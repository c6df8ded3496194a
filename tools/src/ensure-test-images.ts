/**
 * Makes sure that the container engine has the images that tests need: `seaworthy-test/tiny` (a static busybox) and
 * `seaworthy-test/debian` (Python with pytest, PostgreSQL, Redis). They are made without a registry where that can be, and
 * kept in `node_modules/.cache/seaworthy-images`.
 */
import { join, resolve } from 'node:path';
import { connectEngine } from '@seaworthy/container-engine';
import { alone } from './alone/alone.ts';
import { debianImage } from './test-images/debian-image.ts';
import { ensureImage } from './test-images/ensure-image.ts';
import { tinyImage } from './test-images/tiny-image.ts';

const cache = join(resolve(import.meta.dirname, '../..'), 'node_modules/.cache/seaworthy-images');

try {
  const { endpoint } = await connectEngine();
  await alone('seaworthy-ensure-test-images', async () => {
    for (const image of [tinyImage, debianImage]) {
      const start = performance.now();
      const { how, bytes } = await ensureImage(endpoint, image, cache);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${image.repository}: ${how}, ${(bytes / 1e6).toFixed(1)} MB, ${seconds} s`);
    }
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
