import vue from '@vitejs/plugin-vue';
import {defineConfig} from 'vite';

export default defineConfig({
  base: './',
  plugins: [vue({template: {compilerOptions: {isCustomElement: (tag) => tag === 'stride-lab'}}})],
  // The development server would move the element away from its files.
  optimizeDeps: {exclude: ['stride-lab']},
});
