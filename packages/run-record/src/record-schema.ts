import { z } from 'zod';
import { RUN_RECORD_SCHEMA } from './run-record.ts';

/*
 * What a reader relies on. Objects are loose: fields that a later version adds are kept. Observations are the business
 * of their scenarios.
 */
const unit = z.enum(['ms', 'bytes', 'count', 'ratio', 'percent', 'per-second']);
const quantity = z.looseObject({ value: z.number(), unit });
const location = z.looseObject({
  path: z.string(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
});

const finding = z.looseObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string(),
  measured: quantity.optional(),
  limit: z
    .looseObject({ value: z.number(), unit, name: z.string(), bound: z.enum(['least', 'most']) })
    .optional(),
  location: location.optional(),
  evidence: z.array(z.string()).optional(),
  cause: z.looseObject({ text: z.string(), certainty: z.enum(['certain', 'likely', 'unknown']) }).optional(),
  fix: z.looseObject({ text: z.string(), location: location.optional() }).optional(),
});

const metric = z.looseObject({
  name: z.string(),
  unit,
  value: z.number(),
  samples: z.array(z.number()).optional(),
  series: z.array(z.looseObject({ x: z.number(), y: z.number() })).optional(),
});

const result = z.looseObject({
  id: z.string(),
  title: z.string(),
  verdict: z.enum(['passed', 'failed', 'inconclusive', 'skipped', 'error']),
  findings: z.array(finding),
  reasons: z.array(z.string()),
  missing: z.looseObject({ what: z.string(), how: z.string() }).optional(),
  cutOff: z.enum(['run', 'budget']).optional(),
  error: z.looseObject({ message: z.string(), stack: z.string().optional() }).optional(),
  limits: z.record(z.string(), z.number()),
  limitSources: z.record(z.string(), z.string()),
  metrics: z.array(metric),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
});

const faultProof = z.looseObject({
  scenario: z.string(),
  fault: z.string(),
  breaks: z.string(),
  raises: z.string(),
  state: z.enum(['caught', 'survived', 'wrong-finding', 'not-applied', 'void', 'environment-missing']),
  applied: z.string().optional(),
  raised: z.array(z.string()),
  reason: z.string().optional(),
  durationMs: z.number().nonnegative(),
});

const machine = z.looseObject({
  os: z.string(),
  kernel: z.string(),
  architecture: z.string(),
  cpu: z.string(),
  cores: z.number().positive(),
  memoryBytes: z.number().positive(),
  effective: z.looseObject({
    cgroup: z.enum(['v1', 'v2', 'hybrid', 'none']),
    cores: z.number().positive(),
    coresFrom: z.string(),
    memoryBytes: z.number().positive(),
    memoryFrom: z.string(),
  }),
  node: z.string(),
});

export const recordSchema: z.ZodType = z.looseObject({
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
      .optional(),
    configuration: z.string().optional(),
  }),
  invocation: z
    .looseObject({
      workingFolder: z.string(),
      python: z.string().optional(),
      configuration: z.string().optional(),
    })
    .optional(),
  planned: z.array(z.string()),
  results: z.array(result),
  proofs: z
    .array(
      z.looseObject({
        id: z.string(),
        before: result,
        after: result.optional(),
        faults: z.array(faultProof),
      }),
    )
    .optional(),
  titles: z.record(z.string(), z.string()),
  interrupted: z.enum(['SIGINT', 'SIGTERM', 'deadline']).optional(),
});
