/** Which suites run beside which, and how long all of them take. */

/**
 * A suite in the form that was chosen for it.
 * @typedef {object} Chosen
 * @property {import('./suites.mjs').Suite} suite
 * @property {'full' | 'half' | 'short'} form
 * @property {string} why
 */

/** @param {Chosen} chosen */
export const secondsOf = ({ suite, form }) => suite.seconds[form] ?? suite.seconds.full;
/** @param {Chosen} chosen */
export const commandOf = ({ suite, form }) => suite.commands[form] ?? suite.commands.full;

/**
 * The next suite that may begin; a suite that is not among `all` is waited for by nobody.
 * @param {Chosen[]} waiting in the order in which they should begin
 * @param {Chosen[]} running
 * @returns {Chosen | undefined}
 */
export function next(waiting, running) {
  const open = new Set([...waiting, ...running].map(({ suite }) => suite.name));
  return waiting.find(
    ({ suite }) =>
      (suite.needs ?? []).every((name) => !open.has(name)) &&
      running.every((other) => mayRunBeside(suite, other.suite)),
  );
}

/**
 * @param {import('./suites.mjs').Suite} one
 * @param {import('./suites.mjs').Suite} other
 */
export function mayRunBeside(one, other) {
  return (one.beside ?? []).includes(other.name) || (other.beside ?? []).includes(one.name);
}

/**
 * The seconds that all take together, by the seconds that each says.
 * @param {Chosen[]} all
 */
export function secondsTogether(all) {
  const waiting = [...all];
  /** @type {{ chosen: Chosen, end: number }[]} */
  let running = [];
  let now = 0;
  while (waiting.length > 0 || running.length > 0) {
    for (;;) {
      const chosen = next(
        waiting,
        running.map((each) => each.chosen),
      );
      if (chosen === undefined) break;
      waiting.splice(waiting.indexOf(chosen), 1);
      running.push({ chosen, end: now + secondsOf(chosen) });
    }
    if (running.length === 0)
      throw new Error(`they wait for each other: ${waiting.map(({ suite }) => suite.name).join(',')}`);
    now = Math.min(...running.map(({ end }) => end));
    running = running.filter(({ end }) => end > now);
  }
  return now;
}

/**
 * One of several shares of about the same length, with what it needs. Suites that may run side by side stay together.
 * @param {Chosen[]} all
 * @param {number} number from 1
 * @param {number} count
 * @returns {Chosen[]}
 */
export function share(all, number, count) {
  const shares = Array.from({ length: count }, () => ({ seconds: 0, suites: /** @type {Chosen[]} */ ([]) }));
  const groups = groupsOf(all).map((group) => ({ group, seconds: secondsTogether(group) }));
  for (const { group, seconds } of groups.sort((a, b) => b.seconds - a.seconds)) {
    const shortest = shares.reduce((least, each) => (each.seconds < least.seconds ? each : least));
    shortest.seconds += seconds;
    shortest.suites.push(...group);
  }
  const mine = new Set(shares[number - 1]?.suites);
  for (const { suite } of mine)
    for (const needed of all) if (suite.needs?.includes(needed.suite.name)) mine.add(needed);
  return all.filter((each) => mine.has(each));
}

/**
 * Suites with forms of their own, by whom they may run beside; all others are one group.
 * @param {Chosen[]} all
 */
function groupsOf(all) {
  /** @type {Chosen[][]} */
  let groups = [all.filter(({ suite }) => suite.whole === undefined)];
  for (const chosen of all.filter(({ suite }) => suite.whole !== undefined)) {
    const near = groups
      .slice(1)
      .filter((group) => group.some((other) => mayRunBeside(chosen.suite, other.suite)));
    groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), chosen]];
  }
  return groups;
}
