import { fromBufferPromise } from 'yauzl';
import { AuditSource, mostSourceCharacters, mostSourceFiles } from '#server/contract/contract-audit.ts';
import { HubError } from '#server/hub-error.ts';

/**
 * The Solidity files of a zip whose maker nobody knows; other files are passed over. Bytes are counted while unpacking,
 * because sizes in a zip are only claims, and nothing touches the disk.
 *
 * @throws {HubError} `validation_failed`
 */
export async function readSourceZip(zip: Uint8Array): Promise<AuditSource[]> {
  const archive = await fromBufferPromise(Buffer.from(zip), { strictFileNames: true }).catch(() => null);
  if (archive === null) throw unreadable('This is not a zip file.', '这不是 zip 文件。');
  const sources: AuditSource[] = [];
  let left = mostSourceCharacters;
  try {
    for await (const entry of archive.eachEntry()) {
      const path = entry.fileName;
      if (!path.endsWith('.sol') || path.startsWith('__MACOSX/') || entry.isEncrypted() || !entry.canDecodeFileData())
        continue;
      if (sources.length === mostSourceFiles) throw tooMany();
      const pieces: Buffer[] = [];
      for await (const piece of await archive.openReadStreamPromise(entry)) {
        left -= (piece as Buffer).length;
        if (left < 0) throw tooMany();
        pieces.push(piece as Buffer);
      }
      sources.push(AuditSource.parse({ path, content: Buffer.concat(pieces).toString('utf8') }));
    }
  } catch (thrown) {
    if (thrown instanceof HubError) throw thrown;
    throw unreadable('The zip is damaged or hostile.', 'zip 文件已损坏或含有恶意内容。');
  }
  if (sources.length === 0)
    throw unreadable('There is no Solidity file (.sol) in the zip.', 'zip 中没有 Solidity 文件（.sol）。');
  return sources;
}

const unreadable = (en: string, zh: string) => new HubError('validation_failed', { en, zh });
const tooMany = () =>
  new HubError('payload_too_large', {
    en: `Unpacked, there can be ${mostSourceFiles} Solidity files and ${mostSourceCharacters / 1_000_000} MB at most.`,
    zh: `解压后最多 ${mostSourceFiles} 个 Solidity 文件、${mostSourceCharacters / 1_000_000} MB。`,
  });
