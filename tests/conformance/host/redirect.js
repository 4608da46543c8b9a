'use strict';
// Gives another `net` to the user's files: those outside of node_modules and of this folder.

const Module = require('node:module');
const path = require('node:path');
const { fileURLToPath } = require('node:url');

const names = new Set(['net', 'node:net']);

function isUsers(file) {
  return !file || (!file.startsWith(__dirname + path.sep) &&
    !file.includes(`${path.sep}node_modules${path.sep}`));
}

/// `file`: of the module that takes the place of net. A file, since modules are imported by address.
module.exports = function redirect(file) {
  const replacement = require(file);
  const load = Module._load;
  Module._load = function(request, parent, ...rest) {
    return names.has(request) && isUsers(parent?.filename) ? replacement : load.call(this, request, parent, ...rest);
  };

  const builtin = process.getBuiltinModule;
  if (builtin)
    process.getBuiltinModule = (id) => (names.has(id) ? replacement : builtin.call(process, id));

  const source = `import { createRequire } from 'node:module';
const net = createRequire(${JSON.stringify(file)})(${JSON.stringify(file)});
export default net;
export const { ${Object.keys(replacement).join(', ')} } = net;`;
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  const users = (parent) => !parent?.startsWith('file:') || isUsers(fileURLToPath(parent));

  if (Module.registerHooks) {
    Module.registerHooks({
      resolve: (specifier, context, next) => (names.has(specifier) && users(context.parentURL)
        ? { url, shortCircuit: true } : next(specifier, context)),
    });
  }
};
