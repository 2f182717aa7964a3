// #region client
import { createClient } from '#lib/client/client';

export const studio = createClient({
  baseUrl: process.env.MULTIPLANE ?? 'http://localhost:3000',
  apiKey: process.env.KEY,
});
// #endregion
