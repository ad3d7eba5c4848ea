// Messages to the computer; posture/app/phone/sealed.py opens them.

const { nacl } = globalThis;

export const HELLO = 0;
export const PHOTO = 1;
export const DONE = 2;

const KEY = /^#([0-9a-f]{64})$/;

/** The key in the part of the address that browsers keep to themselves; null when there is none. */
export function keyOf(hash) {
  const found = KEY.exec(hash);
  return found && Uint8Array.from(found[1].match(/../g), (pair) => parseInt(pair, 16));
}

/** One message, encrypted under a nonce of its own, which stands before it. */
export function sealed(kind, number, content, key) {
  const plain = new Uint8Array(content.length + 2);
  plain.set([kind, number]);
  plain.set(content, 2);
  const nonce = nacl.randomBytes(nacl.secretbox.nonceLength);
  const box = nacl.secretbox(plain, nonce, key);
  const message = new Uint8Array(nonce.length + box.length);
  message.set(nonce);
  message.set(box, nonce.length);
  return message;
}
