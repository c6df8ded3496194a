import { describe, expect, it } from 'vitest';
import { declaredLimits } from '../../src/index.ts';
import { WrittenFiles, messageOf, projectOf, serviceOf, serviceWith } from './written-files.ts';

const MIB = 2 ** 20;

/** As teams have it: shared settings by anchor, a database to wait for, limits in both spellings. */
const REAL = `name: shop

x-service: &service
  restart: unless-stopped
  init: true
  logging:
    driver: json-file

services:
  tests:
    build:
      context: .
      target: test
    command: pytest -q --junitxml "/reports/all tests.xml"
    working_dir: /app
    user: "1000:1000"
    environment:
      DATABASE_URL: postgres://db/shop
      DEBUG:
    depends_on:
      db:
        condition: service_healthy
        restart: true
      migrate:
        condition: service_completed_successfully
    deploy:
      replicas: 2
      resources:
        limits:
          memory: 1.5g
          cpus: "0.50"
          pids: 200
    memswap_limit: 1536M
    ulimits:
      nofile:
        soft: 1024
        hard: 4096
      nproc: 512
    shm_size: 128mb
    read_only: true
    stop_grace_period: 1m30s
    stop_signal: SIGINT
    tmpfs:
      - /tmp:size=64m,mode=1777
      - /run
    volumes:
      - .:/app:ro
      - reports:/reports
      - type: tmpfs
        target: /cache
        tmpfs:
          size: 32mb

  db:
    <<: *service
    image: postgres:16
    container_name: shop-db
    oom_score_adj: -500
    mem_limit: 536870912
    ports:
      - "127.0.0.1:5433:5432"
      - target: 9187
        published: "9187"
        protocol: tcp
    networks:
      back:
        aliases: [database]
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U shop"]
      interval: 5s
      timeout: 3s
      retries: 5
      start_period: 500ms

  migrate:
    <<: [*service]
    image: shop-tests
    restart: "no"
    profiles: [tools]
    entrypoint: [python, -m, shop.migrate]

networks:
  back:
    internal: true

volumes:
  reports:
  old:
    external: true
    name: shop-old
`;

describe('a compose file as teams have it', () => {
  it('gives name, services, networks and volumes', async () => {
    const project = await projectOf(REAL);
    expect(project).toMatchObject({ name: 'shop', nameFrom: 'file', warnings: [] });
    expect(project.services.map(({ name, active }) => [name, active])).toEqual([
      ['tests', true],
      ['db', true],
      ['migrate', false],
    ]);
    expect(project.networks).toMatchObject([{ name: 'back', internal: true, external: false }]);
    expect(project.volumes).toMatchObject([
      { name: 'reports', external: false },
      { name: 'old', external: true, engineName: 'shop-old' },
    ]);
  });

  it('gives the limits of a service in bytes, cores and numbers, with their places', async () => {
    const tests = serviceOf(await projectOf(REAL), 'tests');
    expect(declaredLimits(tests)).toEqual({
      memoryBytes: 1536 * MIB,
      memorySwapBytes: 1536 * MIB,
      cpus: 0.5,
      pids: 200,
      ulimits: [
        { name: 'nofile', soft: 1024, hard: 4096 },
        { name: 'nproc', soft: 512, hard: 512 },
      ],
      shmBytes: 128 * MIB,
      tmpfs: [{ path: '/tmp', bytes: 64 * MIB }, { path: '/run' }, { path: '/cache', bytes: 32 * MIB }],
      readOnlyRoot: true,
    });
    expect(tests.at).toEqual({ path: 'compose.yaml', line: 10, column: 3 });
    expect(tests.limits.memory?.at).toEqual({ path: 'compose.yaml', line: 30, column: 19 });
    expect(tests.limits.memorySwap?.at).toEqual({ path: 'compose.yaml', line: 33, column: 20 });
    expect(tests.limits.tmpfs.map(({ isVolume }) => isVolume)).toEqual([undefined, undefined, true]);
    expect(tests.limits.tmpfs.map(({ isVolume }) => isVolume)).toEqual([undefined, undefined, true]);
    expect(tests.limits.tmpfs[2]?.at).toEqual({ path: 'compose.yaml', line: 52, column: 17 });
  });

  it('takes commands apart, and keeps what waits for what', async () => {
    const tests = serviceOf(await projectOf(REAL, { DEBUG: 'yes' }), 'tests');
    expect(tests.command?.value).toEqual(['pytest', '-q', '--junitxml', '/reports/all tests.xml']);
    expect(tests.dependsOn).toMatchObject([
      { service: 'db', condition: 'service_healthy', restart: true },
      { service: 'migrate', condition: 'service_completed_successfully', restart: false },
    ]);
    expect(tests.environment).toMatchObject([
      { name: 'DATABASE_URL', value: 'postgres://db/shop' },
      { name: 'DEBUG', value: 'yes' },
    ]);
    expect([tests.stopGraceMs?.value, tests.stopSignal?.value, tests.replicas?.value]).toEqual([
      90_000,
      'SIGINT',
      2,
    ]);
    expect([tests.workingFolder?.value, tests.user?.value, tests.build?.target]).toEqual([
      '/app',
      '1000:1000',
      'test',
    ]);
  });

  it('gives what a service takes over from an anchor, with the place of the anchor', async () => {
    const project = await projectOf(REAL);
    const db = serviceOf(project, 'db');
    expect(db.restart).toEqual({
      value: { policy: 'unless-stopped' },
      at: { path: 'compose.yaml', line: 4, column: 12 },
    });
    expect([db.limits.init?.value, db.limits.oomScoreAdjust?.value, db.limits.memory?.value]).toEqual([
      true,
      -500,
      512 * MIB,
    ]);
    // Own keys win over merged ones.
    expect(serviceOf(project, 'migrate').restart?.value).toEqual({ policy: 'no' });
    expect(serviceOf(project, 'migrate').limits.init?.value).toBe(true);
  });

  it('gives health checks in ms, ports, mounts and networks', async () => {
    const project = await projectOf(REAL);
    const db = serviceOf(project, 'db');
    expect(db.healthCheck).toMatchObject({
      disabled: false,
      test: { value: ['CMD-SHELL', 'pg_isready -U shop'] },
      intervalMs: { value: 5000 },
      timeoutMs: { value: 3000 },
      retries: { value: 5 },
      startPeriodMs: { value: 500 },
    });
    expect(db.ports).toMatchObject([
      { target: '5432', published: '5433', hostAddress: '127.0.0.1', protocol: 'tcp' },
      { target: '9187', published: '9187', protocol: 'tcp' },
    ]);
    expect(db.networks).toMatchObject([{ name: 'back', aliases: ['database'] }]);
    const tests = serviceOf(project, 'tests');
    expect(tests.networks).toMatchObject([{ name: 'default' }]);
    expect(tests.volumes).toMatchObject([
      { type: 'bind', source: project.folder, target: '/app', readOnly: true },
      { type: 'volume', source: 'reports', target: '/reports', readOnly: false },
    ]);
  });

  it('is plain data, without values that only code knows', async () => {
    const project = await projectOf(REAL);
    expect(JSON.parse(JSON.stringify(project))).toEqual(project);
  });
});

describe('every spelling of a limit', () => {
  it.each([
    ['mem_limit: 512m', 512 * MIB],
    ['mem_limit: 512M', 512 * MIB],
    ['mem_limit: 512MB', 512 * MIB],
    ['mem_limit: 0.5GiB', 512 * MIB],
    ['mem_limit: "536870912"', 512 * MIB],
    ['mem_limit: 536870912', 512 * MIB],
    ['mem_limit: 524288 kb', 512 * MIB],
    ['deploy: {resources: {limits: {memory: 512M}}}', 512 * MIB],
    ['mem_limit: 0', 0],
  ])('%s', async (line, bytes) => {
    expect((await serviceWith(line)).limits.memory?.value).toBe(bytes);
  });

  it.each([
    [['cpus: 0.5'], 0.5],
    [['cpus: "0.5"'], 0.5],
    [['cpu_quota: 50000'], 0.5],
    [['cpu_quota: 25000', 'cpu_period: 50000'], 0.5],
    [["deploy: {resources: {limits: {cpus: '0.5'}}}"], 0.5],
    [['cpu_quota: -1'], 0],
  ])('%s', async (lines, cpus) => {
    expect((await serviceWith(...lines)).limits.cpus?.value).toBe(cpus);
  });

  it.each([
    ['restart: no', { policy: 'no' }],
    ['restart: "no"', { policy: 'no' }],
    ['restart: false', { policy: 'no' }],
    ['restart: always', { policy: 'always' }],
    ['restart: on-failure:3', { policy: 'on-failure', maxRetries: 3 }],
    ['deploy: {restart_policy: {condition: any}}', { policy: 'always' }],
    ['deploy: {restart_policy: {condition: none}}', { policy: 'no' }],
    [
      'deploy: {restart_policy: {condition: on-failure, max_attempts: 2}}',
      { policy: 'on-failure', maxRetries: 2 },
    ],
  ])('%s', async (line, policy) => {
    expect((await serviceWith(line)).restart?.value).toEqual(policy);
  });

  it('pids, swap, the kernel’s killer, and health checks that are off', async () => {
    const { limits } = await serviceWith('pids_limit: -1', 'memswap_limit: -1', 'oom_kill_disable: true');
    expect([limits.pids?.value, limits.memorySwap?.value, limits.oomKillDisable?.value]).toEqual([
      -1,
      -1,
      true,
    ]);
    expect((await serviceWith('healthcheck: {disable: true}')).healthCheck?.disabled).toBe(true);
    expect((await serviceWith('healthcheck: {test: NONE}')).healthCheck?.disabled).toBe(false);
    expect((await serviceWith('healthcheck: {test: [NONE]}')).healthCheck?.disabled).toBe(true);
    expect((await serviceWith('healthcheck: {test: curl -f x}')).healthCheck?.test?.value).toEqual([
      'CMD-SHELL',
      'curl -f x',
    ]);
  });

  it('what means no limit is none for the engine', async () => {
    const service = await serviceWith('mem_limit: 0', 'cpus: 0', 'pids_limit: -1', 'memswap_limit: -1');
    expect(declaredLimits(service)).toEqual({ memorySwapBytes: -1 });
  });
});

describe('names', () => {
  it.each([
    ['My Shop_2', 'myshop_2', 'folder'],
    ['--shop', 'shop', 'folder'],
  ])('of the folder %s', async (folder, name, nameFrom) => {
    using files = new WrittenFiles({ 'compose.yaml': 'services: {}\n' }, folder);
    expect(await files.read()).toMatchObject({ name, nameFrom });
  });

  it('COMPOSE_PROJECT_NAME wins over the file, in the environment and in .env', async () => {
    using files = new WrittenFiles({
      'compose.yaml': 'name: shop\nservices: {}\n',
      '.env': 'COMPOSE_PROJECT_NAME=from-file\n',
    });
    expect(await files.read()).toMatchObject({ name: 'from-file', nameFrom: 'COMPOSE_PROJECT_NAME' });
    expect(await files.read(undefined, { COMPOSE_PROJECT_NAME: 'Own' })).toMatchObject({ name: 'own' });
  });

  it('a profile is active when COMPOSE_PROFILES names it', async () => {
    const project = await projectOf(REAL, { COMPOSE_PROFILES: 'other,tools' });
    expect(serviceOf(project, 'migrate').active).toBe(true);
  });
});

describe('what is suspicious', () => {
  it('is told as data: unknown keys with the nearest one, unset variables, files that are not there', async () => {
    const project = await projectOf(
      'services:\n  tests:\n    image: tests:${TAG}\n    mem_limt: 512m\n    env_file: .env.local\n    x-own: 1\n',
    );
    expect(project.warnings.map(({ kind, location }) => [kind, location.line, location.column])).toEqual([
      ['unset-variable', 3, 12],
      ['unknown-key', 4, 5],
      ['no-environment-file', 5, 15],
    ]);
    expect(project.warnings[1]?.message).toContain('did you mean mem_limit?');
  });
});

describe('mistakes', () => {
  const service = (...lines: readonly string[]): string =>
    ['services:', '  tests:', '    image: tests', ...lines.map((line) => `    ${line}`), ''].join('\n');

  it.each([
    [
      'bad syntax',
      'services:\n  tests: [image\n',
      /^compose\.yaml:\d+:\d+: this is no YAML: .+\. Correct the line\.$/,
    ],
    ['tabs', 'services:\n\ttests: {}\n', /^compose\.yaml:2:1: this is no YAML/],
    [
      'a key twice',
      'services:\n  a: {image: x}\n  a: {image: y}\n',
      /^compose\.yaml:3:3: this is no YAML: .*unique/,
    ],
    ['an empty file', '', /^compose\.yaml:1:1: the file is empty\. Write "services:"/],
    ['a list', '- a\n', /^compose\.yaml:1:1: expected a mapping with the key "services"/],
    [
      'services that are a list',
      'services: [a]\n',
      /^compose\.yaml:1:11: services: expected a mapping of names, got a list\.$/,
    ],
    [
      'a size that is none',
      service('mem_limit: 12 parsecs'),
      /^compose\.yaml:4:16: services\.tests\.mem_limit: expected a size .*, got "12 parsecs"\.$/,
    ],
    [
      'a negative size',
      service('mem_limit: -5m'),
      /^compose\.yaml:4:16: services\.tests\.mem_limit: expected a size of 0 or more/,
    ],
    ['a size in a list', service('mem_limit: [512m]'), /^compose\.yaml:4:16: .*got a list\.$/],
    [
      'CPUs that are a text',
      service('cpus: two'),
      /^compose\.yaml:4:11: services\.tests\.cpus: expected a number of 0 or more, got "two"\.$/,
    ],
    [
      'a flag that is none',
      service('init: maybe'),
      /^compose\.yaml:4:11: services\.tests\.init: expected true or false, got "maybe"\.$/,
    ],
    [
      'a restart policy that is none',
      service('restart: sometimes'),
      /^compose\.yaml:4:14: services\.tests\.restart: expected "no", always/,
    ],
    [
      'soft above hard',
      service('ulimits: {nofile: {soft: 9, hard: 8}}'),
      /^compose\.yaml:4:30: .*soft limit 9 is above the hard one, 8/,
    ],
    [
      'soft alone',
      service('ulimits: {nofile: {soft: 9}}'),
      /^compose\.yaml:4:23: .*expected both soft and hard/,
    ],
    [
      'two limits that differ',
      service('mem_limit: 1g', 'deploy: {resources: {limits: {memory: 2g}}}'),
      /^compose\.yaml:4:16: services\.tests\.mem_limit says something else .*compose\.yaml:5:43/,
    ],
    [
      'a span that is none',
      service('stop_grace_period: soon'),
      /^compose\.yaml:4:24: .*expected a span of time/,
    ],
    [
      'a health check without a kind',
      service('healthcheck: {test: [curl, x]}'),
      /^compose\.yaml:4:26: .*begins with CMD, CMD-SHELL or NONE/,
    ],
    ['a quote that is open', service(`command: 'pytest "a'`), /^compose\.yaml:4:14: .*quotes are closed/],
    ['a port that is none', service('ports: ["web"]'), /^compose\.yaml:4:13: .*expected a port/],
    [
      'a dependency that is not there',
      service('depends_on: [db]'),
      /^compose\.yaml:4:18: services\.tests\.depends_on: there is no service "db"\. The project has: tests\.$/,
    ],
    [
      'a network that is not there',
      service('networks: [back]'),
      /^compose\.yaml:4:16: .*there is no network "back"\. Add it/,
    ],
    [
      'a condition that is none',
      service('depends_on: {tests: {condition: ready}}'),
      /^compose\.yaml:4:37: .*expected service_started, service_healthy/,
    ],
    [
      'a variable that must be set',
      service('mem_limit: ${MEM:?say how much}'),
      /^compose\.yaml:4:16: the variable MEM must be set \(say how much\)\. Set it/,
    ],
    [
      'a brace that is open',
      service('mem_limit: ${MEM'),
      /^compose\.yaml:4:16: "\$\{" has no "\}"\. Close it/,
    ],
    [
      'an empty variable in a limit',
      service('mem_limit: ${MEM}'),
      /^compose\.yaml:4:16: .*got "" \(from \$\{MEM\}\)\.$/,
    ],
    ['an anchor that is not there', service('<<: *nothing'), /^compose\.yaml:4:9: /],
    [
      'a merge of a text',
      'x-a: &a text\nservices:\n  tests:\n    <<: *a\n',
      /^compose\.yaml:\d+:\d+: <<: expected a mapping/,
    ],
    [
      'a name with a blank',
      'services:\n  "my tests": {image: x}\n',
      /^compose\.yaml:2:3: "my tests" is no name for a service/,
    ],
    [
      'a project name with capitals',
      'name: Shop\nservices: {}\n',
      /^compose\.yaml:1:7: name: "Shop" is no name for a project/,
    ],
    [
      'a service that extends nothing',
      service('extends: {service: base}'),
      /^compose\.yaml:4:24: services\.tests\.extends: there is no service "base" in compose\.yaml\. It has: tests\.$/,
    ],
    [
      'a service that extends itself',
      service('extends: tests'),
      /^compose\.yaml:4:5: services\.tests\.extends: the services extend each other/,
    ],
  ])('%s', async (_, text, message) => {
    const reading = projectOf(text);
    await expect(reading).rejects.toMatchObject({ name: 'UsageError', code: 'BAD_COMPOSE_FILE' });
    expect(await messageOf(reading)).toMatch(message);
  });

  it('a file that is not there, or is a folder', async () => {
    using files = new WrittenFiles({ 'folder/x': '' });
    await expect(files.read(['compose.yaml'])).rejects.toMatchObject({ code: 'NO_COMPOSE_FILE' });
    await expect(files.read(['folder'])).rejects.toMatchObject({ code: 'NO_COMPOSE_FILE' });
  });

  it('aliases of aliases do not fill the memory', async () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'x-0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `x-${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`,
    );
    const text = `${levels.join('\n')}\nservices: {}\n`;
    expect(await messageOf(projectOf(text))).toMatch(/more than 100000 values of this file|Excessive alias/);
  });

  it('an alias inside of its own anchor', async () => {
    expect(await messageOf(projectOf('services: &all\n  tests: *all\n'))).toMatch(
      /^compose\.yaml:2:10: the alias \*all stands inside its own anchor/,
    );
  });
});
