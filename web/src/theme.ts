/** Before anything is painted: the chosen scheme, so that the page does not flash in the other. */
document.documentElement.dataset.scheme = localStorage.getItem("scheme") ?? "";
