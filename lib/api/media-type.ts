/** What a request says its body is, without parameters and in lower case; undefined where it says nothing. */
export function mediaTypeOf(request: Request): string | undefined {
  return request.headers.get('content-type')?.split(';')[0]!.trim().toLowerCase();
}
