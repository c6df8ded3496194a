// Builds the graph of the working folder and its components: `seaworthy.mjs [cache folder]`.
import console from 'node:console';
import process from 'node:process';
import { buildImportGraph, digraphOf, knotsOf } from '@seaworthy/import-cycles';

const [cacheFolder] = process.argv.slice(2);
const graph = await buildImportGraph('.', { language: 'python', cacheFolder });
const knots = knotsOf(digraphOf(graph, 'import-time'));
console.log(JSON.stringify({ files: graph.modules.length, edges: graph.imports.count, knots: knots.length }));
