import { z } from 'zod';
import { RUN_RECORD_SCHEMA } from './run-record.ts';
import type { RunRecord } from './run-record.ts';

/*
 * What a reader relies on. Objects are loose: fields that a later version adds are kept. Observations are the business
 * of their scenarios.
 */
const unit = z.enum(['ms', 'bytes', 'count', 'ratio', 'percent', 'per-second']);
const quantity = z.looseObject({ value: z.number(), unit });
const location = z.looseObject({
  path: z.string(),
  line: z.int().positive().exactOptional(),
  column: z.int().positive().exactOptional(),
});

const finding = z.looseObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string(),
  measured: quantity.exactOptional(),
  limit: z
    .looseObject({ value: z.number(), unit, name: z.string(), bound: z.enum(['least', 'most']) })
    .exactOptional(),
  location: location.exactOptional(),
  evidence: z.array(z.string()).exactOptional(),
  cause: z
    .looseObject({ text: z.string(), certainty: z.enum(['certain', 'likely', 'unknown']) })
    .exactOptional(),
  fix: z.looseObject({ text: z.string(), location: location.exactOptional() }).exactOptional(),
});

const metric = z.looseObject({
  name: z.string(),
  unit,
  value: z.number(),
  samples: z.array(z.number()).exactOptional(),
  series: z.array(z.looseObject({ x: z.number(), y: z.number() })).exactOptional(),
});

const result = z.looseObject({
  id: z.string(),
  title: z.string(),
  verdict: z.enum(['passed', 'failed', 'inconclusive', 'skipped', 'error']),
  findings: z.array(finding),
  reasons: z.array(z.string()),
  missing: z.looseObject({ what: z.string(), how: z.string() }).exactOptional(),
  cutOff: z.enum(['run', 'budget']).exactOptional(),
  error: z.looseObject({ message: z.string(), stack: z.string().exactOptional() }).exactOptional(),
  limits: z.record(z.string(), z.number()),
  limitSources: z.record(z.string(), z.string()),
  metrics: z.array(metric),
  observation: z.unknown().exactOptional(),
  repetition: z.int().positive().exactOptional(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
});

const faultProof = z.looseObject({
  scenario: z.string(),
  fault: z.string(),
  breaks: z.string(),
  raises: z.string(),
  state: z.enum(['caught', 'survived', 'wrong-finding', 'not-applied', 'void', 'environment-missing']),
  applied: z.string().exactOptional(),
  raised: z.array(z.string()),
  reason: z.string().exactOptional(),
  durationMs: z.number().nonnegative(),
});

const machine = z.looseObject({
  os: z.string(),
  kernel: z.string(),
  architecture: z.string(),
  cpu: z.string(),
  cores: z.number().positive(),
  memoryBytes: z.number().positive(),
  virtualisation: z.string().exactOptional(),
  effective: z.looseObject({
    cgroup: z.enum(['v1', 'v2', 'hybrid', 'none']),
    cores: z.number().positive(),
    coresFrom: z.string(),
    memoryBytes: z.number().positive(),
    memoryFrom: z.string(),
  }),
  node: z.string(),
});

const beforeAndAfter = z.looseObject({ before: z.number(), after: z.number() });

const schema = z.looseObject({
  schema: z.literal(RUN_RECORD_SCHEMA),
  runId: z.string().min(1),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  seed: z.number(),
  machine,
  project: z.looseObject({
    root: z.string(),
    python: z
      .looseObject({ executable: z.string(), version: z.string(), implementation: z.string() })
      .exactOptional(),
    configuration: z.string().exactOptional(),
  }),
  invocation: z
    .looseObject({
      workingFolder: z.string(),
      python: z.string().exactOptional(),
      configuration: z.string().exactOptional(),
      subject: z.string().exactOptional(),
    })
    .exactOptional(),
  planned: z.array(z.string()),
  results: z.array(result),
  proofs: z
    .array(
      z.looseObject({
        id: z.string(),
        before: result,
        after: result.exactOptional(),
        faults: z.array(faultProof),
      }),
    )
    .exactOptional(),
  leftBehind: z
    .looseObject({
      left: z.array(z.string()),
      availableBytes: beforeAndAfter,
      temporaryFreeBytes: beforeAndAfter,
    })
    .exactOptional(),
  titles: z.record(z.string(), z.string()),
  interrupted: z.enum(['SIGINT', 'SIGTERM', 'deadline']).exactOptional(),
});

/** The fields of a type, whether each may be absent, and what it holds; without what looseness adds. */
type Fields<T> = T extends readonly (infer Item)[]
  ? readonly Fields<Item>[]
  : T extends object
    ? {
        [Key in keyof T as string extends Key ? never : Key]-?: [
          absent: object extends Pick<T, Key> ? true : false,
          holds: Fields<T[Key]>,
        ];
      }
    : T;

/** `never` where the schema and the type have drifted apart: then what follows does not compile. */
type Agreed = [Fields<z.output<typeof schema>>, Fields<RunRecord>] extends [
  Fields<RunRecord>,
  Fields<z.output<typeof schema>>,
]
  ? z.ZodType
  : never;

/** A record as it is written to a file. */
export const recordSchema: z.ZodType<RunRecord> = schema satisfies Agreed;
