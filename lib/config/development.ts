/** Whether this is `next dev`, whose pages take more than those of a build: code that is made as it runs. */
export const isDevelopment = process.env.NODE_ENV === 'development';
