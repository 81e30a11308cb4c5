/** The drawing of the view, which its parts show too; apart from theirs, since it is part of the first load. */
export const WAVE = "M4 11v2M8 8v8M12 4v16M16 8v8M20 11v2";
