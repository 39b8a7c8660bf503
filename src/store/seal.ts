import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { BotError } from '../errors';

/** Encrypts what must not stand in the database in clear. */
export interface Sealer {
  /** `about` says what it belongs to: it opens for that and for nothing else. */
  seal(clear: string, about: string): string;
  /** @throws BotError `bad-settings` when no key fits, or it was changed or belongs to something else */
  open(sealed: string, about: string): string;
}

const version = 's1';
const keyBytes = 32;

/**
 * AES-256-GCM. The first key encrypts, every key decrypts, so that a new one can be put first and an old one stay.
 *
 * @param keys 32 bytes each, base64; at least one
 * @throws BotError `bad-settings`
 */
export function createSealer(keys: readonly string[]): Sealer {
  const known = keys.map(keyOf);
  const first = known[0];
  if (!first) throw badKeys('reading the keys of before-images', 'Give at least one key.');
  return {
    seal(clear, about) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', first.key, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'));
      return [version, first.id, ...parts].join('.');
    },
    open(sealed, about) {
      const [form, id, iv = '', tag = '', body = ''] = sealed.split('.');
      const key = known.find((one) => one.id === id)?.key;
      if (form !== version || !key)
        throw badKeys(opening, 'Put the key that encrypted it back into BEFORE_IMAGE_KEYS.');
      try {
        const bytes = (part: string) => Buffer.from(part, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes(iv), { authTagLength: 16 });
        decipher.setAAD(Buffer.from(about)).setAuthTag(bytes(tag));
        return decipher.update(bytes(body), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw badKeys(opening, 'Have the database checked: what is kept was changed.', cause);
      }
    },
  };
}

const opening = 'opening a kept phone number';

function keyOf(text: string): { readonly id: string; readonly key: Buffer } {
  const key = Buffer.from(text, 'base64');
  if (key.length !== keyBytes || !/^[A-Za-z0-9+/]{43}=$/.test(text)) {
    throw badKeys(
      'reading the keys of before-images',
      'Give 32 random bytes in base64: openssl rand -base64 32.',
    );
  }
  // Names the key without telling it.
  return { id: createHash('sha256').update('key id').update(key).digest('hex').slice(0, 8), key };
}

function badKeys(doing: string, remedy: string, cause?: unknown): BotError {
  return new BotError('bad-settings', doing, remedy, { cause });
}
