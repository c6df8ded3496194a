import type { Json } from '@seaworthy/scenario';
import { describeSubject } from '../subject/describe-subject.ts';
import type { ProjectSubject } from '../subject/project-subject.ts';
import { describeVictimTier, isStrong } from '../subject/victim-tier.ts';
import type { VictimTier } from '../subject/victim-tier.ts';
import type { Check } from './check.ts';

/** What would be validated, and why. */
export function checkSubject(found: ProjectSubject): Check {
  const { subject, why, problem, composeFiles, python } = found;
  const check = { id: 'subject', title: 'Subject' } as const;
  const details = composeFiles.map((file) => `compose file: ${file}`);
  // Where a service and its image are known, what is missing is told; a project without any has nothing to get.
  const wanted = subject.kind === 'host' && composeFiles.length > 0 && problem !== undefined;
  if (subject.kind === 'host')
    return {
      ...check,
      state: wanted ? 'warning' : 'ok',
      found: describeSubject(found),
      details,
      ...(wanted
        ? {
            how: 'with a container engine and the image of the tests, they are validated where they really run',
          }
        : {}),
      data: { kind: 'host', why, composeFiles: [...composeFiles] },
    };
  const withoutPytest = python?.pytest === undefined;
  return {
    ...check,
    state: withoutPytest ? 'warning' : 'ok',
    found: describeSubject(found),
    details: [
      `chosen because ${why}`,
      ...(python === undefined
        ? []
        : [
            `${python.implementation} ${python.version} at ${python.executable}, ${python.pytest === undefined ? 'without pytest' : `pytest ${python.pytest}`}`,
          ]),
      ...details,
    ],
    ...(withoutPytest
      ? { how: 'install pytest in the image, or name the service that runs it with project.service' }
      : {}),
    data: {
      kind: 'image',
      why,
      image: subject.image,
      name: subject.name,
      service: subject.service ?? null,
      declaredAt: (subject.declaredAt ?? null) as Json,
      limits: JSON.parse(JSON.stringify(subject.limits)) as Json,
      python: python === undefined ? null : { ...python },
      composeFiles: [...composeFiles],
    },
  };
}

/** With a mistake in a compose file or the configuration, nothing can be validated. */
export function noSubject(problem: string): Check {
  return {
    id: 'subject',
    title: 'Subject',
    state: 'missing',
    found: problem,
    how: 'correct the compose file or the configuration, or validate this machine: --subject host',
    data: { kind: null, why: problem },
  };
}

/** Where victims of the memory and limit scenarios would run, and why nowhere better. */
export function checkTier(found: VictimTier): Check {
  const { tier, probes } = found;
  const isGood =
    tier !== undefined &&
    isStrong(tier) &&
    probes.every((probe) => probe.tier !== tier || probe.notInForce.length === 0);
  return {
    id: 'tier',
    title: 'Victims',
    state: isGood ? 'ok' : 'warning',
    found: describeVictimTier(found).replace(/^victims /, ''),
    details: probes.map(({ tier: name, had, text, notInForce }) =>
      had
        ? `${name}: yes${notInForce.length === 0 ? '' : `, without ${notInForce.join(', ')}`}`
        : `${name}: no, ${text}`,
    ),
    ...(isGood
      ? {}
      : {
          how: 'start a container engine, be root, or run in a systemd scope to which its control group is delegated',
        }),
    data: {
      tier: tier ?? null,
      probes: probes.map((probe) => ({ ...probe, notInForce: [...probe.notInForce] })),
    },
  };
}
