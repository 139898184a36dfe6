import sharp from 'sharp';

/** A small real PNG, as the images endpoint answers it. */
export async function drawImage(): Promise<string> {
  const colour = { r: 64, g: 96, b: 192 };
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: colour } })
    .png()
    .toBuffer();
  return png.toString('base64');
}
