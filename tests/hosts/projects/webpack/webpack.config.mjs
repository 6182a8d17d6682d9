export default {
  mode: 'production', entry: './main.js', output: {filename: 'main.js', publicPath: 'auto'}, performance: false,
  module: {rules: [{test: /\.css$/, use: ['style-loader', 'css-loader']}]},
};
