import net from 'node:net';
import { format } from 'node:util';
import { afterAll, afterEach, beforeEach } from 'vitest';

/*
 * Fails a test in which something was written with console.error, or that tried to reach another machine.
 * A Unix socket and loopback are allowed; so is a name that the test itself resolves to loopback.
 */
const problems: string[] = [];
const writeError = console.error;
const connect = net.Socket.prototype.connect;
const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|localhost|0\.0\.0\.0|::)$/i;

type Target = { path?: unknown; host?: unknown; lookup?: unknown };

function toTarget(parameters: readonly unknown[]): Target {
  const [first, second] = parameters;
  if (Array.isArray(first)) return toTarget(first);
  if (typeof first === 'object' && first !== null) return first;
  return typeof first === 'string' && Number.isNaN(Number(first)) ? { path: first } : { host: second };
}

function refuse(socket: net.Socket, host: string) {
  problems.push(`an unexpected outgoing connection to ${host}`);
  socket.destroy(new Error(`A test may not reach ${host}.`));
}

net.Socket.prototype.connect = function guardedConnect(this: net.Socket, ...parameters: unknown[]) {
  const { path, host, lookup } = toTarget(parameters);
  const isNamed = typeof host === 'string' && !loopback.test(host);
  if (typeof path === 'string' || !isNamed) return Reflect.apply(connect, this, parameters) as net.Socket;
  if (net.isIP(host) === 0 && typeof lookup === 'function') {
    this.once('lookup', (_error, address: string) => {
      if (typeof address === 'string' && !loopback.test(address)) refuse(this, `${host} (${address})`);
    });
    return Reflect.apply(connect, this, parameters) as net.Socket;
  }
  process.nextTick(() => refuse(this, host));
  return this;
};

afterAll(() => {
  net.Socket.prototype.connect = connect;
});

beforeEach(() => {
  problems.length = 0;
  console.error = (...parameters: unknown[]) => {
    problems.push(`console.error: ${format(...parameters)}`);
    writeError(...parameters);
  };
});

afterEach(() => {
  console.error = writeError;
  if (problems.length > 0) throw new Error(`The test had:\n${problems.splice(0).join('\n')}`);
});
