/**
 * The Content-Security-Policy of a page. Only scripts that bear the nonce run, and what those load; a style may stand in
 * an attribute, since React writes them there. See docs/decisions/029-security-headers.md.
 * @param isDevelopment lets in what `next dev` needs
 */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  const own = `'self' 'nonce-${nonce}'`;
  const directives = {
    'default-src': "'none'",
    'script-src': `${own} 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    'style-src': isDevelopment ? "'self' 'unsafe-inline'" : own,
    'style-src-attr': "'unsafe-inline'",
    // A photo on the desk is shown before it is sent, by an address that the browser makes for it.
    'img-src': "'self' blob:",
    'media-src': "'self'",
    'connect-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
