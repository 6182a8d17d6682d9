// Studies for the page around the lab and for tests: the same requests, engines and results as the lab's own.

const SLICE_MS = 8, PAUSE_MS = 2;

/// Adds module.runStudy and module.workersAtWork.
export function addStudies(lab, call) {
  const {module} = lab;
  const types = (n) => Array(n).fill('number');

  const join = (id, tiles) => {
    const parts = [];
    for (let tile = 0; tile < tiles; ++tile) {
      const at = call('study_rows', 'number', types(2), [id, tile]), size = call('study_size', 'number', types(2), [id, tile]);
      parts.push(module.HEAPF32.slice(at / 4, at / 4 + size));
    }
    const rows = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let end = 0;
    for (const part of parts) rows.set(part, end), end += part.length;
    return rows;
  };

  /// Runs a study: `study` is {type: "sweep", ...} as `stride list` describes it, of run `run` of `scenario` (left out: what is shown).
  /// Resolves to {columns, rows}, row after row in one Float32Array, or to null where a newer call has superseded this one; rejects with
  /// the sentence that says what is wrong with the request.
  module.runStudy = async ({scenario = module.getScenario(), run = 0, study}) => {
    const request = JSON.stringify({run, study}) + '\n' + JSON.stringify(scenario);
    const {error, id, tiles, columns} = JSON.parse(call('study', 'string', ['string'], [request]));
    if (error) throw new Error(error);
    for (let done = 0; done < tiles;) {
      await new Promise((go) => setTimeout(go, PAUSE_MS));
      done = call('study_done', 'number', types(2), [id, SLICE_MS]);
      if (done < 0) return null;
    }
    const rows = join(id, tiles);
    call('study_end', null, types(1), [id]);
    return {columns, rows};
  };

  /// How many workers are at work now; 0 before the first study, and where none can be had.
  module.workersAtWork = () => call('workers', 'number');
}
