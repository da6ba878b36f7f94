export function replaceOnce(
  text: string,
  edit: { readonly replace: string; readonly by: string },
  where: string,
): string;
