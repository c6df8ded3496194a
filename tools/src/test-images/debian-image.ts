import { cuts, packages, suite } from './debian-packages.ts';
import { debootstrapSource } from './from-debootstrap.ts';
import { registrySource } from './from-registry.ts';
import type { TestImage } from './test-image.ts';

const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const changes = [
  `ENV PATH=${[...folders, '/usr/lib/postgresql/15/bin'].join(':')}`,
  'ENV LANG=C.UTF-8',
  'CMD ["python3"]',
];

const dockerfile = `FROM debian:${suite}-slim
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${packages.join(' ')}
RUN cd / && ${cuts}
`;

/** Python with pytest, PostgreSQL and Redis as Debian has them, made small. */
export const debianImage: TestImage = {
  repository: 'seaworthy-test/debian',
  recipe: { revision: 1, suite, packages, cuts, changes },
  changes,
  sources: [debootstrapSource(), registrySource(dockerfile)],
};
