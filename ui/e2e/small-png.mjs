// Screenshots for the repository: 256 colours are enough for a page, and a third of the bytes.
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG as browsers write them (8 bits, RGB or RGBA, opaque) with a palette instead. */
export function smallPng(png) {
  const { width, height, pixels } = decode(png);
  const { palette, indices } = reduce(pixels);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const lines = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) lines.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** Pixels as 0xRRGGBB. */
function decode(png) {
  let header;
  const data = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = header[9] === 6 ? 4 : 3;
  const stride = width * bytes;
  const raw = inflateSync(Buffer.concat(data));
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const line = new Uint8Array(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; x++) {
      const left = x < bytes ? 0 : line[x - bytes];
      const corner = x < bytes ? 0 : above[x - bytes];
      line[x] += [0, left, above[x], (left + above[x]) >> 1, paeth(left, above[x], corner)][filter];
    }
    for (let x = 0; x < width; x++) pixels[y * width + x] = (line[x * bytes] << 16) | (line[x * bytes + 1] << 8) | line[x * bytes + 2];
    above = line;
  }
  return { width, height, pixels };
}

function paeth(left, above, corner) {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
const apart = ([r, g, b], [R, G, B]) => (r - R) ** 2 + (g - G) ** 2 + (b - B) ** 2;

/** The most frequent colours, and then those that they would replace worst: a few words in a colour keep it. */
function chosenOf(counts) {
  const byCount = [...counts].sort((a, b) => b[1] - a[1]);
  const chosen = byCount.slice(0, 96).map(([colour]) => colour);
  const rest = byCount.slice(96).map(([colour, count]) => ({ colour, count, split: parts(colour), error: Infinity }));
  let added = chosen.map(parts);
  while (chosen.length < 256 && rest.length > 0) {
    let worst = rest[0];
    for (const one of rest) {
      for (const split of added) one.error = Math.min(one.error, apart(one.split, split));
      if (one.error * Math.sqrt(one.count) > worst.error * Math.sqrt(worst.count)) worst = one;
    }
    if (worst.error === 0) break;
    chosen.push(worst.colour);
    added = [worst.split];
  }
  return chosen;
}

/** Every colour becomes the nearest of those that were chosen. */
function reduce(pixels) {
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const chosen = chosenOf(counts);
  const nearest = new Map(chosen.map((colour, index) => [colour, index]));
  const split = chosen.map(parts);
  const indices = Uint8Array.from(pixels, (colour) => {
    let index = nearest.get(colour);
    if (index === undefined) {
      const own = parts(colour);
      let best = Infinity;
      split.forEach((other, at) => {
        const distance = apart(own, other);
        if (distance < best) [best, index] = [distance, at];
      });
      nearest.set(colour, index);
    }
    return index;
  });
  return { palette: Buffer.from(split.flat()), indices };
}

function chunk(type, body) {
  const whole = Buffer.alloc(body.length + 12);
  whole.writeUInt32BE(body.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(body, 8);
  whole.writeUInt32BE(crc(whole.subarray(4, 8 + body.length)), 8 + body.length);
  return whole;
}

/** CRC-32 as PNG has it (ISO 3309). */
function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
