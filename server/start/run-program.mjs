import { spawn } from 'node:child_process';

/**
 * Runs a Node.js program in the project's folder and keeps what it prints, to show it when the program fails.
 *
 * @param {string[]} parameters
 * @param {{ root: string, environment?: NodeJS.ProcessEnv }} where
 * @returns {Promise<void>}
 */
export function runProgram(parameters, { root, environment = {} }) {
  return new Promise((resolve, reject) => {
    const program = spawn(process.execPath, parameters, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [program.stdout, program.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (printed += text));
    }
    program.once('error', reject);
    program.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${parameters.join(' ')} ended with ${code}:\n${printed}`));
    });
  });
}
