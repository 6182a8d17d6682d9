// How the lab's files are fetched. The offline page has another of these: there they lie within the page itself.

/// Whether a worker may be made from its address; otherwise its text becomes one.
export const hasAddresses = true;

/// A Response with the file at `address`, a URL beside this module. `options` as fetch takes them.
export function fetchFile(address, options) {
  return fetch(address, options);
}
