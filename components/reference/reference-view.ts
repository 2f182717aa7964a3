/* The reference as its pages need it: plain data, made from the OpenAPI document and the examples. */

export interface ChapterView {
  name: string;
  /** Its part of the address. */
  slug: string;
  intro: string;
  operations: readonly OperationView[];
}

export interface OperationView {
  /** Also its anchor. */
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  /** Who may ask, what it is counted against and the like, a few words each. */
  facts: readonly string[];
  parameters: readonly ParameterView[];
  bodies: readonly BodyView[];
  answers: readonly AnswerView[];
  problems: readonly ProblemView[];
  examples: readonly ExampleView[];
}

export interface ParameterView {
  name: string;
  /** Where it stands: in the path, the query or the header. */
  place: string;
  required: boolean;
  schema: SchemaView;
}

export interface BodyView {
  contentType: string;
  schema: SchemaView;
}

export interface AnswerView {
  status: string;
  description: string;
  contentTypes: readonly string[];
  schema: SchemaView | null;
  headers: readonly { name: string; description: string }[];
}

/** One status, and what goes wrong under it. */
export interface ProblemView {
  status: string;
  codes: readonly string[];
}

export interface ExampleView {
  /** What it is written for, such as curl. */
  title: string;
  code: string;
}

/** What a value may be. */
export interface SchemaView {
  /** In words, such as “string (uuid)” or “array of numbers”. */
  type: string;
  /** Name of the object that it is, or is a list of, which is told of at its own place. */
  object: string | null;
  description: string | null;
  /** What holds of it besides, a few words each. */
  rules: readonly string[];
  /** All that it may be, where that is a few. */
  values: readonly string[];
  properties: readonly PropertyView[];
  /** Where it is one of several. */
  variants: readonly VariantView[];
}

export interface VariantView {
  title: string;
  schema: SchemaView;
}

export interface PropertyView {
  name: string;
  required: boolean;
  schema: SchemaView;
}

/** An object that several answers are made of. */
export interface ObjectView {
  name: string;
  schema: SchemaView;
}
