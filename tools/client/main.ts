import { writeFileSync } from 'node:fs';
import { openApiDocument } from '#lib/api/openapi/document';
import { CLIENT_FILE, clientSource } from './client-source.ts';

/* `npm run client`: writes what the typed client knows of the API, after the operations have changed. */

writeFileSync(CLIENT_FILE, await clientSource(openApiDocument()));
