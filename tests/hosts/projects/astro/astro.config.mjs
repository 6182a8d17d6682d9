export default {outDir: 'dist', telemetry: false};
