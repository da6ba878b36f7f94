/** What tests of tests/terraform use of copy.cjs. */
export function copy(): string;
export function remove(folder: string): void;
export function useLocalState(root: string): void;
export function exampleValues(root: string): readonly string[];
export function planFile(root: string): string;
export function stateFile(root: string): string;
export function useState(plans: string, root: string, cwd: string): void;
