import type { FaultBrick } from '../../model/tree-spec.ts';

/** The brick of one kind. */
export type Brick<Kind extends FaultBrick['kind']> = Extract<FaultBrick, { readonly kind: Kind }>;
