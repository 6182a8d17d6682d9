// A Docusaurus site with one page of MDX.
export default {
  title: 'A course', url: 'http://127.0.0.1', baseUrl: '/', onBrokenLinks: 'throw', trailingSlash: true,
  presets: [['classic', {docs: {routeBasePath: '/', sidebarPath: undefined}, blog: false, theme: {}}]],
};
