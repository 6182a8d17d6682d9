import react from '@vitejs/plugin-react';
import {defineConfig} from 'vite';

export default defineConfig({
  base: './',
  plugins: [react()],
  // The development server would move the element away from its files.
  optimizeDeps: {exclude: ['stride-lab']},
});
