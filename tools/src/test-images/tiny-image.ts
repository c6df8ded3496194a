import { busyboxSource } from './from-busybox.ts';
import { registrySource } from './from-registry.ts';
import type { TestImage } from './test-image.ts';

const search = 'ENV PATH=/bin';
const command = 'CMD ["/bin/sh"]';

/** A shell and the usual small programs in one static file: no Python, no libraries. */
export const tinyImage: TestImage = {
  repository: 'seaworthy-test/tiny',
  recipe: { revision: 1, base: 'busybox', changes: [search, command] },
  changes: [search, command],
  sources: [busyboxSource(), registrySource('FROM busybox:musl\n')],
};
