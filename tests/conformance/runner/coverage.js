'use strict';
// coverage.js NODE_API.md COVERAGE.md SCRIPTS: every row of the first has a script that uses its word, every behaviour of the
// second names scripts that exist, and no script is left that no behaviour names.

const fs = require('node:fs');
const path = require('node:path');

const [api, coverage, folder] = process.argv.slice(2);
const files = ['', 'programs', 'support'].flatMap((part) => fs.readdirSync(path.join(folder, part))
  .filter((name) => name.endsWith('.js')).map((name) => path.join(part, name)));
const texts = new Map(files.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
const problems = [];
// Not in a Node that can be asked, or of no effect within one process: libnet's own suites show them, tests/cluster among them.
const elsewhere = new Set(['`server[Symbol.asyncIterator]()`', '`ERR_IPC_CHANNEL_CLOSED`', '`ERR_IPC_DISCONNECTED`',
  '`SentHandleNotReceivedWarning`']);
const processes = /^## `(cluster|Worker)`[^]*?(?=^## )/gm;

function cellsOf(text) {
  return text.split('\n').filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
    .filter(([first]) => first !== 'Node' && first !== 'behaviour' && !/^-+$/.test(first));
}

/// What a script has to contain to be one for the row: 'event', option:, .member or "code".
function wordsOf(row) {
  return [...row.matchAll(/`([^`]*)`/g)].map(([, code]) => code).filter((code) => !/^(Socket|Server|BoundSocket|listen|connect|server|socket)$/.test(code))
    .map((code) => /'(\w+)'/.exec(code)?.[1] ?? /(\w+|\[Symbol\.\w+\])(?:\([^)]*\))?$/.exec(code)?.[1])
    .map((word) => word.replace(/^\[|\]$/g, ''));
}

const rows = cellsOf(fs.readFileSync(api, 'utf8').replace(processes, '')).filter(([, , status]) => status === 'same' || status === 'deviates');
for (const [row] of rows) {
  const words = wordsOf(row);
  const users = files.filter((name) => words.every((word) => new RegExp(`(?<![\\w$])${word.replaceAll('.', '\\.')}(?!\\w)`).test(texts.get(name))));
  if (words.length && users.length === 0 && !elsewhere.has(row))
    problems.push(`no script for the row ${row}`);
  if (process.env.COVERAGE_VERBOSE)
    console.log(`${row}: ${users.join(' ')}`);
}

const named = new Set();
const behaviours = cellsOf(fs.readFileSync(coverage, 'utf8'));
for (const [behaviour, scripts] of behaviours) {
  const names = scripts.split(/\s+/).filter(Boolean);
  if (names.length === 0)
    problems.push(`no script for "${behaviour}"`);
  for (const name of names) {
    named.add(`${name}.js`);
    if (!texts.has(`${name}.js`))
      problems.push(`"${behaviour}" names ${name}, which does not exist`);
  }
}
for (const name of files) {
  if (!name.startsWith('support') && !name.startsWith('programs') && !named.has(name))
    problems.push(`${name} is for no behaviour of the table`);
}

console.log(problems.join('\n') || `${rows.length} rows and ${behaviours.length} behaviours have their scripts`);
process.exitCode = problems.length ? 1 : 0;
