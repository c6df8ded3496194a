export type {
  ContainerExit,
  ContainerSpec,
  ExecOptions,
  LimitDifference,
  OwnedContainer,
} from './model/container.ts';
export type { ContainerEngine, EngineFacts } from './model/engine.ts';
