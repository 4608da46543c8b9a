'use strict';
// Gives another `net` to the user's files: those outside of node_modules and of ours; on demand to packages too.

const Module = require('node:module');
const fs = require('node:fs');
const path = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { isMainThread } = require('node:worker_threads');
const stock = require('node:net');

const names = new Set(['net', 'node:net']);

/// `file`: of the module that takes the place of net. A file, since modules are imported by address.
/// `packages`: those in node_modules get it too.
module.exports = function redirect(file, packages = false) {
  const replacement = () => require(file);
  const own = [__dirname, path.dirname(file)].map((folder) => folder + path.sep);
  const isUsers = (user) => !user || (!own.some((folder) => user.startsWith(folder)) &&
    (packages || !user.includes(`${path.sep}node_modules${path.sep}`)));
  // The main thread is Qt's too, so it comes first; workers that need no net have none.
  if (isMainThread)
    replacement();
  const load = Module._load;
  Module._load = function(request, parent, ...rest) {
    return names.has(request) && isUsers(parent?.filename) ? replacement() : load.call(this, request, parent, ...rest);
  };

  const builtin = process.getBuiltinModule;
  if (builtin)
    process.getBuiltinModule = (id) => (names.has(id) ? replacement() : builtin.call(process, id));

  const keys = Object.keys(isMainThread ? replacement() : stock);
  const source = `import { createRequire } from 'node:module';
const net = createRequire(${JSON.stringify(file)})(${JSON.stringify(file)});
export default net;
export const { ${keys.join(', ')} } = net;`;
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  const users = (parent) => !parent?.startsWith('file:') || isUsers(fileURLToPath(parent));

  if (Module.registerHooks) {
    Module.registerHooks({
      resolve: (specifier, context, next) => (names.has(specifier) && users(context.parentURL)
        ? { url, shortCircuit: true } : next(specifier, context)),
    });
  } else {
    beforeImports(() => Module.register('./imports.mjs', pathToFileURL(__filename),
                                        { data: { url, folder: __dirname + path.sep, packages } }));
  }
};

// Before `registerHooks` Node resolves imports in a thread of its own. It is started for those programs only that can
// import: modules, and files in which the word stands.
function beforeImports(register) {
  const compile = Module.prototype._compile;
  const start = () => {
    Module.prototype._compile = compile;
    register();
  };
  const [, main] = process.argv;
  // A worker is not yet told what its file is.
  if (!isMainThread || process.execArgv.some((flag) => flag.startsWith('--input-type=module')) || (main && isModule(main))) {
    register();
    return;
  }
  Module.prototype._compile = function(content, filename, ...rest) {
    if (/\bimport\s*\(/.test(content))
      start();
    return compile.call(this, content, filename, ...rest);
  };
}

function isModule(file) {
  if (!file.endsWith('.js'))
    return file.endsWith('.mjs');
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const about = path.join(folder, 'package.json');
    if (fs.existsSync(about))
      return JSON.parse(fs.readFileSync(about, 'utf8')).type === 'module';
    if (folder === path.dirname(folder))
      return false;
  }
}
