'use strict';
// bulk.js HOOK FOLDER|SCRIPT...: scripts written by others, each run under Node's own net and under the hook.
// What passes with Node may fail here by what the script itself finds wrong, but not with a signal, by never ending,
// with sockets left open that Node would have closed, or by an exception that the preload has not meant to throw.
// BULK_LIMIT: seconds for a script (default 20). BULK_JOBS: how many at once (default 2). BULK_VERBOSE: print their output.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const [hook, ...given] = process.argv.slice(2).map((name) => path.resolve(name));
const limit = Number(process.env.BULK_LIMIT ?? 20) * 1000;
const jobs = Number(process.env.BULK_JOBS ?? 2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bulk-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const scripts = given.flatMap((one) => (fs.statSync(one).isDirectory()
  ? fs.readdirSync(one).filter((name) => /\.m?js$/.test(name)).sort().map((name) => path.join(one, name)) : [one]));

/// Command line options that the script asks for, as Node's own tests do.
function flagsOf(script) {
  const flags = /^\/\/ Flags: (.*)$/m.exec(fs.readFileSync(script, 'utf8'));
  return flags ? flags[1].trim().split(/\s+/) : [];
}

/// Scripts that reach for what stands behind Node's own net find nothing here that Node's insides could take: they would
/// crash Node by any object.
function isInside(script) {
  return /process\.binding\(|require\('_http_|\.consume\(/.test(fs.readFileSync(script, 'utf8'));
}

let runs = 0;

function run(script, preload, job) {
  return new Promise((resolve) => {
    const census = path.join(folder, `census-${++runs}`);
    const required = [path.join(__dirname, 'census.js'), ...(preload ? [preload] : [])];
    const child = spawn(process.execPath, [...flagsOf(script), script], {
      cwd: path.dirname(script),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: required.map((file) => `--require=${file}`).join(' '),
             LIBNET_CENSUS: census, TEST_THREAD_ID: String(job) },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => { output += output.length < 100_000 ? text : ''; });
    const started = Date.now();
    let hung = false;
    const timer = setTimeout(() => {
      hung = true;
      process.kill(-child.pid, 'SIGKILL');
    }, limit);
    // What the script has started and left behind holds the pipes.
    let ended = {};
    const end = () => {
      clearTimeout(timer);
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch { /* nobody is left */ }
      const lines = fs.existsSync(census) ? fs.readFileSync(census, 'utf8').split('\n').filter(Boolean) : [];
      const sum = (column) => lines.reduce((total, line) => total + Number(line.split(' ')[column]), 0);
      resolve({ ...ended, hung, open: sum(0), owned: sum(1), output, msecs: Date.now() - started });
    };
    child.on('exit', (status, signal) => {
      ended = { status, signal };
      const grace = setTimeout(end, 1000);
      child.on('close', () => {
        clearTimeout(grace);
        end();
      });
    });
  });
}

/// What is to be said of a run under the hook, after one with Node's own net that went well.
function verdict(stock, here) {
  if (here.hung)
    return 'hang';
  if (here.signal && here.signal !== stock.signal || here.status > 128)
    return 'signal';
  if (here.status === 0)
    return here.open - here.owned > Math.max(0, stock.open) ? 'leak' : 'pass';
  // What the code of the host throws without a code of Node's was not meant, but for its own two refusals.
  const thrown = /^(?:TypeError|ReferenceError|RangeError|Error): (.*)\n\s+at .*?\/host\/\w+\.js/m.exec(here.output);
  return thrown && !/^\s+code: '/m.test(here.output) && !thrown[1].startsWith('under libnet') ? 'preload' : 'assertion';
}

async function main() {
  const counts = { pass: 0, assertion: 0, skipped: 0, signal: 0, hang: 0, leak: 0, preload: 0 };
  const left = scripts.slice();
  const work = async (job) => {
    for (let script = left.shift(); script; script = left.shift()) {
      if (isInside(script)) {
        counts.skipped++;
        console.log(`skipped   ${path.basename(script)}: reaches into Node's inside`);
        continue;
      }
      const stock = await run(script, undefined, job);
      if (stock.hung || stock.signal || stock.status !== 0) {
        counts.skipped++;
        console.log(`skipped   ${path.basename(script)}: fails with Node itself`);
        continue;
      }
      const here = await run(script, hook, job);
      const found = verdict(stock, here);
      counts[found]++;
      if (found === 'pass')
        continue;
      const why = found === 'leak' ? `${here.open} sockets open at the end, ${here.owned} of them known; with Node ${stock.open}`
        : found === 'signal' ? here.signal ?? here.status
          : (/^.*Error.*$/m.exec(here.output) ?? [''])[0].trim().slice(0, 150);
      console.log(`${found.padEnd(9)} ${path.basename(script)}: ${why}`);
      if (process.env.BULK_VERBOSE)
        console.log(here.output);
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, job) => work(job)));
  console.log(Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', '));
  return counts.signal + counts.hang + counts.leak + counts.preload || counts.pass === 0 ? 1 : 0;
}

main().then((status) => { process.exitCode = status; });
