// Writes every board as a constant of type Board and lets TypeScript judge. BOARDS: the folder, ../grafana/boards unless told otherwise.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.BOARDS ?? '../grafana/boards';
const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
if (files.length === 0) {
  console.error(`no board in ${folder}`);
  process.exit(1);
}
rmSync('build', { recursive: true, force: true });
mkdirSync('build');
for (const name of files) {
  const json = readFileSync(join(folder, name), 'utf8');
  writeFileSync(
    join('build', name.replace(/\.json$/, '.ts')),
    `import type { Board } from '../board.ts';\n\nexport const board: Board = ${json.trimEnd()};\n`);
}
const compiler = spawnSync('node_modules/.bin/tsc', ['--project', '.'], { stdio: 'inherit' });
if (compiler.status === 0) console.log(`${files.length} boards are as Grafana's types say`);
process.exit(compiler.status ?? 1);
