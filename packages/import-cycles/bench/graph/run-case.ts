/**
 * One tool on one graph, in a process of its own, so that its peak memory is its own too:
 * `node run-case.ts TOOL SHAPE NODES`. Prints the steps as JSON.
 */
import { alg, Graph } from '@dagrejs/graphlib';
import { knotsOf, stronglyConnectedComponents } from '../../src/graph/components.ts';
import { digraphFromEdges } from '../../src/graph/digraph.ts';
import { shortestCycle } from '../../src/graph/shortest-cycle.ts';
import { StepMeter } from './measure-steps.ts';
import { SHAPES, type Edges, type Shape } from './shapes.ts';

function seaworthy(edges: Edges, meter: StepMeter): void {
  const digraph = meter.run(
    'build',
    () => digraphFromEdges(edges.nodeCount, edges.from, edges.to),
    ({ edgeCount }) => `${edgeCount} edges`,
  );
  meter.run(
    'components',
    () => stronglyConnectedComponents(digraph),
    ({ count }) => `${count}`,
  );
  const knots = meter.run(
    'knots',
    () => knotsOf(digraph),
    ({ length }) => `${length}`,
  );
  meter.run(
    'witnesses',
    () => knots.map((knot) => shortestCycle(digraph, knot)),
    (cycles) => `${cycles.length}`,
  );
}

function graphlib(edges: Edges, meter: StepMeter): void {
  const graph = meter.run(
    'build',
    () => {
      const built = new Graph();
      for (let node = 0; node < edges.nodeCount; node++) built.setNode(String(node));
      for (let edge = 0; edge < edges.from.length; edge++) {
        built.setEdge(String(edges.from[edge]), String(edges.to[edge]));
      }
      return built;
    },
    (built) => `${built.edgeCount()} edges`,
  );
  meter.run(
    'components',
    () => alg.tarjan(graph),
    ({ length }) => `${length}`,
  );
  meter.run(
    'knots',
    () => alg.findCycles(graph),
    ({ length }) => `${length}`,
  );
}

const TOOLS = { seaworthy, graphlib };
const [tool, shape, nodeCount] = process.argv.slice(2) as [keyof typeof TOOLS, Shape, string];
const edges = SHAPES[shape](Number(nodeCount));
const meter = new StepMeter();
try {
  TOOLS[tool](edges, meter);
} catch (error) {
  // Its step says so; anything else is a defect of the benchmark.
  if (!(error instanceof RangeError)) throw error;
}
console.log(JSON.stringify({ steps: meter.steps, peakMb: process.resourceUsage().maxRSS / 1024 }));
