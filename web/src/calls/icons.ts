/** Drawings of calls, as paths in a square of 24. */

export const PLAY = "M7.5 4.500l11.5 7.500-11.5 7.500z";
export const PAUSE = "M8.5 5v14M15.5 5v14";
export const UPLOAD = "M12 16V5M7 9.500l5-5 5 5M4.5 19.500h15";
export const BACK = "M14.5 5l-7 7 7 7";
