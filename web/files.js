// How the lab's files are fetched. The offline page has another of these: there they lie within the page itself. So has the npm package, where
// each is named as bundlers find it.

/// Whether a worker may be made from its address; otherwise its text becomes one.
export const hasAddresses = true;

/// A Response with the file `name`, which lies beside this module. `options` as fetch takes them.
export function fetchFile(name, options) {
  return fetch(new URL(name, import.meta.url), options);
}
