/** JSON as what it is until somebody says what it has to be: unknown, and not `any`, which would go through every check. */
import { readFileSync } from 'node:fs';

/**
 * @param {string} text
 * @returns {unknown}
 */
export const parseJson = (text) => JSON.parse(text);

/**
 * @param {string} file
 * @returns {unknown}
 */
export const readJson = (file) => parseJson(readFileSync(file, 'utf8'));
