import { settings } from '#lib/config/settings';
import { AppError, type FieldError } from '#lib/core/errors';
import { isId } from '#lib/core/ids';
import { type PictureAddress, parsePictureAddress } from '#lib/media/fetch/picture-address';
import { aboutField } from '#lib/media/image/image-errors';
import type { SentFile } from '#lib/media/intake';
import { fieldError } from './field-errors.ts';
import type { ImageRole, PipelineDeclaration } from '../pipeline.ts';

/** Where a picture comes from: a file of this request, an upload made before, or an address. */
export type ImageSource = { role: string } & (
  { sent: SentFile } | { uploadId: string } | { address: PictureAddress }
);

const ROLES: readonly ImageRole['name'][] = ['image', 'end_image'];

/** The field of a batch's pictures. */
export const BATCH_FILES = 'images';
const FILE_FIELDS: ReadonlySet<string> = new Set([...ROLES, BATCH_FILES]);

/** Whether a field of this name has to be a file. */
export function isFileField(name: string): boolean {
  return FILE_FIELDS.has(name);
}

/** What is said of a picture that came as text, or without the file name that makes it a file. */
export function notAFile(name: string): FieldError {
  const message = `${name} has to be a file of a multipart form, with a file name.`;
  return fieldError(name, 'not_a_file', message);
}

/** Every field by which some pipeline takes a picture. */
export const IMAGE_FIELDS: readonly string[] = ROLES.flatMap(fieldsOf);

function fieldsOf(role: string): string[] {
  return [role, uploadField(role), urlField(role)];
}

/** The field that names an upload for a role. */
export function uploadField(role: string): string {
  return `${role}_upload_id`;
}

/** The field that has the address of a role's picture. */
export function urlField(role: string): string {
  return `${role}_url`;
}

type Values = ReadonlyMap<string, unknown>;

/** The pictures of a request, one for each role at most; what is wrong with them is added to `errors`. */
export function checkImages(
  pipeline: PipelineDeclaration,
  values: Values,
  files: readonly SentFile[],
  errors: FieldError[],
): ImageSource[] {
  return ROLES.flatMap((name) => {
    const role = pipeline.images.find((image) => image.name === name);
    const given = files.filter((sent) => sent.field === name);
    if (!role) errors.push(...uncalledFor(pipeline, name, values, given));
    return role ? (checkRole(pipeline, role, values, given, errors) ?? []) : [];
  });
}

function uncalledFor(
  pipeline: PipelineDeclaration,
  name: string,
  values: Values,
  given: readonly SentFile[],
): FieldError[] {
  return usedFields(name, values, given).map((field) =>
    fieldError(field, 'not_accepted', `${pipeline.id} takes no ${name}.`),
  );
}

function usedFields(name: string, values: Values, given: readonly SentFile[]): string[] {
  return fieldsOf(name).filter((field) => values.has(field) || (field === name && given.length > 0));
}

function checkRole(
  pipeline: PipelineDeclaration,
  { name, label, required }: ImageRole,
  values: Values,
  given: readonly SentFile[],
  errors: FieldError[],
): ImageSource | null {
  const refused = (field: string, code: string, message: string) => {
    errors.push(fieldError(field, code, message));
    return null;
  };
  if (values.has(name)) {
    errors.push(notAFile(name));
    return null;
  }
  const [sent, another] = given;
  if (another) return refused(name, 'duplicate', `${name} takes one picture, but ${given.length} were sent.`);
  const [field, second] = usedFields(name, values, given);
  if (second) return refused(second, 'conflict', `Send either ${field} or ${second}, not both.`);
  if (sent) return { role: name, sent };
  if (field === urlField(name)) return checkAddress(name, values.get(field), errors);
  if (field === uploadField(name)) {
    const uploadId = values.get(field);
    if (typeof uploadId === 'string' && isId(uploadId)) return { role: name, uploadId };
    return refused(field, 'invalid', 'That is not the id of an upload.');
  }
  if (!required) return null;
  const ways = `${name}, ${uploadField(name)} or ${urlField(name)}`;
  return refused(name, 'required', `${pipeline.title} needs a ${label.toLowerCase()}: send it as ${ways}.`);
}

function checkAddress(role: string, given: unknown, errors: FieldError[]): ImageSource | null {
  try {
    return { role, address: parsePictureAddress(given, settings().imageHosts) };
  } catch (error) {
    const told = aboutField(urlField(role), error);
    if (!(told instanceof AppError)) throw error;
    errors.push(...told.fields);
    return null;
  }
}
