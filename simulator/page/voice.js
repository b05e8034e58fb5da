// A voice note without a microphone: a valid Ogg Opus file of silence.

const FRAME = 960; // samples of 20 ms at 48 kHz
const SILENCE = [0xf8, 0xff, 0xfe]; // one such frame: CELT, mono, digital silence
const PER_PAGE = 50;
const SERIAL = 0x5a464e47;

const crcTable = Uint32Array.from({ length: 256 }, (_, i) => {
  let r = i << 24;
  for (let bit = 0; bit < 8; bit++) r = r & 0x80000000 ? (r << 1) ^ 0x04c11db7 : r << 1;
  return r >>> 0;
});

function crc(bytes) {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ crcTable[((sum >>> 24) ^ byte) & 0xff]) >>> 0;
  return sum;
}

function page(sequence, flags, granule, packets) {
  const body = packets.flat();
  const bytes = new Uint8Array(27 + packets.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(ascii("OggS"));
  bytes[5] = flags;
  view.setUint32(6, granule, true);
  view.setUint32(14, SERIAL, true);
  view.setUint32(18, sequence, true);
  bytes[26] = packets.length;
  bytes.set(packets.map((packet) => packet.length), 27);
  bytes.set(body, 27 + packets.length);
  view.setUint32(22, crc(bytes), true);
  return bytes;
}

const ascii = (text) => [...text].map((letter) => letter.charCodeAt(0));
const u32 = (number) => [number & 255, (number >> 8) & 255, (number >> 16) & 255, (number >>> 24) & 255];

// voiceNote makes a file that lasts the given seconds; its length stands in the last page's position.
export function voiceNote(seconds) {
  const head = [...ascii("OpusHead"), 1, 1, 0, 0, ...u32(48000), 0, 0, 0];
  const tags = [...ascii("OpusTags"), ...u32(4), ...ascii("demo"), ...u32(0)];
  const pages = [page(0, 2, 0, [head]), page(1, 0, 0, [tags])];
  const frames = Math.max(1, Math.round(seconds * 50));
  for (let done = 0; done < frames;) {
    const count = Math.min(PER_PAGE, frames - done);
    done += count;
    pages.push(page(pages.length, done === frames ? 4 : 0, done * FRAME, Array(count).fill(SILENCE)));
  }
  return new File(pages, "voice.ogg", { type: "audio/ogg" });
}
