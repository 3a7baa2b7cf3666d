// Before anything is painted or named: whoever stepped out finds the title of the blank sheet and no other, also in
// the moment in which the page is loaded anew. (A plain script: a module would come after the page's own title.)
if (location.search === "?sheet") document.title = "Notes";
