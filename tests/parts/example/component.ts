/** What its pods are called, and where they listen: the same in its own chart and for who calls it. */
export const COMPONENT = 'example';
export const PORT = 6379;
