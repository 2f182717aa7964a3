/** What a browser sends for a file field that was left empty. */
const NO_FILE = new File([], '');

/** A form for each photo in the field; for none at all, one whose field was left empty, so that it is refused there. */
export function oneForEachPhoto(data: FormData, field: string): FormData[] {
  const photos = data.has(field) ? data.getAll(field) : [NO_FILE];
  return photos.map((photo) => {
    const form = new FormData();
    for (const [name, value] of data) if (name !== field) form.append(name, value);
    form.append(field, photo);
    return form;
  });
}
