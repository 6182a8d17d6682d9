import 'stride-lab';
