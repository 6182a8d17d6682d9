import {svelte} from '@sveltejs/vite-plugin-svelte';
import {defineConfig} from 'vite';

export default defineConfig({
  base: './',
  plugins: [svelte()],
  // The development server would move the element away from its files.
  optimizeDeps: {exclude: ['stride-lab']},
});
