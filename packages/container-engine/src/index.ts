export type {
  ComposeBuild,
  ComposeDependency,
  ComposeHealthCheck,
  ComposeLimits,
  ComposePort,
  ComposeProject,
  ComposeResource,
  ComposeService,
  ComposeServiceNetwork,
  ComposeUlimit,
  ComposeVariable,
  ComposeVolume,
  ComposeWarning,
  Placed,
  RestartPolicy,
} from './compose/compose-project.ts';
export { declaredLimits } from './compose/declared-limits.ts';
export { findComposeFiles } from './compose/find-compose-files.ts';
export { builtImageName, normaliseProjectName } from './compose/project-name.ts';
export { readComposeFiles } from './compose/read-compose-files.ts';
export type { ComposeOptions } from './compose/read-compose-files.ts';
export type {
  ContainerExit,
  ContainerSpec,
  ExecOptions,
  LimitDifference,
  OwnedContainer,
} from './model/container.ts';
export type { ContainerEngine, EngineFacts } from './model/engine.ts';
