/**
 * A drawing that can stand alone as a picture: with a size of its own, and without anything that runs, links or holds HTML.
 *
 * @throws {Error} if it is no SVG
 */
export function sizeSvg(source: string): string {
  const page = new DOMParser().parseFromString(source, 'image/svg+xml');
  const svg = page.documentElement;
  if (svg.localName !== 'svg' || page.querySelector('parsererror') !== null) throw new Error('This is no SVG.');
  for (const element of page.querySelectorAll('script, foreignObject, iframe, image, use[href^="http"]'))
    element.remove();
  for (const link of page.querySelectorAll('a')) link.replaceWith(...link.childNodes);
  const [, , width, height] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/);
  if (width !== undefined && height !== undefined) {
    svg.setAttribute('width', width);
    svg.setAttribute('height', height);
    svg.style.removeProperty('max-width');
  }
  return new XMLSerializer().serializeToString(svg);
}

/** The size that `sizeSvg` gave a drawing: it keeps the place of a picture that the browser has yet to read. */
export function readSvgSize(svg: string): Partial<Record<'width' | 'height', string>> {
  const read = (name: string) => new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(svg)?.[1];
  const [width, height] = [read('width'), read('height')];
  return width === undefined || height === undefined ? {} : { width, height };
}
