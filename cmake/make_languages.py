"""make_languages.py CATALOGUE LESSONS OUT CODE...: the language files OUT/CODE.json, each with what stands in CODE.json beside the
catalogue, its texts of the catalogue and its lessons,
OUT/en.json with the English lessons alone, and OUT.cpp, the same as constants, for programs that carry them within themselves."""
import json
import os
import re
import sys

BEFORE = '#include "assets/lessons.h"\n\nnamespace stride::assets {\n\nnamespace {\n\n'
AFTER = "};\n\n}  // namespace\n\nstd::span<const LanguageFile> language_files() {\n  return files;\n}\n\n}  // namespace stride::assets\n"


def without_spaces(lesson):
    """The lesson with no space or line end between the words of its header: a language is one document, and those have a limit."""
    _, header, text = lesson.split("---\n", 2)
    header = re.sub(r'("(?:[^"\\]|\\.)*")|[ \n]+', lambda found: found[1] or "", header)
    return "---\n".join(["", header + "\n", text])


def language_file(head, rows, folder):
    code, lessons = head["language"], {}
    if os.path.isdir(folder):
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                lessons[name] = without_spaces(file.read())
    texts = {**{row["en"]: row[code] for row in rows if code in row}, **head.get("texts", {})}
    return json.dumps({**head, "texts": texts, "lessons": lessons}, ensure_ascii=False, separators=(",", ":")) + "\n"


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def constant(code, text):
    """The text as an array of bytes: compilers limit the length of a string."""
    data = [*text.encode("utf-8"), 0]
    lines = "".join("    " + ",".join(map(str, data[i : i + 32])) + ",\n" for i in range(0, len(data), 32))
    return f"const unsigned char {code}[] = {{\n{lines}}};\n"


def main(catalogue, lessons, out, *codes):
    rows = read(catalogue)
    os.makedirs(out, exist_ok=True)
    heads = {code: read(os.path.join(os.path.dirname(catalogue), code + ".json")) for code in codes}
    files = {code: language_file(head, rows, os.path.join(lessons, code)) for code, head in heads.items()}
    for code, text in [*files.items(), ("en", language_file({"language": "en"}, [], os.path.join(lessons, "en")))]:
        write(os.path.join(out, code + ".json"), text)
    constants = "".join(constant(code, text) for code, text in files.items())
    entries = "".join(f'    {{"{code}", reinterpret_cast<const char*>({code})}},\n' for code in codes)
    write(out + ".cpp", BEFORE + constants + "\nconst LanguageFile files[] = {\n" + entries + AFTER)


main(*sys.argv[1:])
