// Where the lab has a page of its own: links lead there. The npm package's bundled element has another of these, since a bundler may put it anywhere.

/// The address of that page; '' where there is none.
export const home = () => new URL('index.html', import.meta.url).href;
