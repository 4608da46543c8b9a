// Runs in the thread in which Node resolves imports, before it has `registerHooks`: `net` of the user's files is `url`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const names = new Set(['net', 'node:net']);
let given = {};

export function initialize(data) {
  given = data;
}

function isUsers(parent) {
  const file = parent?.startsWith('file:') ? fileURLToPath(parent) : '';
  return !file.startsWith(given.folder) &&
    (given.packages || !file.includes(`${path.sep}node_modules${path.sep}`));
}

export async function resolve(specifier, context, next) {
  return names.has(specifier) && isUsers(context.parentURL)
    ? { url: given.url, shortCircuit: true } : next(specifier, context);
}
