import { publicRoutes } from '#lib/api/route';
import { notFound } from '#lib/core/errors';

const nothingHere = () => Promise.reject(notFound('address in this API'));

export const { GET, POST, PUT, PATCH, DELETE } = publicRoutes({
  GET: nothingHere,
  POST: nothingHere,
  PUT: nothingHere,
  PATCH: nothingHere,
  DELETE: nothingHere,
});
