import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findComposeFiles, readComposeFiles } from '../../src/index.ts';
import { WrittenFiles, messageOf, serviceOf } from './written-files.ts';

const MIB = 2 ** 20;

const BASE = `services:
  tests:
    build: .
    command: [pytest]
    mem_limit: 512m
    environment: [A=1, B=1]
    volumes: [./data:/data, ./src:/src]
    ports: ["80:80"]
    depends_on: [db]
    tmpfs: /tmp
  db:
    image: postgres
`;

describe('an override file', () => {
  it('replaces values, joins mappings, adds to lists, and has the last word on places', async () => {
    using files = new WrittenFiles({
      'compose.yaml': BASE,
      'compose.override.yaml': `services:
  tests:
    command: pytest -x
    mem_limit: 1g
    environment:
      B: two
      C: 3
    volumes: [./other:/data]
    ports: ["81:81"]
    depends_on:
      cache:
        condition: service_healthy
    tmpfs: [/run]
  cache:
    image: redis
`,
    });
    const project = await files.read(['compose.yaml', 'compose.override.yaml']);
    const tests = serviceOf(project, 'tests');
    expect(tests.command?.value).toEqual(['pytest', '-x']);
    expect(tests.limits.memory).toEqual({
      value: 1024 * MIB,
      at: { path: 'compose.override.yaml', line: 4, column: 16 },
    });
    expect(tests.environment.map(({ name, value }) => `${name}=${String(value)}`)).toEqual([
      'A=1',
      'B=two',
      'C=3',
    ]);
    expect(tests.volumes.map(({ source, target }) => [source, target])).toEqual([
      [join(files.folder, 'other'), '/data'],
      [join(files.folder, 'src'), '/src'],
    ]);
    expect(tests.ports.map(({ published }) => published)).toEqual(['80', '81']);
    expect(tests.dependsOn.map(({ service, condition }) => [service, condition])).toEqual([
      ['db', 'service_started'],
      ['cache', 'service_healthy'],
    ]);
    expect(tests.limits.tmpfs.map(({ path }) => path)).toEqual(['/tmp', '/run']);
    expect(tests.at.path).toBe('compose.yaml');
    expect(project.services.map(({ name }) => name)).toEqual(['tests', 'db', 'cache']);
  });

  it('takes values away with !reset, and replaces whole ones with !override', async () => {
    using files = new WrittenFiles({
      'compose.yaml': BASE,
      'over.yaml': `services:
  tests:
    mem_limit: !reset null
    ports: !override ["90:90"]
    environment:
      A: !reset null
  db: !reset null
`,
    });
    const reading = files.read(['compose.yaml', 'over.yaml']);
    expect(await messageOf(reading)).toMatch(/there is no service "db"/);
    using without = new WrittenFiles({
      'compose.yaml': BASE.replace('    depends_on: [db]\n', ''),
      'over.yaml': `services:
  tests:
    mem_limit: !reset null
    ports: !override ["90:90"]
    environment:
      A: !reset null
  db: !reset null
`,
    });
    const project = await without.read(['compose.yaml', 'over.yaml']);
    const tests = serviceOf(project, 'tests');
    expect(tests.limits.memory).toBeUndefined();
    expect(tests.ports.map(({ published }) => published)).toEqual(['90']);
    expect(tests.environment.map(({ name }) => name)).toEqual(['B']);
    expect(project.services.map(({ name }) => name)).toEqual(['tests']);
  });

  it('an empty value leaves what was said before', async () => {
    using files = new WrittenFiles({
      'compose.yaml': BASE,
      'over.yaml': 'services:\n  tests:\n    mem_limit:\n',
    });
    const project = await files.read(['compose.yaml', 'over.yaml']);
    expect(serviceOf(project, 'tests').limits.memory?.value).toBe(512 * MIB);
  });

  it('a text can stand in the place of a file', async () => {
    using files = new WrittenFiles({ 'compose.yaml': BASE });
    const over = join(files.folder, 'nowhere.yaml');
    const project = await readComposeFiles([join(files.folder, 'compose.yaml'), over], {
      env: {},
      texts: { [over]: 'services: {tests: {mem_limit: 2g}}' },
    });
    expect(serviceOf(project, 'tests').limits.memory?.value).toBe(2048 * MIB);
  });
});

describe('extends', () => {
  it('takes over from the same file and from another one, whose paths are relative to that one', async () => {
    using files = new WrittenFiles({
      'compose.yaml': `services:
  base:
    image: base
    mem_limit: 256m
    cpus: 1
  tests:
    extends: base
    mem_limit: 512m
  worker:
    extends:
      file: common/services.yaml
      service: worker
    image: mine
`,
      'common/services.yaml': `services:
  root:
    build: ./image
    pids_limit: 99
  worker:
    extends: {service: root}
    volumes: [./data:/data]
`,
    });
    const project = await files.read();
    expect(serviceOf(project, 'tests')).toMatchObject({
      image: { value: 'base' },
      limits: { memory: { value: 512 * MIB }, cpus: { value: 1, at: { line: 5 } } },
    });
    const worker = serviceOf(project, 'worker');
    expect(worker).toMatchObject({
      image: { value: 'mine' },
      build: { context: join(files.folder, 'common/image') },
      limits: { pids: { value: 99, at: { path: 'common/services.yaml', line: 4, column: 17 } } },
    });
    expect(worker.volumes[0]?.source).toBe(join(files.folder, 'common/data'));
    expect(project.services.map(({ name }) => name)).toEqual(['base', 'tests', 'worker']);
    expect(project.files).toEqual([
      join(files.folder, 'compose.yaml'),
      join(files.folder, 'common/services.yaml'),
    ]);
  });

  it('services of two files that extend each other are told with their way round', async () => {
    using files = new WrittenFiles({
      'compose.yaml': 'services:\n  a:\n    extends: {file: other.yaml, service: b}\n',
      'other.yaml': 'services:\n  b:\n    extends: {file: compose.yaml, service: a}\n',
    });
    expect(await messageOf(files.read())).toMatch(/the services extend each other \(.*b.*a.*\)/);
  });

  it('a file that is not there is named', async () => {
    using files = new WrittenFiles({
      'compose.yaml': 'services:\n  a:\n    extends: {file: other.yaml, service: b}\n',
    });
    expect(await messageOf(files.read())).toMatch(/^Cannot read the compose file "other.yaml": ENOENT/);
  });
});

describe('include', () => {
  it('adds services of other files, with folders and variables of their own', async () => {
    using files = new WrittenFiles({
      'compose.yaml': `include:
  - db/compose.yaml
  - path: [cache/compose.yaml]
    env_file: cache.env
services:
  tests:
    image: tests
    depends_on: [db, cache]
`,
      'db/compose.yaml': 'services:\n  db:\n    build: .\n    mem_limit: ${MEM}\n',
      'db/.env': 'MEM=256m\n',
      'cache/compose.yaml': 'services:\n  cache:\n    image: redis\n    mem_limit: ${MEM}\n',
      'cache.env': 'MEM=128m\n',
    });
    const project = await files.read();
    expect(serviceOf(project, 'db')).toMatchObject({
      build: { context: join(files.folder, 'db') },
      limits: { memory: { value: 256 * MIB } },
    });
    expect(serviceOf(project, 'cache').limits.memory?.value).toBe(128 * MIB);
    expect(project.name).toBe('shop');
  });

  it('a circle, and a service in two files, are mistakes', async () => {
    using circle = new WrittenFiles({
      'compose.yaml': 'include: [other.yaml]\n',
      'other.yaml': 'include: [compose.yaml]\n',
    });
    expect(await messageOf(circle.read())).toMatch(
      /^other\.yaml:1:11: include: compose\.yaml includes itself, by compose\.yaml -> other\.yaml/,
    );
    using twice = new WrittenFiles({
      'compose.yaml': 'include: [other.yaml]\nservices:\n  db: {image: a}\n',
      'other.yaml': 'services:\n  db: {image: b}\n',
    });
    expect(await messageOf(twice.read())).toMatch(/^compose\.yaml:3:3: the included file other\.yaml has/);
  });
});

describe('which files', () => {
  it('the usual names in their order, with the override beside them', async () => {
    using files = new WrittenFiles({
      'docker-compose.yml': '',
      'compose.yml': '',
      'compose.override.yaml': '',
    });
    expect(await findComposeFiles(files.folder, {})).toEqual([
      join(files.folder, 'compose.yml'),
      join(files.folder, 'compose.override.yaml'),
    ]);
  });

  it('COMPOSE_FILE names others, also in .env', async () => {
    using files = new WrittenFiles({ 'compose.yaml': '', '.env': 'COMPOSE_FILE=a.yaml:b/c.yaml\n' });
    expect(await findComposeFiles(files.folder, {})).toEqual([
      join(files.folder, 'a.yaml'),
      join(files.folder, 'b/c.yaml'),
    ]);
    expect(await findComposeFiles(files.folder, { COMPOSE_FILE: 'd.yaml' })).toEqual([
      join(files.folder, 'd.yaml'),
    ]);
  });

  it('those of a folder above count inside of one repository only', async () => {
    using files = new WrittenFiles({ 'compose.yaml': '', 'apps/web/x': '' });
    const inner = join(files.folder, 'apps/web');
    expect(await findComposeFiles(inner, {})).toEqual([]);
    using repository = new WrittenFiles({ 'compose.yaml': '', 'apps/web/x': '', '.git/HEAD': '' });
    const folder = realpathSync(repository.folder);
    expect(await findComposeFiles(join(folder, 'apps/web'), {})).toEqual([join(folder, 'compose.yaml')]);
  });
});
