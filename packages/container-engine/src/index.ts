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
export { mayHaveServices } from './compose/has-services.ts';
export { readComposeFiles } from './compose/read-compose-files.ts';
export type { ComposeOptions } from './compose/read-compose-files.ts';
export { connectEngine, connectTo } from './connection/connect-engine.ts';
export type { ConnectOptions } from './connection/connect-engine.ts';
export { EngineError, EngineUnavailable } from './connection/engine-error.ts';
export type { EngineErrorCode, TriedPlace } from './connection/engine-error.ts';
export { isFirstProcessOf } from './connection/engine-facts.ts';
export { findImage } from './connection/find-image.ts';
export type { EngineImage } from './connection/find-image.ts';
export { startContainer } from './containers/start-container.ts';
export { compareLimits } from './limits/compare-limits.ts';
export { limitsFromHostConfig } from './limits/limits-of-engine.ts';
export type {
  ContainerExit,
  ContainerSpec,
  ExecOptions,
  LimitDifference,
  OwnedContainer,
} from './model/container.ts';
export type { ContainerEngine, EngineFacts } from './model/engine.ts';
export type { LimitsInForce } from './model/limits-in-force.ts';
export { findStack } from './subject/find-stack.ts';
export type { StackContainer } from './subject/find-stack.ts';
export { findTestService } from './subject/find-test-service.ts';
export { findServiceImage } from './subject/image-of-service.ts';
export { resolveSubject } from './subject/resolve-subject.ts';
export type { ResolvedSubject, SubjectOptions } from './subject/resolve-subject.ts';
export { probePython } from './subject/probe-python.ts';
export type { ImagePython } from './subject/probe-python.ts';
export { SubjectUnavailable } from './subject/subject-settings.ts';
export type { SubjectSettings } from './subject/subject-settings.ts';
export { likelyTestService } from './subject/test-service.ts';
export type { ChosenService } from './subject/test-service.ts';
