const CHUNK_LENGTH = 65_536;

/** The texts joined into chunks of about 64 kB, made as they are taken; a longer text is one. */
export function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
