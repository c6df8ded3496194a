import { ICICLE_ACTIONS } from './icicle-actions.ts';
import { ICICLE_DRAWING } from './icicle-drawing.ts';

/** The icicle of a page that holds a tree; drawn again where its width changes. */
export const ICICLE_SCRIPT: string = String.raw`
const source = document.getElementById('tree');
if (source) {
${ICICLE_DRAWING}${ICICLE_ACTIONS}
  let width = 0;
  new ResizeObserver(() => {
    if (blocks.clientWidth === width) return;
    width = blocks.clientWidth;
    draw();
  }).observe(blocks);
  draw();
}
`;
