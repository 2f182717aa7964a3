import type { FieldError } from '#lib/core/errors';
import { isId } from '#lib/core/ids';
import type { SentFile } from '#lib/media/intake';
import { fieldError } from './field-errors.ts';
import type { ImageRole, PipelineDeclaration } from '../pipeline.ts';

/** Where a picture comes from: a file of this request, or an upload made before. */
export type ImageSource = { role: string; sent: SentFile } | { role: string; uploadId: string };

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

function uploadField(role: string): string {
  return `${role}_upload_id`;
}

function urlField(role: string): string {
  return `${role}_url`;
}

/** The pictures of a request, one for each role at most; what is wrong with them is added to `errors`. */
export function checkImages(
  pipeline: PipelineDeclaration,
  values: ReadonlyMap<string, unknown>,
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
  values: ReadonlyMap<string, unknown>,
  given: readonly SentFile[],
): FieldError[] {
  const used = fieldsOf(name).filter((field) => values.has(field) || (field === name && given.length > 0));
  return used.map((field) => fieldError(field, 'not_accepted', `${pipeline.id} takes no ${name}.`));
}

function checkRole(
  pipeline: PipelineDeclaration,
  { name, label, required }: ImageRole,
  values: ReadonlyMap<string, unknown>,
  given: readonly SentFile[],
  errors: FieldError[],
): ImageSource | null {
  const refused = (field: string, code: string, message: string) => {
    errors.push(fieldError(field, code, message));
    return null;
  };
  const uploadId = values.get(uploadField(name));
  const [sent, another] = given;
  if (values.has(urlField(name))) {
    const message = `A picture by its address is not supported yet; send it as ${name} or ${uploadField(name)}.`;
    return refused(urlField(name), 'not_supported', message);
  }
  if (values.has(name)) {
    errors.push(notAFile(name));
    return null;
  }
  if (another) return refused(name, 'duplicate', `${name} takes one picture, but ${given.length} were sent.`);
  if (sent && uploadId !== undefined) {
    return refused(uploadField(name), 'conflict', `Send either ${name} or ${uploadField(name)}, not both.`);
  }
  if (sent) return { role: name, sent };
  if (typeof uploadId === 'string' && isId(uploadId)) return { role: name, uploadId };
  if (uploadId !== undefined)
    return refused(uploadField(name), 'invalid', 'That is not the id of an upload.');
  if (!required) return null;
  const message = `${pipeline.title} needs a ${label.toLowerCase()}: send it as ${name} or ${uploadField(name)}.`;
  return refused(name, 'required', message);
}
