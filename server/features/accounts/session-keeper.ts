import type { IncomingHttpHeaders } from 'node:http';
import { v7 } from 'uuid';
import { Role } from '#server/contract/account.ts';
import type { Actor } from '#server/contract/actor.ts';
import type { Database } from '#server/platform/database.ts';

/** The browser that asks, as the list of sessions shows it. */
export type Client = { address: string; userAgent: string | undefined };

/** How passwords become what is stored of them, in the form of better-auth. */
export type Passwords = {
  hash: (password: string) => Promise<string>;
  verify: (stored: { hash: string; password: string }) => Promise<boolean>;
};

type Needs = {
  prisma: Database['prisma'];
  /** Signs cookies; at least 32 characters. */
  secret: string;
  /** Where people reach the hub; with https, cookies are `Secure`. */
  baseUrl: string;
  /** Those of the library unless told. */
  passwords?: Passwords | undefined;
};

export type SessionPerson = Pick<Actor, 'userId' | 'name' | 'role'>;
export type SignedIn = { userId: string; setCookie: string[] };

const weekSeconds = 7 * 24 * 60 * 60;
const daySeconds = 24 * 60 * 60;

/** Header through which the address of a person's browser is handed on; it is set here, never by clients. */
const addressHeader = 'x-atrium-address';

function toHeaders({ cookie }: IncomingHttpHeaders, client?: Client): Headers {
  const headers = new Headers(cookie === undefined ? {} : { cookie });
  if (client === undefined) return headers;
  headers.set(addressHeader, client.address);
  if (client.userAgent !== undefined) headers.set('user-agent', client.userAgent.slice(0, 300));
  return headers;
}

/** Whether the library refused an input, with the status and the code that it gives. */
function isRefusal(error: unknown, statusCode: number, code: string): boolean {
  if (!(error instanceof Error) || !('statusCode' in error) || error.statusCode !== statusCode) return false;
  const body = 'body' in error ? error.body : undefined;
  return typeof body === 'object' && body !== null && 'code' in body && body.code === code;
}

/** Whether a request brings a session cookie at all; without one nobody needs to be looked up. */
export function readSessionCookie({ cookie }: IncomingHttpHeaders): string | null {
  return /(?:^|;\s*)(?:__Secure-)?atrium\.session_token=([^;]+)/.exec(cookie ?? '')?.[1] ?? null;
}

const libraryPasswords: Passwords = {
  hash: async (password) => (await import('better-auth/crypto')).hashPassword(password),
  verify: async (stored) => (await import('better-auth/crypto')).verifyPassword(stored),
};

async function openBetterAuth({ prisma, secret, baseUrl, passwords }: Needs & { passwords: Passwords }) {
  const [{ betterAuth }, { prismaAdapter }] = await Promise.all([
    import('better-auth/minimal'),
    import('better-auth/adapters/prisma'),
  ]);
  return betterAuth({
    appName: 'Atrium',
    baseURL: baseUrl,
    secret,
    database: prismaAdapter(prisma, { provider: 'postgresql', transaction: true }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      password: passwords,
    },
    session: { expiresIn: 4 * weekSeconds, updateAge: daySeconds },
    user: { additionalFields: { role: { type: 'string', input: false, defaultValue: 'member' } } },
    advanced: {
      cookiePrefix: 'atrium',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => v7() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
  });
}

/**
 * Keeps sessions through better-auth, the only file that knows it.
 *
 * Its own HTTP handler is not mounted: the hub's routes call it, so that its doors are the ones in the OpenAPI document.
 * The library loads when it is first needed, as that takes longer than the rest of a start. A wallet or single sign-on
 * is a plugin here and another `providerId` in the table `accounts`.
 */
export function createSessionKeeper({ passwords = libraryPasswords, ...needs }: Needs) {
  let opening: ReturnType<typeof openBetterAuth> | null = null;
  const open = () => (opening ??= openBetterAuth({ ...needs, passwords }));

  return {
    /** Loads the library ahead of the first person. */
    async warmUp() {
      await open();
    },

    hashPassword: passwords.hash,

    /** Null when the address or the password is wrong; both take the same time. */
    async signIn({ email, password }: { email: string; password: string }, client: Client): Promise<SignedIn | null> {
      const { api } = await open();
      try {
        const headers = toHeaders({}, client);
        const result = await api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
        return { userId: result.response.user.id, setCookie: result.headers.getSetCookie() };
      } catch (error) {
        if (error instanceof Error && 'statusCode' in error && error.statusCode === 401) return null;
        throw error;
      }
    },

    /** Whether it is the password with which a person signs in. */
    async isPassword(userId: string, password: string): Promise<boolean> {
      const account = await needs.prisma.account.findFirst({ where: { userId, providerId: 'credential' } });
      const hash = account?.password ?? null;
      return hash !== null && passwords.verify({ hash, password });
    },

    /** Ends the session; its cookie is useless afterwards, also where it was copied. */
    async signOut(requestHeaders: IncomingHttpHeaders): Promise<{ setCookie: string[] }> {
      const { api } = await open();
      const { headers } = await api.signOut({ headers: toHeaders(requestHeaders), returnHeaders: true });
      return { setCookie: headers.getSetCookie() };
    },

    /** Who is signed in; changes nothing. */
    async findSession(requestHeaders: IncomingHttpHeaders): Promise<SessionPerson | null> {
      const { api } = await open();
      const found = await api.getSession({ headers: toHeaders(requestHeaders), query: { disableRefresh: true } });
      return found === null
        ? null
        : { userId: found.user.id, name: found.user.name, role: Role.parse(found.user.role) };
    },

    /** The session that a request belongs to, as the database knows it. */
    async findSessionId(requestHeaders: IncomingHttpHeaders): Promise<string | null> {
      const { api } = await open();
      const found = await api.getSession({ headers: toHeaders(requestHeaders), query: { disableRefresh: true } });
      return found?.session.id ?? null;
    },

    /** Null when the current password is wrong. Every session ends; this browser goes on with a new cookie. */
    async changePassword(
      requestHeaders: IncomingHttpHeaders,
      { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
      client: Client,
    ): Promise<{ setCookie: string[] } | null> {
      const { api } = await open();
      try {
        const { headers } = await api.changePassword({
          body: { currentPassword, newPassword, revokeOtherSessions: true },
          headers: toHeaders(requestHeaders, client),
          returnHeaders: true,
        });
        return { setCookie: headers.getSetCookie() };
      } catch (error) {
        if (isRefusal(error, 400, 'INVALID_PASSWORD')) return null;
        throw error;
      }
    },

    /** Prolongs a session that is older than a day, and sets its cookie again. */
    async refreshSession(requestHeaders: IncomingHttpHeaders): Promise<{ setCookie: string[] }> {
      const { api } = await open();
      const { headers } = await api.getSession({ headers: toHeaders(requestHeaders), returnHeaders: true });
      return { setCookie: headers.getSetCookie() };
    },
  };
}
export type SessionKeeper = ReturnType<typeof createSessionKeeper>;
