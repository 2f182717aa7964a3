import { z } from 'zod';

const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:\d{1,5})?$/;
const HOSTS_TAKE = 'names of hosts joined by commas, such as pictures.example.org,*.example.com';

export const pictureAddressVariables = {
  MULTIPLANE_IMAGE_HOSTS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .toLowerCase()
        .split(',')
        .flatMap((host) => host.trim() || []),
    )
    .refine((hosts) => hosts.every((host) => HOST.test(host)), HOSTS_TAKE),
  MULTIPLANE_GCS_CREDENTIALS: z.string().optional(),
};
