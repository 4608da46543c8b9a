'use strict';
// compare.js SCRIPT STOCK=HOOK...: runs the script under Node's own net, and once more with each hook in front.
// A hook may be given as same:FILE, which must print the same trace, or as other:FILE, which must not.
// Exit status 77: skipped.

const { spawn } = require('node:child_process');
const path = require('node:path');
const fs = require('node:fs');
const os = require('node:os');

const [script, ...worlds] = process.argv.slice(2);
const name = path.basename(script, '.js');
const text = fs.readFileSync(script, 'utf8');
// What does nothing is known by then.
const limit = { same: 60_000, other: 2_000 };

/// What the script says it needs: "// needs node 20.12", "// needs alone", "// needs ipv6".
function lacking() {
  for (const [, need] of text.matchAll(/^\/\/ needs (.*)$/gm)) {
    const [word, version] = need.split(' ');
    if (word === 'node') {
      const [major, minor = 0] = version.split('.').map(Number);
      const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
      if (haveMajor < major || (haveMajor === major && haveMinor < minor))
        return `node ${version}, this is ${process.version}`;
    } else if (word === 'alone' && !process.env.LIBNET_ALONE) {
      return 'a network of its own, which is not permitted here';
    } else if (word === 'ipv6' && !fs.existsSync('/proc/net/if_inet6')) {
      return 'IPv6';
    }
  }
  return undefined;
}

/// Each run has a temporary folder of its own: a control that is killed leaves its local paths behind, and a later
/// run may be given its process id.
function run(hook, msecs) {
  return new Promise((resolve) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'conformance-'));
    const environment = { ...process.env, TMPDIR: folder, NODE_OPTIONS: hook ? `--require=${hook}` : '' };
    const child = spawn(process.execPath, [script], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let trace = '';
    let errors = '';
    child.stdout.on('data', (text) => { trace += text; });
    child.stderr.on('data', (text) => { errors += text; });
    const timer = setTimeout(() => {
      errors += `(still running after ${msecs} ms)\n`;
      child.kill('SIGKILL');
    }, msecs);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      fs.rmSync(folder, { recursive: true, force: true });
      resolve({ trace: `${trace}exit ${signal ?? status}\n`, errors });
    });
  });
}

/// The two traces line by line: what only one of them has is marked, from the first difference on.
function difference(expected, actual) {
  const left = expected.split('\n');
  const right = actual.split('\n');
  let same = 0;
  while (same < left.length && left[same] === right[same])
    same++;
  const shown = (lines, mark) => lines.slice(same, same + 25).map((line) => `${mark} ${line}`);
  return [...left.slice(Math.max(0, same - 5), same).map((line) => `  ${line}`), ...shown(left, '-'),
          ...shown(right, '+')].join('\n');
}

async function main() {
  const reason = lacking();
  if (reason) {
    console.log(`${name}: skipped: needs ${reason}`);
    return 77;
  }
  const stock = await run(undefined, limit.same);
  if (!stock.trace.endsWith('exit 0\n')) {
    console.log(`${name}: does not pass under node itself\n${stock.trace}${stock.errors}`);
    return 1;
  }
  let failed = 0;
  for (const world of worlds) {
    const [expectation, given] = world.split(/:(.*)/);
    // "// whole surface": the facade has not all the names that the script uses.
    const hook = text.includes('\n// whole surface\n') ? given.replace(/facade-hook\.js$/, 'whole-hook.js') : given;
    const other = await run(hook, limit[expectation]);
    if ((other.trace === stock.trace) === (expectation === 'same'))
      continue;
    failed++;
    console.log(`${name}: ${path.relative(process.cwd(), hook)} prints ` + (expectation === 'same'
      ? `another trace (- node, + ${path.basename(hook)})\n${difference(stock.trace, other.trace)}\n${other.errors}`
      : 'the same trace, so the script proves nothing'));
  }
  if (!failed)
    console.log(`${name}: ${stock.trace.split('\n').length - 1} lines, as expected in ${worlds.length + 1} worlds`);
  return failed ? 1 : 0;
}

main().then((status) => { process.exitCode = status; });
