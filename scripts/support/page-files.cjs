/**
 * The files that a page shows: its blocks of code whose first line, a comment, is the name of one.
 * @param {string} page
 * @returns {Map<string, string>} texts by name
 */
exports.pageFiles = (page) =>
  new Map(
    [...page.matchAll(/^```(?:ts|yaml|json)\n(?:\/\/|#) (\S+)\n([^]*?)^```$/gm)].map(
      ([, name = '', text = '']) => [name, text],
    ),
  );
