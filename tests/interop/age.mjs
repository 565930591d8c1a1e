// An independent age: reads one JSON list of requests, writes one JSON list of answers. Bytes are base64.
import { readFileSync } from "node:fs";
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const text = (data) => Buffer.from(data).toString("base64");

const actions = {
  async open({ identity, file }) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return text(await decrypter.decrypt(bytes(file), "uint8array"));
  },
  async seal({ recipients, plain }) {
    const encrypter = new Encrypter();
    recipients.forEach((recipient) => encrypter.addRecipient(recipient));
    return text(await encrypter.encrypt(bytes(plain)));
  },
  async recipient({ identity }) {
    return await identityToRecipient(identity);
  },
};

const answers = [];
for (const request of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    answers.push({ answer: await actions[request.action](request) });
  } catch (error) {
    answers.push({ refused: String(error.message) });
  }
}
process.stdout.write(JSON.stringify(answers));
