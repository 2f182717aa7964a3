import { answering } from '#lib/api/answering';
import { notFound } from '#lib/core/errors';

function nothingHere(request: Request): Promise<Response> {
  return answering(request, () => Promise.reject(notFound('address in this API')));
}

export {
  nothingHere as GET,
  nothingHere as POST,
  nothingHere as PUT,
  nothingHere as PATCH,
  nothingHere as DELETE,
};
