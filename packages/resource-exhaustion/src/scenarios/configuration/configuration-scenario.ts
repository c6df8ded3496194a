import { relative } from 'node:path';
import { mayHaveServices } from '@seaworthy/container-engine';
import { defineScenario } from '@seaworthy/scenario';
import type { Environment, Metric, Missing, Scenario } from '@seaworthy/scenario';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { configurationFaults } from './configuration-faults.ts';
import { configurationFindings } from './configuration-findings.ts';
import { configurationLimits } from './configuration-limits.ts';
import type { ConfigurationObservation } from './configuration-observation.ts';
import { planConfiguration } from './configuration-plan.ts';
import type { ConfigurationPlan } from './configuration-plan.ts';
import { judgeConfiguration } from './judge-configuration.ts';
import { measureConfiguration } from './measure-configuration.ts';

/** limits/configuration: what compose files declare for containers, and what is in force on them. */
export const configurationScenario: Scenario<
  typeof configurationLimits,
  ConfigurationPlan,
  ConfigurationObservation
> = defineScenario({
  id: 'limits/configuration',
  title: 'Containers have the limits that they need',
  catches: 'limits that are not set, make no sense, or are silently ignored by the engine',
  tags: ['limits', 'docker', 'static'],
  limits: configurationLimits,
  footprint: { cores: 1, memoryBytes: 64_000_000 },
  budgetMs: 60_000,
  findings: { ...configurationFindings, LIM000: sandboxFindings.LIM000 },
  requires: missingConfiguration,
  plan: planConfiguration,
  measure: measureConfiguration,
  judge: judgeConfiguration,
  metrics: configurationMetrics,
  faults: configurationFaults,
});

/** A compose file is enough, without any engine; so is an image that the configuration names. */
function missingConfiguration({
  composeFiles = [],
  subject,
  engine,
  project,
}: Environment): Missing | undefined {
  if (subject?.kind === 'image') return undefined;
  const [file] = composeFiles;
  if (file !== undefined)
    return mayHaveServices(composeFiles)
      ? undefined
      : {
          what: `a service in ${relative(project.root, file)}: it declares none, so there are no limits to look at`,
          how: 'Write the service that runs the tests below `services:`, with its limits.',
        };
  return {
    what:
      engine === undefined
        ? 'a compose file or a container engine: there are no limits to look at'
        : 'a compose file, or an image that the configuration names',
    how: 'Write a compose.yaml for the tests, or name their image and its limits in the configuration (project.image, project.limits).',
  };
}

function configurationMetrics({ services, containers, system }: ConfigurationObservation): readonly Metric[] {
  const differences = containers.reduce((sum, container) => sum + container.differences.length, 0);
  return [
    { name: 'services', unit: 'count', value: services.length },
    { name: 'containers', unit: 'count', value: containers.length },
    { name: 'differences', unit: 'count', value: differences },
    { name: 'system.memory', unit: 'bytes', value: system.memoryBytes },
    { name: 'system.cores', unit: 'count', value: system.cores },
  ];
}
