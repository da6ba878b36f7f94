/**
 * Replaces a text that stands in another one exactly once: damage for a test. A place that is gone, or there twice, means
 * that whoever asks is out of date.
 * @param {string} text
 * @param {{ readonly replace: string, readonly by: string }} edit
 * @param {string} where for the message
 * @returns {string}
 */
function replaceOnce(text, { replace, by }, where) {
  const places = text.split(replace).length - 1;
  if (places !== 1)
    throw new Error(`no longer applies: its text stands ${places} times in ${where}: ${replace}`);
  return text.replace(replace, () => by);
}

module.exports = { replaceOnce };
