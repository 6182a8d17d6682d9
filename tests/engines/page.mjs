// What the engines' pages share.
/// Milliseconds: everything is drawn by the processor, on a machine that may have other things to do.
export const PATIENCE = 90000;
