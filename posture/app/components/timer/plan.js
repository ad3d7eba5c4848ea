// The sets, holds and rests of one exercise, and how they are told.

/** The phases in order: every set on every side, with a rest between two of them. */
export function phasesOf({ sets, sides, work_seconds, rest_seconds }) {
  const phases = [];
  for (let set = 1; set <= sets; set++) {
    for (let side = 1; side <= sides; side++) {
      if (phases.length && rest_seconds) phases.push({ kind: "rest", seconds: rest_seconds });
      phases.push({ kind: "work", set, side, seconds: work_seconds });
    }
  }
  return phases;
}

/** What is to be done before the first (index -1), in one, or after the last of the phases. */
export function titleOf(index, phases, { sets, sides }, words) {
  if (index < 0) {
    const all = sets === 1 ? words.one_set : words.some_sets.replace("{sets}", sets);
    return words.ready.replace("{sets}", all);
  }
  if (index >= phases.length) return words.finished;
  const { kind, set, side } = phases[index];
  if (kind === "rest") return words.rest;
  const title = words.work.replace("{number}", set).replace("{sets}", sets);
  if (sides === 1) return title;
  return `${title}, ${side === 1 ? words.first_side : words.second_side}`;
}

/** Whole seconds as minutes and seconds. */
export function clockText(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
