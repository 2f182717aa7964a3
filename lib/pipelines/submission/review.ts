import type { FieldError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { PipelineDeclaration, PipelineRequest, Review } from '../pipeline.ts';
import { fieldError } from './field-errors.ts';

/** How far apart, in percent, the aspect ratios of a video's first and last picture may lie. */
const RATIO_TOLERANCE = 2;

/**
 * Hold a request as a whole against what its model does with pictures, the pictures against each other, and what the
 * pipeline itself has to say; `params` are those to carry out.
 */
export function reviewRequest(pipeline: PipelineDeclaration, request: PipelineRequest): Required<Review> {
  const ofImages = reviewEndImage(request);
  const own: Review = pipeline.review?.(request) ?? { errors: [], warnings: [] };
  return {
    errors: [...ofImages.errors, ...own.errors],
    warnings: [...ofImages.warnings, ...own.warnings],
    params: own.params ?? request.params,
  };
}

function reviewEndImage({ model: id, images }: PipelineRequest): Review {
  const model = findModel(id);
  const { image, end_image: endImage } = images;
  if (model?.endImage === 'required' && !endImage) {
    const message = `${model.title} goes from one picture to another: send the last one as end_image.`;
    return { errors: [fieldError('end_image', 'required', message)], warnings: [] };
  }
  if (model?.endImage === 'unused' && endImage) {
    return { errors: [], warnings: [`${model.title} makes no use of an end image; yours was left out.`] };
  }
  return { errors: image && endImage ? compareRatios(image, endImage) : [], warnings: [] };
}

type Sides = PipelineRequest['images'][string];

function compareRatios(start: Sides, end: Sides): FieldError[] {
  // Multiplied out, so that whole numbers are compared.
  const [ratio, endRatio] = [start.width * end.height, end.width * start.height] as const;
  if (100 * Math.max(ratio, endRatio) <= (100 + RATIO_TOLERANCE) * Math.min(ratio, endRatio)) return [];
  const message =
    `The end image has another shape than the start image: ${describe(end)} ` +
    `against ${describe(start)}. Crop one to the other's aspect ratio.`;
  return [fieldError('end_image', 'aspect_ratio', message)];
}

function describe({ width, height }: Sides): string {
  return `${width}x${height} (${(width / height).toPrecision(3)}:1)`;
}
