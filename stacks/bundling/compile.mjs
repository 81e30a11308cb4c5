// Compiles a folder of Python to bytecode with CPython in WebAssembly: compile.mjs <pyodide.mjs> <folder> <seen at>
import { pathToFileURL } from "node:url";

const [loader, folder, seenAt] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(loader));
const python = await loadPyodide();

python.FS.mkdirTree(seenAt);
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, seenAt);
python.globals.set("folder", seenAt);
python.runPython(`
import compileall, py_compile, sys
assert sys.version_info[:2] == (3, 14), sys.version
compileall.compile_dir(folder, quiet=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
`);
